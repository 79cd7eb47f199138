// SPDX-License-Identifier: Apache-2.0

/// One record of a zip's directory, its numbers in 64 bits where they are; APPNOTE 4.3.12.
struct DirectoryRecord: Hashable {
    var madeBy: UInt16
    var needed: UInt16
    var flags: UInt16
    var method: UInt16
    /// MS-DOS time and date.
    var timeDate: UInt32
    var crc: UInt32
    var compressedSize: UInt64
    var size: UInt64
    /// Where the local record begins.
    var offset: UInt64
    var internalAttributes: UInt16
    var externalAttributes: UInt32
    var name: [UInt8]
    var extra: [UInt8]
    var comment: [UInt8]

    static let fixedSize = 46
    static let signature: UInt32 = 0x0201_4b50
    static let methodAES: UInt16 = 99

    /// How many bytes the record takes that begins at a place; `nil` while less than its fixed part is there.
    static func length(in bytes: [UInt8], at place: Int) -> Int? {
        guard place + fixedSize <= bytes.count else { return nil }
        return fixedSize + Int(bytes.uint16(at: place + 28)) + Int(bytes.uint16(at: place + 30))
            + Int(bytes.uint16(at: place + 32))
    }

    /// Reads a record that is there whole.
    ///
    /// - Throws: `corrupt`, or `unsupportedMethod` when it lies in another file of a split archive.
    init(_ bytes: [UInt8], at place: Int) throws(ArchiveError) {
        madeBy = bytes.uint16(at: place + 4)
        needed = bytes.uint16(at: place + 6)
        flags = bytes.uint16(at: place + 8)
        method = bytes.uint16(at: place + 10)
        timeDate = bytes.uint32(at: place + 12)
        crc = bytes.uint32(at: place + 16)
        compressedSize = UInt64(bytes.uint32(at: place + 20))
        size = UInt64(bytes.uint32(at: place + 24))
        let nameEnd = place + Self.fixedSize + Int(bytes.uint16(at: place + 28))
        let extraEnd = nameEnd + Int(bytes.uint16(at: place + 30))
        let end = extraEnd + Int(bytes.uint16(at: place + 32))
        let disk = bytes.uint16(at: place + 34)
        internalAttributes = bytes.uint16(at: place + 36)
        externalAttributes = bytes.uint32(at: place + 38)
        offset = UInt64(bytes.uint32(at: place + 42))
        name = Array(bytes[(place + Self.fixedSize)..<nameEnd])
        extra = Array(bytes[nameEnd..<extraEnd])
        comment = Array(bytes[extraEnd..<end])
        guard disk == 0 || disk == 0xffff else {
            throw ArchiveError(.unsupportedMethod, "it lies in another file of an archive that was split")
        }
        try widen()
    }

    /// Takes the numbers that did not fit in 32 bits from the ZIP64 field.
    private mutating func widen() throws(ArchiveError) {
        let full: UInt64 = 0xffff_ffff
        guard size == full || compressedSize == full || offset == full else { return }
        guard let field = try ExtraFields(extra)[ExtraFields.zip64] else { return }
        let numbers = Array(field)
        var place = 0
        for key in [\Self.size, \Self.compressedSize, \Self.offset] where self[keyPath: key] == full {
            guard place + 8 <= numbers.count else { throw ArchiveError(.corrupt, "its ZIP64 field is cut off") }
            self[keyPath: key] = numbers.uint64(at: place)
            place += 8
        }
    }

    /// Whether Windows or MS-DOS wrote it: FAT, OS/2, NTFS (by two numbers), VFAT; APPNOTE 4.4.2.
    var isWindows: Bool { [0, 6, 10, 11, 14].contains(madeBy >> 8) }

    /// What the record says about encryption by AES; `nil` when there is none.
    func aes() throws(ArchiveError) -> AESField? {
        guard method == Self.methodAES else { return nil }
        guard flags & 1 != 0, let body = try ExtraFields(extra)[ExtraFields.aes] else {
            throw ArchiveError(.corrupt, "it is encrypted by AES and does not say how")
        }
        return try AESField(body)
    }

    /// The record as bytes, with a ZIP64 field where a number needs one.
    func bytes() throws(ArchiveError) -> [UInt8] {
        let full: UInt64 = 0xffff_ffff
        var wide: [UInt8] = []
        for number in [size, compressedSize, offset] where number >= full { wide.append(littleEndian: number) }
        var extra: [UInt8] = []
        if !wide.isEmpty {
            extra.append(littleEndian: ExtraFields.zip64)
            extra.append(littleEndian: UInt16(wide.count))
            extra += wide
        }
        extra += try ExtraFields(self.extra).bytes(without: ExtraFields.zip64)
        guard extra.count <= 0xffff else { throw ArchiveError(.corrupt, "its extra fields have no room for ZIP64") }

        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.fixedSize + name.count + extra.count + comment.count)
        bytes.append(littleEndian: Self.signature)
        bytes.append(littleEndian: madeBy)
        bytes.append(littleEndian: wide.isEmpty ? needed : max(needed, 45))
        bytes.append(littleEndian: flags)
        bytes.append(littleEndian: method)
        bytes.append(littleEndian: timeDate)
        bytes.append(littleEndian: crc)
        bytes.append(littleEndian: UInt32(min(compressedSize, full)))
        bytes.append(littleEndian: UInt32(min(size, full)))
        bytes.append(littleEndian: UInt16(name.count))
        bytes.append(littleEndian: UInt16(extra.count))
        bytes.append(littleEndian: UInt16(comment.count))
        bytes.append(littleEndian: UInt16(0))
        bytes.append(littleEndian: internalAttributes)
        bytes.append(littleEndian: externalAttributes)
        bytes.append(littleEndian: UInt32(min(offset, full)))
        return bytes + name + extra + comment
    }
}
