// SPDX-License-Identifier: Apache-2.0

/// The numbers of a zip; the place must lie within the bytes.
extension RandomAccessCollection<UInt8> where Index == Int {
    func uint16(at place: Int) -> UInt16 {
        UInt16(self[place]) | UInt16(self[place + 1]) << 8
    }

    func uint32(at place: Int) -> UInt32 {
        UInt32(uint16(at: place)) | UInt32(uint16(at: place + 2)) << 16
    }

    func uint64(at place: Int) -> UInt64 {
        UInt64(uint32(at: place)) | UInt64(uint32(at: place + 4)) << 32
    }
}

extension [UInt8] {
    mutating func append<Number: FixedWidthInteger>(littleEndian number: Number) {
        for shift in stride(from: 0, to: Number.bitWidth, by: 8) {
            append(UInt8(truncatingIfNeeded: number >> Number(shift)))
        }
    }
}
