// SPDX-License-Identifier: Apache-2.0

/// Numbers that look random and are the same on every machine (SplitMix64).
public struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    /// Begins a row of numbers.
    ///
    /// - Parameter seed: Which row; near seeds give rows that have nothing to do with one another.
    public init(seed: Int) { state = UInt64(truncatingIfNeeded: seed) }

    /// The next number.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed &>> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed &>> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed &>> 31
    }

    /// The next bytes.
    ///
    /// - Parameter count: How many.
    /// - Returns: The bytes.
    public mutating func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            for place in 0..<count { buffer[place] = UInt8(truncatingIfNeeded: next() &>> 56) }
            filled = count
        }
    }
}
