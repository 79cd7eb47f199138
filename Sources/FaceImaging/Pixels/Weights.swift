// SPDX-License-Identifier: Apache-2.0

/// What each sample along one side of the target takes from the source, in parts of 256.
///
/// So coarse that a sum of samples with their weights fits 16 bits, of which a processor adds and multiplies eight at
/// once; in the mean less is lost by it than by rounding to whole tones.
///
/// The triangle filter, widened to what a sample covers when shrinking. Each target sample takes the same number of
/// neighbours, all of them within the source; those beyond the triangle weigh nothing.
final class Weights {
    static let bits: UInt16 = 8
    static let half: UInt16 = 1 << 7
    private static let one = 256.0

    /// Between which lengths the weights translate.
    struct Sides: Hashable {
        /// Samples in the source.
        var source: Int
        /// How many samples the picture truly spans there.
        var span: Double
        /// Samples in the target.
        var target: Int
    }

    /// How many neighbours each sample takes.
    let taps: Int
    private(set) var starts: [Int] = []
    private(set) var values: [UInt16] = []

    init(_ sides: Sides) {
        let scale = sides.span / Double(sides.target)
        let reach = max(1, scale)
        taps = min(sides.source, Int(reach * 2) + 1)
        starts.reserveCapacity(sides.target)
        values.reserveCapacity(sides.target * taps)
        for index in 0..<sides.target {
            let centre = (Double(index) + 0.5) * scale
            let first = min(sides.source - 1, max(0, Int(centre - reach + 0.5)))
            let last = min(sides.source, Int(centre + reach + 0.5), first + taps)
            let start = min(first, sides.source - taps)
            starts.append(start)
            append(first..<max(last, first + 1), from: start, around: centre, reach)
        }
    }

    /// Adds the weights of one sample.
    private func append(_ neighbours: Range<Int>, from start: Int, around centre: Double, _ reach: Double) {
        func raw(_ neighbour: Int) -> Double { max(1e-6, 1 - abs(Double(neighbour) + 0.5 - centre) / reach) }
        let total = neighbours.reduce(0.0) { $0 + raw($1) }
        let begin = values.count
        values.append(contentsOf: repeatElement(0, count: taps))
        // Rounded as they add up, so that they make one exactly: else even areas would change their tone.
        var (sum, given) = (0.0, UInt16(0))
        for neighbour in neighbours {
            sum += raw(neighbour)
            let due = UInt16((sum / total * Self.one).rounded())
            values[begin + neighbour - start] = due - given
            given = due
        }
    }
}
