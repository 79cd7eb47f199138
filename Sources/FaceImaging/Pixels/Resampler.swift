// SPDX-License-Identifier: Apache-2.0

/// Resizes planes by the triangle filter, widened to what a sample covers when shrinking (no aliasing).
///
/// Whole numbers throughout, so that the same picture gives the same bytes on every machine.
final class Resampler {
    private let sums = SumMemory()
    private let line = SampleMemory()

    /// Writes a plane at the size that another plane has.
    ///
    /// - Parameters:
    ///   - source: The plane to read.
    ///   - target: The plane to fill, shaped beforehand.
    func resize(_ source: Plane, into target: Plane) {
        if source.span == (Double(target.width), Double(target.height)) {
            for row in 0..<target.height {
                (target.base + row * target.stride).update(from: source.base + row * source.stride, count: target.width)
            }
            return
        }
        let across = Weights(from: source.width, span: source.span.width, to: target.width)
        let down = Weights(from: source.height, span: source.span.height, to: target.height)
        line.reserve(source.width + across.taps)
        sums.reserve(source.width)
        // Taps beyond the edge weigh nothing, but are read.
        (line.base + source.width).update(repeating: 0, count: across.taps)
        for row in 0..<target.height {
            mixRows(of: source, with: down, row: row)
            mixLine(with: across, into: target.base + row * target.stride, count: target.width)
        }
    }

    private func mixRows(of source: Plane, with weights: Weights, row: Int) {
        let width = source.width
        let sums = sums.base
        let line = line.base
        sums.update(repeating: Weights.half, count: width)
        for tap in 0..<weights.taps {
            let weight = UInt32(weights.values[row * weights.taps + tap])
            if weight == 0 { continue }
            let samples = source.base + (weights.starts[row] + tap) * source.stride
            for column in 0..<width {
                sums[column] &+= UInt32(samples[column]) &* weight
            }
        }
        for column in 0..<width {
            line[column] = UInt8(truncatingIfNeeded: sums[column] &>> Weights.bits)
        }
    }

    private func mixLine(with weights: Weights, into target: UnsafeMutablePointer<UInt8>, count: Int) {
        let line = line.base
        let taps = weights.taps
        weights.values.withUnsafeBufferPointer { values in
            weights.starts.withUnsafeBufferPointer { starts in
                for column in 0..<count {
                    var sum = Weights.half
                    let samples = line + starts[column]
                    let first = column &* taps
                    for tap in 0..<taps {
                        sum &+= UInt32(samples[tap]) &* UInt32(values[first &+ tap])
                    }
                    target[column] = UInt8(truncatingIfNeeded: sum &>> Weights.bits)
                }
            }
        }
    }
}

/// What each sample along one side of the target takes from the source, in parts of 2^14.
private struct Weights {
    static let bits: UInt32 = 14
    static let half: UInt32 = 1 << 13

    let taps: Int
    private(set) var starts: [Int] = []
    private(set) var values: [UInt16] = []

    init(from source: Int, span: Double, to target: Int) {
        let scale = span / Double(target)
        let reach = max(1, scale)
        taps = min(source, Int(reach * 2) + 1)
        starts.reserveCapacity(target)
        values.reserveCapacity(target * taps)
        for index in 0..<target {
            let centre = (Double(index) + 0.5) * scale
            let first = min(source - 1, max(0, Int(centre - reach + 0.5)))
            let last = min(source, Int(centre + reach + 0.5), first + taps)
            append(first: first, raw: (first..<last).map { max(1e-6, 1 - abs(Double($0) + 0.5 - centre) / reach) })
        }
    }

    private mutating func append(first: Int, raw: [Double]) {
        let total = raw.reduce(0, +)
        var parts = raw.map { UInt16($0 / total * 16384 + 0.5) }
        // The parts must add up to one exactly, or even areas would change their tone.
        let sum = parts.reduce(0) { $0 + Int($1) }
        if let largest = parts.indices.max(by: { parts[$0] < parts[$1] }) {
            parts[largest] = UInt16(Int(parts[largest]) + 16384 - sum)
        }
        starts.append(first)
        values.append(contentsOf: parts)
        values.append(contentsOf: repeatElement(0, count: taps - parts.count))
    }
}

/// Room for one row of sums.
private final class SumMemory {
    private(set) var base: UnsafeMutablePointer<UInt32> = .allocate(capacity: 1)
    private var capacity = 1

    deinit { base.deallocate() }

    func reserve(_ count: Int) {
        guard count > capacity else { return }
        base.deallocate()
        base = .allocate(capacity: count)
        capacity = count
    }
}
