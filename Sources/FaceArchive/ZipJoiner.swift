// SPDX-License-Identifier: Apache-2.0

/// Makes one zip of several, without decrypting or inflating anything.
public enum ZipJoiner {
    /// Joins archives: the entries of the first, then those of the second, and so on, encrypted bytes and all.
    ///
    /// Memory does not grow with the entries, but for 16 bytes to find a name that comes twice. Parts written by
    /// ``ZipWriter`` with one passphrase make an archive with that passphrase. The parts stay.
    ///
    /// - Parameters:
    ///   - parts: The archives, trusted to be well made.
    ///   - name: An entry that is left out of all archives but the last, and whose bytes stay behind unnamed.
    ///   - path: Where the whole will be; written to `path` and `.partial` first, readable by its owner only, brought to
    ///     the disk and then given its name, replacing a file that has it.
    /// - Throws: `unsafeName` when two entries have the same name; what ``ZipArchive`` throws for a part that is none;
    ///   `unwritable`. Nothing is left then.
    public static func join(
        _ parts: [String],
        keepingOnlyTheLast name: String? = nil,
        into path: String
    ) throws(ArchiveError) {
        var directories: [ZipDirectory] = []
        for part in parts { directories.append(try ZipDirectory(path: part)) }
        var file = try PartialFile.create(path)
        var bases: [UInt64] = []
        var base: UInt64 = 0
        for directory in directories {
            try file.write(0..<directory.offset, of: directory.file)
            bases.append(base)
            base += directory.offset
        }
        var whole = JoinedDirectory(offset: base)
        for (number, (directory, base)) in zip(directories, bases).enumerated() {
            let isLast = number == directories.count - 1
            do throws(ArchiveError) {
                try directory.forEachRecord { record, _ throws(ArchiveError) in
                    guard record.offset < directory.offset else {
                        throw ArchiveError(.corrupt, "it lies outside the archive")
                    }
                    if !isLast, let name, record.name.elementsEqual(name.utf8) { return }
                    try whole.take(record, base: base)
                    if whole.pending.count >= 1 << 20 { try whole.flush(to: file) }
                }
            } catch {
                throw error.about(directory.file.path)
            }
        }
        whole.end()
        try whole.flush(to: file)
        try file.commit()
    }
}

/// The directory of the whole, as it is written.
private struct JoinedDirectory {
    /// Bytes that were not written yet.
    private(set) var pending: [UInt8] = []
    private let offset: UInt64
    private var size: UInt64 = 0
    private var entries: UInt64 = 0
    private var names = NameFingerprints()

    init(offset: UInt64) { self.offset = offset }

    /// Takes over a record whose part begins at a place of the whole.
    mutating func take(_ record: DirectoryRecord, base: UInt64) throws(ArchiveError) {
        guard names.insert(record.name) else {
            throw ArchiveError(.unsafeName, "an entry before it has the same name")
        }
        var record = record
        record.offset += base
        let bytes = try record.bytes()
        pending += bytes
        size += UInt64(bytes.count)
        entries += 1
    }

    /// The end records; those of ZIP64 where 16 or 32 bits are too few.
    mutating func end() {
        let full: UInt64 = 0xffff_ffff
        if entries >= 0xffff || size >= full || offset >= full {
            pending.append(littleEndian: UInt32(0x0606_4b50))
            pending.append(littleEndian: UInt64(ZipEnd.wideSize - 12))
            pending.append(littleEndian: UInt16(3 << 8 | 45))
            pending.append(littleEndian: UInt16(45))
            pending.append(littleEndian: UInt64(0))
            for number in [entries, entries, size, offset] { pending.append(littleEndian: number) }
            pending.append(littleEndian: UInt32(0x0706_4b50))
            pending.append(littleEndian: UInt32(0))
            pending.append(littleEndian: offset + size)
            pending.append(littleEndian: UInt32(1))
        }
        pending.append(littleEndian: UInt32(0x0605_4b50))
        pending.append(littleEndian: UInt32(0))
        pending.append(littleEndian: UInt16(min(entries, 0xffff)))
        pending.append(littleEndian: UInt16(min(entries, 0xffff)))
        pending.append(littleEndian: UInt32(min(size, full)))
        pending.append(littleEndian: UInt32(min(offset, full)))
        pending.append(littleEndian: UInt16(0))
    }

    mutating func flush(to file: borrowing PartialFile) throws(ArchiveError) {
        try file.write(pending)
        pending.removeAll(keepingCapacity: true)
    }
}
