// SPDX-License-Identifier: Apache-2.0

/// Ids as the device assigns them (P3).
enum UUIDText {
    /// A new lower-case UUID, version 4.
    static func new() -> String {
        var generator = SystemRandomNumberGenerator()
        let high = generator.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let digits = Array((HexText.of(high) + HexText.of(low)).utf8)
        let parts = [digits[..<8], digits[8..<12], digits[12..<16], digits[16..<20], digits[20...]]
        return String(decoding: Array(parts.joined(separator: [UInt8(ascii: "-")])), as: UTF8.self)
    }
}
