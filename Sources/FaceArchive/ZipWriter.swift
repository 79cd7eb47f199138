// SPDX-License-Identifier: Apache-2.0
public import FaceModel

/// Writes a zip beside its place under `.partial`, readable by its owner only.
///
/// ``finish()`` brings it to the disk and gives it its name; a writer that ends without removes what it wrote. What an
/// earlier process that died left under `.partial` is replaced; that of a living one is not.
///
/// Images and other files are stored as they are; text (`.csv`, `.json`, `.txt`, `.html`, `.xml`) is deflated. With a
/// passphrase every entry that is not empty is encrypted by WinZip's AES-256. All entries have the same time, so that
/// they say nothing about when a portrait was written. libarchive keeps the directory in memory, about 120 bytes
/// an entry: very large archives are written in parts and joined by ``ZipJoiner``.
public struct ZipWriter: ~Copyable {
    private let handle: WriteHandle
    private var file: PartialFile
    private var names = NameFingerprints()
    private var isBroken = false

    private static let texts: Set<String> = ["csv", "html", "json", "tsv", "txt", "xml"]

    /// Begins an archive.
    ///
    /// - Parameters:
    ///   - path: Where it will be; its folder must be there.
    ///   - passphrase: What to encrypt entries with; `nil` for none.
    /// - Throws: `unwritable`, or `passphraseRequired` when the passphrase is empty or holds a NUL.
    public init(path: String, passphrase: Secret?) throws(ArchiveError) {
        if let passphrase, passphrase.revealed.isEmpty || passphrase.revealed.utf8.contains(0) {
            throw ArchiveError(.passphraseRequired, "\(path): the passphrase is empty or holds a NUL")
        }
        let file = try PartialFile.create(path)
        guard let handle = WriteHandle() else {
            throw ArchiveError(.unwritable, "\(path): there is no memory left to write it")
        }
        do throws(ArchiveError) {
            try handle.open(file.descriptor, passphrase: passphrase)
        } catch {
            throw error.about(path)
        }
        self.file = file
        self.handle = handle
    }

    /// Adds a file.
    ///
    /// - Parameters:
    ///   - name: Its name, with `/` between folders.
    ///   - bytes: Its content.
    /// - Throws: `unsafeName` when ``ZipArchive`` would refuse the name, or `unwritable`, after which nothing more can be
    ///   added.
    public mutating func add(_ name: String, _ bytes: UnsafeRawBufferPointer) throws(ArchiveError) {
        do throws(ArchiveError) {
            try admit(name)
            isBroken = true
            try handle.begin(name, size: bytes.count, deflated: Self.isText(name))
            try handle.write(bytes)
            try handle.end()
            isBroken = false
        } catch {
            throw error.about(file.path)
        }
    }

    /// Adds a file.
    ///
    /// - Parameters:
    ///   - name: Its name, with `/` between folders.
    ///   - bytes: Its content.
    /// - Throws: As ``add(_:_:)-(String,UnsafeRawBufferPointer)``.
    public mutating func add(_ name: String, _ bytes: [UInt8]) throws(ArchiveError) {
        var failure: ArchiveError?
        bytes.withUnsafeBytes { buffer in
            do throws(ArchiveError) {
                try add(name, buffer)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    /// Adds a file whose size is not known beforehand; it is deflated.
    ///
    /// - Parameters:
    ///   - name: Its name, with `/` between folders.
    ///   - chunks: The next bytes of its content, until `nil`.
    /// - Throws: An ``ArchiveError`` as ``add(_:_:)-(String,UnsafeRawBufferPointer)``, or what `chunks` throws; nothing
    ///   more can be added then.
    public mutating func add(_ name: String, chunks: () throws -> [UInt8]?) throws {
        do throws(ArchiveError) {
            try admit(name)
        } catch {
            throw error.about(file.path)
        }
        // libarchive would mark an empty entry of unknown size as encrypted, and write nothing that could be decrypted.
        var chunk = try chunks()
        while let bytes = chunk, bytes.isEmpty { chunk = try chunks() }
        guard var bytes = chunk else { return try addNothing(name) }
        isBroken = true
        do {
            try handle.begin(name, size: nil, deflated: true)
            while true {
                try write(bytes)
                guard let next = try chunks() else { break }
                bytes = next
            }
            try handle.end()
        } catch let error as ArchiveError where error.code == .unwritable {
            throw error.about(file.path)
        }
        isBroken = false
    }

    /// Brings the archive to the disk and gives it its name, replacing a file that has it.
    ///
    /// - Throws: `unwritable`, also when adding a file had failed; nothing is left of the archive then.
    public consuming func finish() throws(ArchiveError) {
        guard !isBroken else { throw ArchiveError(.unwritable, "\(file.path): a file was not added whole") }
        do throws(ArchiveError) {
            try handle.close()
        } catch {
            throw error.about(file.path)
        }
        try file.commit()
    }

    private mutating func admit(_ name: String) throws(ArchiveError) {
        guard !isBroken else { throw ArchiveError(.unwritable, "an earlier file was not added whole") }
        guard try EntryName.checked(name) == .file(name) else {
            throw ArchiveError(.unsafeName, "a name is that of a folder or has empty parts")
        }
        guard names.insert(name.utf8) else { throw ArchiveError(.unsafeName, "two files have the same name") }
    }

    private func addNothing(_ name: String) throws(ArchiveError) {
        do throws(ArchiveError) {
            try handle.begin(name, size: 0, deflated: false)
            try handle.end()
        } catch {
            throw error.about(file.path)
        }
    }

    private func write(_ bytes: [UInt8]) throws(ArchiveError) {
        var failure: ArchiveError?
        bytes.withUnsafeBytes { buffer in
            do throws(ArchiveError) {
                try handle.write(buffer)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    private static func isText(_ name: String) -> Bool {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return false }
        return texts.contains(name[name.index(after: dot)...].lowercased())
    }
}
