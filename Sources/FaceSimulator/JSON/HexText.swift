// SPDX-License-Identifier: Apache-2.0

/// Bytes and numbers as lower-case hexadecimal digits.
enum HexText {
    private static let digits = Array("0123456789abcdef".utf8)

    /// Two digits for each byte.
    static func of(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Sixteen digits.
    static func of(_ number: UInt64) -> String {
        String(decoding: (1...16).map { digits[Int(number >> UInt64(64 - $0 * 4) & 15)] }, as: UTF8.self)
    }
}
