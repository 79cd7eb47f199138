// SPDX-License-Identifier: Apache-2.0

/// Bytes to put in archives.
enum Content {
    /// Bytes that look like chance and are the same every time.
    static func noise(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
        var random = Random(seed: seed)
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }

    static func text(_ count: Int) -> [UInt8] {
        Array(String(repeating: "the quick brown fox; ", count: count / 21 + 1).utf8.prefix(count))
    }
}

/// Numbers that look like chance and are the same every time (SplitMix64).
struct Random: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var number = state
        number = (number ^ number >> 30) &* 0xbf58_476d_1ce4_e5b9
        number = (number ^ number >> 27) &* 0x94d0_49bb_1331_11eb
        return number ^ number >> 31
    }
}
