// SPDX-License-Identifier: Apache-2.0

/// The directory of a zip on the disk.
struct ZipDirectory: Sendable {
    let file: InputFile
    /// How many entries there are by the end record; modulo 65,536 where ``countsModulo``.
    let entries: UInt64
    /// Whether there is no ZIP64 record: writers that do not know it go on counting from 0 after 65,535.
    let countsModulo: Bool
    /// Where the directory begins, and so the records end.
    let offset: UInt64
    let size: UInt64

    /// How many bytes of the directory are in memory at once.
    private static let piece = 64 << 10

    /// Finds the directory; nothing of it is read.
    init(path: String) throws(ArchiveError) {
        let file = try InputFile(path: path)
        do throws(ArchiveError) {
            let start = try file.bytes(at: 0, count: Int(min(file.size, 2)))
            let tailSize = Int(min(file.size, UInt64(ZipEnd.longestTail)))
            let tail = try file.bytes(at: file.size - UInt64(tailSize), count: tailSize)
            var end = try ZipEnd(tail: tail, fileSize: file.size, startsAsZip: start == [0x50, 0x4b])
            if let offset = end.wideOffset { try end.widen(file.bytes(at: offset, count: ZipEnd.wideSize)) }
            self.file = file
            entries = end.entries
            countsModulo = end.wideOffset == nil
            offset = end.directoryOffset
            size = end.directorySize
        } catch {
            throw error.about(path)
        }
    }

    /// Hands over every record with its number, from 1.
    ///
    /// - Throws: What the body throws, or `corrupt` when the directory does not hold what the end record says.
    func forEachRecord(_ body: (DirectoryRecord, Int) throws(ArchiveError) -> Void) throws(ArchiveError) {
        var parser = DirectoryParser()
        var done: UInt64 = 0
        while done < size {
            let count = Int(min(size - done, UInt64(Self.piece)))
            var number = parser.parsed
            for record in try parser.feed(file.bytes(at: offset + done, count: count)) {
                number += 1
                do throws(ArchiveError) {
                    try body(record, number)
                } catch {
                    throw error.about("entry \(number)")
                }
            }
            guard countsModulo || parser.parsed <= entries else { throw Self.miscounted }
            done += UInt64(count)
        }
        let counted = countsModulo ? UInt64(parser.parsed) % 65_536 : UInt64(parser.parsed)
        guard parser.isBetweenRecords, counted == entries else { throw Self.miscounted }
    }

    private static var miscounted: ArchiveError {
        ArchiveError(.corrupt, "its directory does not hold as many entries as its end record says")
    }
}
