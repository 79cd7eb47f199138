// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What a picture looks like in 64 bytes: nearly the same for the same picture stored again in another size, quality
/// or format, clearly another for every other picture, however alike.
///
/// The bytes are the 64 lowest waves (DCT) of the upright luminance at 32 × 32, in steps of one sixteenth; its mean is
/// left out. Bits alone (signs, as in pHash and dHash) mistook portraits on plain backgrounds for one another;
/// `docs/quality.md` has the figures.
public struct PictureHash: Sendable, Hashable {
    /// The side of the plane that is hashed.
    static let side = 32

    /// The 64 waves, eight to a word, the lowest wave in the lowest byte.
    public var words: [UInt64] { (0..<8).map { lanes[$0] } }

    private let lanes: SIMD8<UInt64>

    /// Pictures at most this far apart are the same one.
    public static let sameLimit = 120

    /// Takes a hash up again from its words.
    ///
    /// - Parameter words: Eight words.
    public init?(words: [UInt64]) {
        guard words.count == 8 else { return nil }
        lanes = SIMD8(words)
    }

    /// How far two pictures are apart: the sum of the differences of their waves.
    ///
    /// - Parameter other: The hash of another picture.
    /// - Returns: 0 for equal hashes, up to `sameLimit` for the same picture, hundreds and thousands for others.
    public func distance(to other: PictureHash) -> Int {
        var sum = 0
        for index in 0..<8 {
            // A flipped sign bit turns the order of signed bytes into that of unsigned ones.
            let (mine, theirs) = (lanes[index] ^ Self.signs, other.lanes[index] ^ Self.signs)
            sum &+= Self.differences(mine & Self.evenBytes, theirs & Self.evenBytes)
            sum &+= Self.differences(mine &>> 8 & Self.evenBytes, theirs &>> 8 & Self.evenBytes)
        }
        return sum
    }

    /// Eight keys under which pictures are looked up: two of the same picture share at least one, as a rule.
    ///
    /// Each key holds three of the lowest waves in coarse steps. A wave of the same picture stored again moves by
    /// a few parts of a step, so that all eight keys change together in less than one case in a thousand.
    public var keys: [UInt64] {
        (0..<8).map { key in
            (0..<3).reduce(UInt64(key)) { mixed, part in
                // The offset keeps two keys from having their steps in the same places.
                let wave = Int(waves(key * 3 + part)) + 128 + key * 5
                return mixed << 8 | UInt64(wave / Self.step)
            }
        }
    }

    private static let step = 24

    private func waves(_ index: Int) -> Int8 {
        Int8(truncatingIfNeeded: lanes[index / 8] >> UInt64(index % 8 * 8))
    }

    private static let signs: UInt64 = 0x8080_8080_8080_8080
    private static let evenBytes: UInt64 = 0x00FF_00FF_00FF_00FF
    private static let ones: UInt64 = 0x0001_0001_0001_0001

    /// The sum of the differences of four bytes, each in a lane of 16 bits, without a loop: 20,000 hashes make 200
    /// million pairs.
    private static func differences(_ mine: UInt64, _ theirs: UInt64) -> Int {
        // 256 + mine - theirs in each lane: bit 8 is set unless theirs is the greater.
        let raised = (mine | ones &<< 8) &- theirs
        let isNegative = ~raised &>> 8 & ones
        let absolute = ((raised ^ (isNegative &* 0xFFFF)) & evenBytes) &+ isNegative
        return Int((absolute &* ones) &>> 48)
    }

    /// Hashes an upright plane of 32 × 32.
    init(_ plane: Plane) {
        let (side, highest) = (Self.side, Self.highest)
        let (samples, cosines) = (plane.base, Self.cosines)
        var rows = [Int](repeating: 0, count: side * highest)
        for line in 0..<side {
            for across in 0..<highest {
                var sum = 0
                for at in 0..<side {
                    sum &+= Int(samples[line &* side &+ at]) &* cosines[across &* side &+ at]
                }
                rows[line * highest + across] = sum
            }
        }
        var words = SIMD8<UInt64>(repeating: 0)
        for (index, wave) in Self.lowest.enumerated() {
            var sum = 0
            for line in 0..<side {
                sum &+= rows[line &* highest &+ wave.across] &* cosines[wave.down &* side &+ line]
            }
            let value = Int8(clamping: (sum + Self.unit / 2) >> Self.unitBits)
            words[index / 8] |= UInt64(UInt8(bitPattern: value)) << UInt64(index % 8 * 8)
        }
        lanes = words
    }

    /// One above the highest frequency among the lowest 64.
    private static let highest = 11
    private static let unitBits = 28
    private static let unit = 1 << unitBits

    private static let lowest: [(across: Int, down: Int)] = {
        let all = (0..<highest).flatMap { across in (0..<highest).map { (across: across, down: $0) } }
        let ordered = all.sorted { ($0.across + $0.down, $0.down) < ($1.across + $1.down, $1.down) }
        return Array(ordered.dropFirst().prefix(64))
    }()

    /// Cosines in parts of 4096.
    private static let cosines: [Int] = (0..<highest).flatMap { frequency in
        (0..<side).map { Int((cos(Double.pi * Double((2 * $0 + 1) * frequency) / 64) * 4096).rounded()) }
    }
}
