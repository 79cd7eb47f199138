// SPDX-License-Identifier: Apache-2.0

/// The extra fields of a record; APPNOTE 4.5.
struct ExtraFields {
    static let zip64: UInt16 = 0x0001
    static let unicodePath: UInt16 = 0x7075
    static let aes: UInt16 = 0x9901

    private let fields: [(id: UInt16, body: ArraySlice<UInt8>)]

    /// Splits the bytes; up to 3 at the end are padding of aligning writers.
    init(_ bytes: [UInt8]) throws(ArchiveError) {
        var fields: [(id: UInt16, body: ArraySlice<UInt8>)] = []
        var place = 0
        while place + 4 <= bytes.count {
            let end = place + 4 + Int(bytes.uint16(at: place + 2))
            guard end <= bytes.count else { throw ArchiveError(.corrupt, "its extra fields are cut off") }
            fields.append((bytes.uint16(at: place), bytes[(place + 4)..<end]))
            place = end
        }
        self.fields = fields
    }

    /// The first field of an id.
    subscript(id: UInt16) -> ArraySlice<UInt8>? { fields.first { $0.id == id }?.body }

    /// All fields but those of an id, as bytes.
    func bytes(without id: UInt16) -> [UInt8] {
        var bytes: [UInt8] = []
        for field in fields where field.id != id {
            bytes.append(littleEndian: field.id)
            bytes.append(littleEndian: UInt16(field.body.count))
            bytes += field.body
        }
        return bytes
    }
}

/// WinZip's extra field for AES.
struct AESField: Hashable {
    /// AE-1 (with a CRC) or AE-2 (without).
    var version: UInt16
    /// 1, 2 or 3: keys of 128, 192 or 256 bits.
    var strength: UInt8
    /// How the content is compressed.
    var method: UInt16

    init(_ body: ArraySlice<UInt8>) throws(ArchiveError) {
        let bytes = Array(body)
        guard bytes.count >= 7, (1...2).contains(bytes.uint16(at: 0)), bytes[2...3] == [0x41, 0x45],
            (1...3).contains(bytes[4])
        else { throw ArchiveError(.corrupt, "what it says of its AES encryption makes no sense") }
        version = bytes.uint16(at: 0)
        strength = bytes[4]
        method = bytes.uint16(at: 5)
    }

    /// The length of the authentication code, which is cut.
    static let codeLength = 10

    /// How long the salt is: half as long as a key.
    var saltLength: Int { 4 + 4 * Int(strength) }

    /// The bytes around the content: salt, two to check the passphrase with, and the authentication code.
    var overhead: Int { saltLength + 2 + Self.codeLength }
}
