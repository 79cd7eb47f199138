// SPDX-License-Identifier: Apache-2.0

/// The checksum of zip archives, sixteen bytes at a step.
struct CRC32 {
    private var register: UInt32 = 0xFFFF_FFFF

    /// The checksum of what was added so far.
    var value: UInt32 { ~register }

    /// The checksum of some bytes.
    static func of(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        var sum = CRC32()
        unsafe sum.add(bytes)
        return sum.value
    }

    /// Takes one byte into a register as it stands, as ZipCrypto does.
    static func step(_ register: UInt32, _ byte: UInt8) -> UInt32 {
        tables[Int(UInt8(truncatingIfNeeded: register) ^ byte)] ^ register >> 8
    }

    /// Adds bytes.
    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        register = unsafe Self.tables.withUnsafeBufferPointer { unsafe Self.sum(register, bytes, $0) }
    }

    private static func sum(
        _ register: UInt32,
        _ bytes: UnsafeRawBufferPointer,
        _ tables: UnsafeBufferPointer<UInt32>
    ) -> UInt32 {
        var register = register
        var index = 0
        while index + 16 <= bytes.count {
            let low = unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let high = unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index + 8, as: UInt64.self))
            let first = low ^ UInt64(register)
            unsafe register = eight(first, tables, from: 8) ^ eight(high, tables, from: 0)
            index += 16
        }
        while index < bytes.count {
            unsafe register = tables[Int(UInt8(truncatingIfNeeded: register) ^ bytes[index])] ^ register >> 8
            index += 1
        }
        return register
    }

    /// What eight bytes contribute that stand `from` bytes before the end of a step.
    @inline(__always)
    private static func eight(_ bytes: UInt64, _ tables: UnsafeBufferPointer<UInt32>, from: Int) -> UInt32 {
        @inline(__always)
        func one(_ place: Int) -> UInt32 {
            unsafe tables[(from + 7 - place) << 8 | Int(bytes >> UInt64(place * 8) & 0xFF)]
        }
        return one(0) ^ one(1) ^ one(2) ^ one(3) ^ one(4) ^ one(5) ^ one(6) ^ one(7)
    }

    /// Sixteen tables of 256: what a byte does to the register with so many bytes after it.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 16 << 8)
        for byte in 0..<256 {
            tables[byte] = (0..<8).reduce(UInt32(byte)) { value, _ in value >> 1 ^ (value & 1) * 0xEDB8_8320 }
        }
        for index in 256..<tables.count {
            let before = tables[index - 256]
            tables[index] = tables[Int(before & 0xFF)] ^ before >> 8
        }
        return tables
    }()
}
