// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// The structure of a TIFF file's first picture: enough to tell a whole one from a broken one.
struct TaggedLayout {
    let size: PixelSize
    /// Whether all strips or tiles lie inside the file.
    let isComplete: Bool

    /// Reads the first directory; `nil` when there is none or it says no size.
    init?(_ bytes: [UInt8]) {
        let reader = ByteReader(bytes: bytes, isBigEndian: bytes.first == 0x4D)
        guard let directory = reader.u32(4), let count = reader.u16(directory), (1...4096).contains(count) else {
            return nil
        }
        var entries: [Int: [Int]] = [:]
        for index in 0..<count {
            let entry = directory + 2 + index * 12
            guard let tag = reader.u16(entry), reader.u32(entry + 8) != nil else { return nil }
            guard [256, 257, 273, 279, 324, 325].contains(tag) else { continue }
            guard let values = Self.values(reader, entry: entry) else { return nil }
            entries[tag] = values
        }
        guard let width = entries[256]?.first, let height = entries[257]?.first, width > 0, height > 0 else {
            return nil
        }
        size = PixelSize(width: width, height: height)
        let offsets = entries[273] ?? entries[324] ?? []
        let lengths = entries[279] ?? entries[325] ?? []
        isComplete =
            !offsets.isEmpty && offsets.count == lengths.count
            && zip(offsets, lengths).allSatisfy { $0 > 0 && $1 > 0 && $0 + $1 <= bytes.count }
    }

    /// The whole numbers of a directory entry, SHORT or LONG.
    private static func values(_ reader: ByteReader, entry: Int) -> [Int]? {
        guard let type = reader.u16(entry + 2), let count = reader.u32(entry + 4), (1...1_000_000).contains(count),
            type == 3 || type == 4
        else { return nil }
        let width = type == 3 ? 2 : 4
        let isInline = width * count <= 4
        guard let start = isInline ? entry + 8 : reader.u32(entry + 8) else { return nil }
        var values: [Int] = []
        for index in 0..<count {
            guard let value = width == 2 ? reader.u16(start + index * 2) : reader.u32(start + index * 4) else {
                return nil
            }
            values.append(value)
        }
        return values
    }
}
