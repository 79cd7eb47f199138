// SPDX-License-Identifier: Apache-2.0
import Crypto
import FaceModel
import FaceSources

/// The passphrase of all archives of a repository, and the names it gives to images.
struct RepositoryKey: Sendable {
    /// The passphrase: 192 random bits in hexadecimal, so that it can be typed into any program that opens zips.
    let passphrase: Secret

    /// How many bytes a new passphrase has; the key wrap of RFC 3394 takes multiples of 8.
    private static let randomBytes = 24

    /// Makes a key nobody has had before.
    static func random() -> RepositoryKey {
        let bytes = (0..<randomBytes).map { _ in UInt8.random(in: .min ... .max) }
        return RepositoryKey(passphrase: Secret(Hexadecimal.text(of: bytes)))
    }

    /// The name under which an image is stored: the same for the same bytes, and telling nobody without the passphrase
    /// whose image it is, whoever has a copy of it.
    ///
    /// The first half of the HMAC-SHA-256 of the bytes, keyed by the passphrase, and an extension.
    func name(of image: [UInt8]) -> String {
        let key = SymmetricKey(data: Array(passphrase.revealed.utf8))
        let code = HMAC<SHA256>.authenticationCode(for: image, using: key)
        return Hexadecimal.text(of: Array(code.prefix(16))) + "." + image.pictureExtension
    }
}

/// Bytes as lower-case hexadecimal text.
enum Hexadecimal {
    /// The text of some bytes.
    static func text(of bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The bytes of a text, `nil` where it is none of ours.
    static func bytes(of text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: digits.count, by: 2) {
            guard let high = value(of: digits[place]), let low = value(of: digits[place + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
