// SPDX-License-Identifier: Apache-2.0

/// Reads integers of either byte order out of a file that may end anywhere.
struct ByteReader {
    let bytes: [UInt8]
    let isBigEndian: Bool

    func u16(_ offset: Int) -> Int? { number(offset, 2) }

    func u32(_ offset: Int) -> Int? { number(offset, 4) }

    func i32(_ offset: Int) -> Int? { number(offset, 4).map { Int(Int32(truncatingIfNeeded: $0)) } }

    private func number(_ offset: Int, _ count: Int) -> Int? {
        guard offset >= 0, offset <= bytes.count - count else { return nil }
        let part = bytes[offset..<offset + count]
        return isBigEndian
            ? part.reduce(0) { $0 << 8 | Int($1) }
            : part.reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
