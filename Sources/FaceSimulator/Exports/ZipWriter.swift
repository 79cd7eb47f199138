// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Writes a zip to a file, entry by entry.
///
/// An archive that is not ``finish()``ed is no archive; the file is the caller's to remove.
struct ZipWriter: ~Copyable {
    private static let endMark: UInt32 = 0x0605_4B50

    private let file: OpenFile
    private var directory: [UInt8] = []
    private var offset = 0
    private var count = 0

    /// Begins an archive in a file that is open and empty, and closed with the archive.
    init(_ file: OpenFile) {
        self.file = file
    }

    deinit { try? file.close() }

    /// Adds an entry.
    mutating func add(_ entry: ZipEntry) throws {
        try file.writeAll(entry.bytes)
        entry.appendLine(at: offset, to: &directory)
        offset += entry.bytes.count
        count += 1
    }

    /// Writes the directory of the archive.
    consuming func finish() throws {
        var end = directory
        end.append(little: Self.endMark)
        // The one disk, and the one where the directory begins.
        for number in [0, 0, count, count] { end.append(little: UInt16(truncatingIfNeeded: number)) }
        end.append(little: UInt32(truncatingIfNeeded: directory.count))
        end.append(little: UInt32(truncatingIfNeeded: offset))
        end.append(little: UInt16(0))
        try file.writeAll(end)
    }
}
