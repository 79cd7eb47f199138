// SPDX-License-Identifier: Apache-2.0
public import FaceModel

/// A zip on disk whose directory was read and found safe; entries are read at random, from many tasks at once.
///
/// Read are entries that are stored or compressed by deflate, encrypted by WinZip's AES (128, 192 or 256 bits, AE-1 and
/// AE-2), by PKWARE's old way (ZipCrypto) or not at all; and by bzip2 when not encrypted.
public final class ZipArchive: Sendable {
    /// The regular files, in the order of the directory.
    public let entries: [ZipEntry]

    private let directory: ZipDirectory
    private let places: [EntryPlace]
    private let passphrase: Secret?
    private let keys: EntryKeys
    private let meter: ReadMeter
    private let names: NameEncoding

    /// Opens an archive and finds its directory safe; no content is read and the passphrase not tried.
    ///
    /// One entry that is not safe makes the whole archive unsafe: a name that leads out of a folder, a link or device,
    /// two entries that share bytes or a name. One that is too large only cannot be read.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - passphrase: What its entries were encrypted with, if they were; an empty one counts as none.
    ///   - names: How names are read that nothing says to be UTF-8.
    ///   - budget: How many entries it may have, and how much of them may be read.
    /// - Throws: `unreadable`, `notAnArchive`, `truncated`, `corrupt`, `unsupportedMethod` (an archive split into several
    ///   files), `unsafeName`, `limitExceeded` or `overlapping`.
    public init(
        path: String,
        passphrase: Secret?,
        names: NameEncoding = .utf8,
        budget: ExtractionBudget = .standard
    ) throws(ArchiveError) {
        let directory = try ZipDirectory(path: path)
        var check = DirectoryCheck(budget, names)
        do throws(ArchiveError) {
            try check.admit(entries: directory.entries)
            try directory.forEachRecord { record, number throws(ArchiveError) in
                try check.take(record, number: number)
            }
            try check.finish(directoryOffset: directory.offset)
        } catch {
            throw error.about(path)
        }
        self.directory = directory
        self.passphrase = passphrase
        meter = ReadMeter(budget)
        self.names = names
        entries = check.entries
        places = check.places
        keys = EntryKeys(check.places, of: directory.file, passphrase: passphrase)
    }

    /// The names that nothing says to be UTF-8, as bytes; from them, whoever opens the archive tells their encoding.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - limit: How many are enough.
    /// - Returns: The names with bytes beyond ASCII, in the order of the directory.
    /// - Throws: As ``init(path:passphrase:names:budget:)``, for what concerns the directory as a whole.
    public static func unmarkedNames(ofArchiveAt path: String, limit: Int) throws(ArchiveError) -> [[UInt8]] {
        var names: [[UInt8]] = []
        do throws(ArchiveError) {
            try ZipDirectory(path: path).forEachRecord { record, _ throws(ArchiveError) in
                if names.count < limit, try EntryName.isUnmarked(record) { names.append(record.name) }
            }
        } catch {
            throw error.about(path)
        }
        return names
    }

    /// The whole content of an entry, checked to its CRC or authentication code.
    ///
    /// It blocks while it reads, decrypts and inflates. The content has exactly the size the directory says.
    ///
    /// - Parameters:
    ///   - entry: One of ``entries`` of this archive.
    ///   - isText: Whether it is a table, which may be compressed as much as it will.
    /// - Returns: The content.
    /// - Throws: `passphraseRequired`, `wrongPassphrase`, `unsupportedMethod`, `corrupt`, `overlapping`,
    ///   `limitExceeded` (the budget, or 4 GiB), `truncated` or `unreadable`.
    public func read(_ entry: ZipEntry, isText: Bool = false) throws(ArchiveError) -> [UInt8] {
        guard entries.indices.contains(entry.index), entries[entry.index] == entry else {
            throw ArchiveError(.unreadable, "\(directory.file.path) does not hold this entry")
        }
        let place = places[entry.index]
        do throws(ArchiveError) {
            try Self.checkMethod(place)
            try meter.admit(entry, isText: isText)
            let lone = try LoneEntry.read(entry, at: place, from: directory.file, keys: keys, names: names)
            if place.aes != nil && place.contentMethod == 0 { return try lone.storedContent(of: entry.size) }
            return try EntryReader.content(
                of: entry.size,
                in: lone,
                passphrase: passphrase,
                hasChecksum: place.hasChecksum
            )
        } catch {
            throw explained(error, entry, place).about("\(directory.file.path): entry \(place.number)")
        }
    }

    private static func checkMethod(_ place: EntryPlace) throws(ArchiveError) {
        guard place.flags & 0x2040 == 0 else {
            throw ArchiveError(.unsupportedMethod, "it is encrypted in PKWARE's strong way, which is not read")
        }
        let method = place.contentMethod
        // libarchive 3.6.2 decrypts for these two only; to others it gives the encrypted bytes, unauthenticated.
        guard place.flags & 1 == 0 || [0, 8].contains(method) else {
            throw ArchiveError(
                .unsupportedMethod,
                "it is encrypted and compressed by method \(method), which is not read"
            )
        }
        // LZMA, Zstandard, xz and PPMd allocate as much as the entry tells them to, up to gigabytes. libarchive keeps 8
        // bits of the number.
        guard method <= 0xff, ![14, 93, 95, 98].contains(method) else {
            throw ArchiveError(.unsupportedMethod, "it is compressed by method \(method), which is not read")
        }
    }

    /// Of PKWARE's old way, 1 of 256 wrong passphrases passes the check and shows as damage: other entries tell.
    private func explained(_ error: ArchiveError, _ entry: ZipEntry, _ place: EntryPlace) -> ArchiveError {
        guard error.code == .corrupt, error.underlying != nil, place.isZipCrypto else { return error }
        var error = error
        switch passphraseOpensOthers(than: entry) {
        case true?: break
        case false?:
            error.code = .wrongPassphrase
            error.message = "the passphrase does not open it"
        case nil: error.message = "either it is damaged or the passphrase is wrong"
        }
        return error
    }

    /// Whether the passphrase passes the check of all of four other entries; `nil` when there is none to ask.
    private func passphraseOpensOthers(than entry: ZipEntry) -> Bool? {
        var answer: Bool?
        let others = entries.lazy.filter { [places] other in
            other.index != entry.index && places[other.index].isZipCrypto && other.size > 0
        }
        for other in others.prefix(4) {
            let place = places[other.index]
            guard let lone = try? LoneEntry.read(other, at: place, from: directory.file, keys: keys, names: names)
            else {
                continue
            }
            guard let opens = EntryReader.opens(lone, passphrase: passphrase) else { continue }
            guard opens else { return false }
            answer = true
        }
        return answer
    }
}
