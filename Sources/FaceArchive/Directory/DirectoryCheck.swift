// SPDX-License-Identifier: Apache-2.0

/// Where an entry lies in the file, and what its directory record says of it.
struct EntryPlace: Hashable {
    /// The number of its directory record, from 1.
    var number: Int
    var offset: UInt64
    /// Where the next record begins: none of its bytes lie beyond.
    var limit: UInt64
    var flags: UInt16
    var method: UInt16
    var timeDate: UInt32
    var crc: UInt32
    var aes: AESField?
    /// Whether Windows or MS-DOS wrote it.
    var isWindows: Bool
    /// How long its local header most likely is; extra fields may make it longer.
    var headerGuess: Int

    /// How the content is compressed, below its encryption.
    var contentMethod: UInt16 { aes?.method ?? method }

    /// Whether it has a checksum: AE-2 has the authentication code alone.
    var hasChecksum: Bool { aes?.version != 2 }

    /// Whether it is encrypted in PKWARE's old way, whose check of the passphrase one in 256 wrong ones passes.
    var isZipCrypto: Bool { flags & 1 != 0 && aes == nil }
}

/// Finds the records of a directory safe, one after the other.
struct DirectoryCheck {
    private let budget: ExtractionBudget
    private let encoding: NameEncoding
    private var names = NameFingerprints()
    private var spans: [(start: UInt64, end: UInt64)] = []
    private(set) var entries: [ZipEntry] = []
    private(set) var places: [EntryPlace] = []

    init(_ budget: ExtractionBudget, _ encoding: NameEncoding) {
        self.budget = budget
        self.encoding = encoding
    }

    /// Checks the number that the end record gives, before any record is read.
    func admit(entries: UInt64) throws(ArchiveError) {
        guard entries > UInt64(max(0, budget.entries)) else { return }
        throw ArchiveError(.limitExceeded, "it has \(entries) entries, at most \(budget.entries) are taken")
    }

    /// Takes the next record.
    mutating func take(_ record: DirectoryRecord, number: Int) throws(ArchiveError) {
        // Without ZIP64 the end record counts up to 65,535 and then from 0 again.
        try admit(entries: UInt64(number))
        let name = try EntryName.decoded(
            record.name,
            flags: record.flags,
            extra: record.extra,
            isWindows: record.isWindows,
            encoding
        )
        try checkKind(record, isFolderName: name.utf8.last == UInt8(ascii: "/"))
        let kind = try EntryName.checked(name)
        let (end, overflows) = record.offset.addingReportingOverflow(
            UInt64(LocalHeader.fixedSize + record.name.count) + record.compressedSize
        )
        guard !overflows else { throw ArchiveError(.corrupt, "it lies outside the archive") }
        spans.append((record.offset, end))
        guard case .file(let name) = kind else {
            guard record.size == 0 else { throw ArchiveError(.corrupt, "it is a folder with a content") }
            return
        }
        guard names.insert(name.utf8) else {
            throw ArchiveError(.unsafeName, "another entry has the same name")
        }
        places.append(
            EntryPlace(
                number: number,
                offset: record.offset,
                limit: 0,
                flags: record.flags,
                method: record.method,
                timeDate: record.timeDate,
                crc: record.crc,
                aes: try record.aes(),
                isWindows: record.isWindows,
                headerGuess: LocalHeader.fixedSize + record.name.count + record.extra.count + 64
            )
        )
        entries.append(
            ZipEntry(
                name: name,
                // Whoever reads it is told how much is too much.
                size: Int(clamping: record.size),
                compressedSize: Int(clamping: record.compressedSize),
                isEncrypted: record.flags & 1 != 0,
                index: entries.count
            )
        )
    }

    /// Finds that no two records overlap and all lie before the directory.
    mutating func finish(directoryOffset: UInt64) throws(ArchiveError) {
        spans.sort { $0.start < $1.start }
        for (index, span) in spans.enumerated() {
            let isLast = index + 1 == spans.count
            guard span.end <= (isLast ? directoryOffset : spans[index + 1].start) else {
                throw isLast
                    ? ArchiveError(.corrupt, "its last entry reaches into its directory")
                    : ArchiveError(.overlapping, "two entries share bytes of it")
            }
        }
        for index in places.indices {
            places[index].limit = next(after: places[index].offset) ?? directoryOffset
        }
    }

    /// The first record that begins after a place, by halving.
    private func next(after offset: UInt64) -> UInt64? {
        var (low, high) = (0, spans.count)
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].start <= offset { low = middle + 1 } else { high = middle }
        }
        return low < spans.count ? spans[low].start : nil
    }

    /// Only regular files and folders.
    private func checkKind(_ record: DirectoryRecord, isFolderName: Bool) throws(ArchiveError) {
        // The file type of Unix, in whichever system's archive: a symbolic link is one to any reader that looks.
        let type = record.externalAttributes >> 28
        let isUnix = record.madeBy >> 8 == 3
        let isReparsePoint = !isUnix && record.externalAttributes & 0x400 != 0
        guard [0, 0o04, 0o10].contains(type), !isReparsePoint else {
            throw ArchiveError(.unsafeName, "it is a link or a device, not a regular file")
        }
        guard type != 0o04 || isFolderName else {
            throw ArchiveError(.unsafeName, "it is a folder without the name of one")
        }
        guard type != 0o10 || !isFolderName else {
            throw ArchiveError(.unsafeName, "it is a file with the name of a folder")
        }
    }
}
