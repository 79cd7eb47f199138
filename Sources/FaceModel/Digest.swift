// SPDX-License-Identifier: Apache-2.0

/// A digest of some content, 32 bytes: a SHA-256, or one that only its ledger can make.
///
/// Four words side by side: digests go through hands by the million, and an array would be counted at each of them.
public struct Digest: Hashable, Sendable {
    private let words: Words

    /// Eight bytes each, the first of them highest.
    private struct Words: Hashable, Sendable {
        var first: UInt64
        var second: UInt64
        var third: UInt64
        var fourth: UInt64
    }

    /// Takes a digest computed elsewhere or read back from the ledger.
    ///
    /// - Parameter bytes: 32 bytes; anything else gives `nil`.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        func word(_ start: Int) -> UInt64 {
            var word: UInt64 = 0
            for place in start..<start + 8 { word = word << 8 | UInt64(bytes[place]) }
            return word
        }
        words = Words(first: word(0), second: word(8), third: word(16), fourth: word(24))
    }

    /// The first eight bytes, the first of them highest.
    public var prefix: UInt64 { words.first }

    /// The 32 bytes.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        for word in [words.first, words.second, words.third, words.fourth] {
            for place in 1...8 { bytes.append(UInt8(truncatingIfNeeded: word >> (64 - 8 * place))) }
        }
        return bytes
    }

    /// The digest in lower-case hexadecimal, 64 characters.
    public var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
