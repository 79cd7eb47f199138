// SPDX-License-Identifier: Apache-2.0

/// A zip in memory that holds one entry of another one, for libarchive.
///
/// Its headers are written anew from what was found safe, under a name that needs no character set; only the content is
/// the other archive's, already decrypted where it was encrypted by AES. So libarchive inflates and checks, decrypts
/// PKWARE's old way, and interprets nothing else that hostile hands wrote.
struct LoneEntry: ~Copyable {
    private let buffer: UnsafeMutableRawBufferPointer
    private let whole: Range<Int>
    private let content: Range<Int>

    /// The zip; valid as long as the value lives.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: buffer[whole]) }

    private static let name = UInt8(ascii: "e")

    deinit { buffer.deallocate() }

    private init(_ buffer: UnsafeMutableRawBufferPointer, _ whole: Range<Int>, content: Range<Int>) {
        self.buffer = buffer
        self.whole = whole
        self.content = content
    }

    /// The content as it stands, of an entry that is stored and was found authentic: nothing is left to inflate, and its
    /// checksum would say less than its authentication code did.
    ///
    /// - Parameter size: How many bytes the directory says it has.
    /// - Returns: The bytes.
    /// - Throws: `corrupt` where it has others.
    func storedContent(of size: Int) throws(ArchiveError) -> [UInt8] {
        guard content.count == size else {
            throw ArchiveError(.corrupt, "it has \(content.count) bytes, and \(size) by the directory")
        }
        return Array(buffer[content])
    }

    /// Reads an entry's local record and writes headers around its content.
    ///
    /// - Throws: `overlapping`, `corrupt`, `truncated` or `unreadable`; of an entry that is encrypted by AES also
    ///   `passphraseRequired` and `wrongPassphrase`.
    static func read(
        _ entry: ZipEntry,
        at place: EntryPlace,
        from file: InputFile,
        keys: EntryKeys,
        names: NameEncoding
    ) throws(ArchiveError) -> LoneEntry {
        guard entry.size < 0xffff_ffff, entry.compressedSize < 0xffff_ffff else {
            throw ArchiveError(.limitExceeded, "it is too large to be read into memory")
        }
        let available = place.limit - place.offset
        // One read for header and content, when the header is as long as in most archives.
        var count = Int(min(available, UInt64(place.headerGuess + entry.compressedSize)))
        let trailerRoom = 128
        var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: count + trailerRoom, alignment: 16)
        do throws(ArchiveError) {
            try file.read(UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]), at: place.offset)
            guard let length = LocalHeader.length(buffer.prefix(count)) else {
                throw ArchiveError(.corrupt, "no header stands where the directory says")
            }
            let whole = length + entry.compressedSize
            guard UInt64(whole) <= available else {
                throw ArchiveError(.overlapping, "it reaches into what follows it")
            }
            if whole > count {
                buffer.deallocate()
                count = whole
                buffer = .allocate(byteCount: count + trailerRoom, alignment: 16)
                try file.read(UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]), at: place.offset)
            }
            guard let header = LocalHeader(Array(buffer[..<length])) else {
                throw ArchiveError(.corrupt, "no header stands where the directory says")
            }
            try header.checkAgreement(with: entry, at: place, names)
            var content = length..<whole
            if let aes = place.aes {
                let data = UnsafeMutableRawBufferPointer(rebasing: buffer[content])
                let range = try WinZipAES.decrypt(data, aes) { salt throws(ArchiveError) in
                    try keys.keys(of: entry.index, salt: salt)
                }
                content = length + range.lowerBound..<length + range.upperBound
            }
            let written = headers(for: entry, of: content.count, at: place, from: header)
            // Never true: a header that agrees with the directory is at least as long as the one written here.
            guard written.local.count <= content.lowerBound else {
                throw ArchiveError(.corrupt, "its header is too short")
            }
            let start = content.lowerBound - written.local.count
            buffer[start..<content.lowerBound].copyBytes(from: written.local)
            let end = content.upperBound + written.trailer.count
            buffer[content.upperBound..<end].copyBytes(from: written.trailer)
            return LoneEntry(buffer, start..<end, content: content)
        } catch {
            buffer.deallocate()
            throw error
        }
    }

    private static func headers(
        for entry: ZipEntry,
        of length: Int,
        at place: EntryPlace,
        from header: LocalHeader
    ) -> (local: [UInt8], trailer: [UInt8]) {
        let (flags, timeDate) = header.flagsAndTime
        // Encrypted, and length at the end: libarchive believes the directory, which is here, and looks for no length.
        var shared: [UInt8] = []
        shared.append(littleEndian: UInt16(20))
        shared.append(littleEndian: place.aes == nil ? flags & 9 : 0)
        shared.append(littleEndian: place.contentMethod)
        shared.append(littleEndian: timeDate)
        shared.append(littleEndian: place.crc)
        shared.append(littleEndian: UInt32(length))
        shared.append(littleEndian: UInt32(entry.size))
        shared.append(littleEndian: UInt16(1))
        shared.append(littleEndian: UInt16(0))

        var local: [UInt8] = []
        local.append(littleEndian: LocalHeader.signature)
        local += shared + [name]

        var trailer: [UInt8] = []
        trailer.append(littleEndian: DirectoryRecord.signature)
        trailer.append(littleEndian: UInt16(3 << 8 | 20))
        trailer += shared
        trailer += [UInt8](repeating: 0, count: 6)
        trailer.append(littleEndian: UInt32(0o100600) << 16)
        trailer.append(littleEndian: UInt32(0))
        trailer += [name]
        let directorySize = trailer.count
        trailer.append(littleEndian: UInt32(0x0605_4b50))
        trailer += [0, 0, 0, 0, 1, 0, 1, 0]
        trailer.append(littleEndian: UInt32(directorySize))
        trailer.append(littleEndian: UInt32(local.count + length))
        trailer += [0, 0]
        return (local, trailer)
    }
}
