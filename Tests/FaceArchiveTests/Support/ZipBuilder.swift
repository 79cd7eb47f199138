// SPDX-License-Identifier: Apache-2.0

/// A zip put together byte by byte, in which anything may be a lie.
struct ZipBuilder {
    struct Entry {
        var name: [UInt8]
        var content: [UInt8]
        var flags: UInt16 = 0
        var method: UInt16 = 0
        var attributes: UInt32 = 0o100600 << 16
        var madeBy: UInt16 = 3 << 8 | 20
        var extra: [UInt8] = []
        /// What the two records say instead of the truth.
        var size: UInt32?
        var compressedSize: UInt32?
        var crc: UInt32?
        /// What only the local record says.
        var localName: [UInt8]?
        var localFlags: UInt16?
        var localMethod: UInt16?
        var localSize: UInt32?
        var localCRC: UInt32?
        var localExtra: [UInt8]?
        /// What only the directory says.
        var offset: UInt32?

        init(_ name: String, _ content: [UInt8] = Array("content".utf8)) {
            self.name = Array(name.utf8)
            self.content = content
        }

        init(bytes name: [UInt8]) {
            self.name = name
            content = Array("content".utf8)
        }

        func with(_ change: (inout Entry) -> Void) -> Entry {
            var entry = self
            change(&entry)
            return entry
        }
    }

    var entries: [Entry]
    /// What the end record says instead of the truth.
    var count: UInt16?
    var directorySize: UInt32?
    var directoryOffset: UInt32?
    var disk: UInt16 = 0
    /// Whether the numbers stand in a ZIP64 end record.
    var isWide = false
    var wideCount: UInt64?
    var comment: [UInt8] = []
    /// Bytes between the last record and the directory.
    var gap: [UInt8] = []

    init(_ entries: Entry...) { self.entries = entries }
    init(entries: [Entry]) { self.entries = entries }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let offset = UInt32(bytes.count)
            bytes += Self.local(entry) + entry.content
            directory += Self.record(entry, offset: entry.offset ?? offset)
        }
        bytes += gap
        let start = bytes.count
        bytes += directory
        if isWide { bytes += wideEnd(start: start, size: directory.count) }
        bytes += [0x50, 0x4b, 5, 6]
        bytes += little(disk) + little(disk)
        let narrow = UInt16(truncatingIfNeeded: isWide ? 0xffff : entries.count)
        bytes += little(count ?? narrow) + little(count ?? narrow)
        bytes += little(directorySize ?? (isWide ? .max : UInt32(directory.count)))
        bytes += little(directoryOffset ?? (isWide ? .max : UInt32(start)))
        bytes += little(UInt16(comment.count)) + comment
        return bytes
    }

    private func wideEnd(start: Int, size: Int) -> [UInt8] {
        let number = wideCount ?? UInt64(entries.count)
        var bytes: [UInt8] = [0x50, 0x4b, 6, 6] + little(UInt64(44)) + little(UInt16(45)) + little(UInt16(45))
        bytes += little(UInt64(0)) + little(number) + little(number) + little(UInt64(size)) + little(UInt64(start))
        bytes += [0x50, 0x4b, 6, 7] + little(UInt32(0)) + little(UInt64(start + size)) + little(UInt32(1))
        return bytes
    }

    private static func local(_ entry: Entry) -> [UInt8] {
        let name = entry.localName ?? entry.name
        let extra = entry.localExtra ?? entry.extra
        var bytes: [UInt8] = [0x50, 0x4b, 3, 4, 20, 0]
        bytes += little(entry.localFlags ?? entry.flags) + little(entry.localMethod ?? entry.method)
        bytes += little(UInt32(0x0021_0000)) + little(entry.localCRC ?? entry.crc ?? checksum(entry.content))
        bytes += little(entry.compressedSize ?? UInt32(entry.content.count))
        bytes += little(entry.localSize ?? entry.size ?? UInt32(entry.content.count))
        return bytes + little(UInt16(name.count)) + little(UInt16(extra.count)) + name + extra
    }

    private static func record(_ entry: Entry, offset: UInt32) -> [UInt8] {
        var bytes: [UInt8] = [0x50, 0x4b, 1, 2] + little(entry.madeBy) + [20, 0]
        bytes += little(entry.flags) + little(entry.method) + little(UInt32(0x0021_0000))
        bytes += little(entry.crc ?? checksum(entry.content))
        bytes += little(entry.compressedSize ?? UInt32(entry.content.count))
        bytes += little(entry.size ?? UInt32(entry.content.count))
        bytes += little(UInt16(entry.name.count)) + little(UInt16(entry.extra.count)) + [0, 0, 0, 0, 0, 0]
        return bytes + little(entry.attributes) + little(offset) + entry.name + entry.extra
    }

    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var crc = UInt32.max
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 0 ? crc >> 1 : crc >> 1 ^ 0xedb8_8320 }
        }
        return ~crc
    }
}

/// The bytes of a number, the lowest first.
func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> Number($0 * 8)) }
}

/// An extra field.
func field(_ id: UInt16, _ body: [UInt8]) -> [UInt8] { little(id) + little(UInt16(body.count)) + body }
