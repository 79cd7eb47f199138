// SPDX-License-Identifier: Apache-2.0

/// A picture as a `data:` address, so that the page needs no other file.
struct EmbeddedPicture {
    /// The most bytes a thumbnail may have; 160 pixels a side take a tenth of it.
    static let maximumBytes = 64 * 1024

    /// The address.
    let address: String

    /// Takes the bytes of a JPEG or PNG; `nil` for any other type, or more than ``maximumBytes``.
    init?(_ bytes: [UInt8]) {
        guard bytes.count <= Self.maximumBytes else { return nil }
        let type: String
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            type = "image/jpeg"
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
            type = "image/png"
        } else {
            return nil
        }
        address = "data:\(type);base64,\(Self.base64(bytes))"
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static func base64(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let given = bytes[start..<min(start + 3, bytes.count)]
            let word = given.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - given.count))
            for place in 0..<4 {
                text.append(place <= given.count ? alphabet[word >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
