// SPDX-License-Identifier: Apache-2.0

/// The header that stands before an entry's content and repeats its directory record; APPNOTE 4.3.7.
struct LocalHeader {
    /// How many bytes it takes, with name and extra fields.
    let length: Int
    private let bytes: [UInt8]

    static let fixedSize = 30
    static let signature: UInt32 = 0x0403_4b50

    /// How long the header is that begins with these bytes; `nil` when they are too few or no such header.
    static func length(_ bytes: some RandomAccessCollection<UInt8>) -> Int? {
        let bytes = Array(bytes.prefix(fixedSize))
        guard bytes.count == fixedSize, bytes.uint32(at: 0) == signature else { return nil }
        return fixedSize + Int(bytes.uint16(at: 26)) + Int(bytes.uint16(at: 28))
    }

    /// Takes the bytes of a whole header.
    init?(_ bytes: [UInt8]) {
        guard let length = Self.length(bytes), length <= bytes.count else { return nil }
        self.length = length
        self.bytes = bytes
    }

    /// Finds that the header says what the directory says.
    ///
    /// What the two may differ in is not used: versions, times, and the bits that hint at the level of compression.
    ///
    /// - Throws: `corrupt`, with what they disagree in; `unsafeName` when the name is no text.
    func checkAgreement(
        with entry: ZipEntry,
        at place: EntryPlace,
        _ encoding: NameEncoding
    ) throws(ArchiveError) {
        let flags = bytes.uint16(at: 6)
        // Encrypted, strongly encrypted, masked.
        guard (flags ^ place.flags) & 0x2041 == 0 else { throw Self.disagreement("encryption") }
        guard bytes.uint16(at: 8) == place.method else { throw Self.disagreement("compression") }
        let nameEnd = Self.fixedSize + Int(bytes.uint16(at: 26))
        let extraBytes = Array(bytes[nameEnd..<length])
        let raw = Array(bytes[Self.fixedSize..<nameEnd])
        let name = try EntryName.decoded(
            raw,
            flags: flags,
            extra: extraBytes,
            isWindows: place.isWindows,
            encoding
        )
        guard name == entry.name || (try? EntryName.checked(name)) == .file(entry.name) else {
            throw Self.disagreement("its name")
        }
        let extra = try ExtraFields(extraBytes)
        if let aes = place.aes {
            guard let body = extra[ExtraFields.aes], try AESField(body) == aes else {
                throw Self.disagreement("encryption")
            }
        }
        try checkNumbers(isLengthAtEnd: flags & 8 != 0, extra, entry, place)
    }

    /// The check of the passphrase in PKWARE's old way is against the time when the length stands at the end.
    var flagsAndTime: (flags: UInt16, timeDate: UInt32) { (bytes.uint16(at: 6), bytes.uint32(at: 10)) }

    private func checkNumbers(
        isLengthAtEnd: Bool,
        _ extra: ExtraFields,
        _ entry: ZipEntry,
        _ place: EntryPlace
    ) throws(ArchiveError) {
        let full: UInt64 = 0xffff_ffff
        var (compressed, size) = (UInt64(bytes.uint32(at: 18)), UInt64(bytes.uint32(at: 22)))
        if compressed == full || size == full, let field = extra[ExtraFields.zip64] {
            let numbers = Array(field)
            guard numbers.count >= 16 else { throw Self.disagreement("sizes") }
            (size, compressed) = (numbers.uint64(at: 0), numbers.uint64(at: 8))
        }
        let crc = bytes.uint32(at: 14)
        // With the length at the end, numbers that were not known yet are zero.
        func agrees(_ number: UInt64, _ expected: UInt64) -> Bool {
            number == expected || (isLengthAtEnd && number == 0)
        }
        guard agrees(compressed, UInt64(entry.compressedSize)), agrees(size, UInt64(entry.size)) else {
            throw Self.disagreement("sizes")
        }
        guard agrees(UInt64(crc), UInt64(place.crc)) else { throw Self.disagreement("its checksum") }
    }

    private static func disagreement(_ subject: String) -> ArchiveError {
        ArchiveError(.corrupt, "its header and the directory disagree about \(subject)")
    }
}
