// SPDX-License-Identifier: Apache-2.0

/// What each sample along one side of the target takes from the source, in parts of 2^14.
///
/// The triangle filter, widened to what a sample covers when shrinking. Each target sample takes the same number of
/// neighbours, all of them within the source; those beyond the triangle weigh nothing.
final class Weights {
    static let bits: UInt32 = 14
    static let half: UInt32 = 1 << 13
    private static let one = 1 << 14

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
        var (sum, largest) = (0, begin)
        for neighbour in neighbours {
            let at = begin + neighbour - start
            values[at] = UInt16(raw(neighbour) / total * Double(Self.one) + 0.5)
            sum += Int(values[at])
            if values[at] > values[largest] { largest = at }
        }
        // The parts must add up to one exactly, or even areas would change their tone.
        values[largest] = UInt16(Int(values[largest]) + Self.one - sum)
    }
}
