// SPDX-License-Identifier: Apache-2.0

extension Plane {
    /// Fills this plane with the means of squares of another one; what does not fill a square counts as one too.
    ///
    /// Of a JPEG decoded at some eighths of its size, squares of so many samples have the means that decoding at one
    /// eighth gives: a photo is measured alike whatever size it was decoded to.
    ///
    /// - Parameters:
    ///   - source: The plane to read.
    ///   - side: Samples along the side of a square, 2 to 8.
    func takeMeans(of source: Plane, side: Int) {
        reshape(width: (source.width + side - 1) / side, height: (source.height + side - 1) / side)
        span = (source.span.width / Double(side), source.span.height / Double(side))
        withUnsafeTemporaryAllocation(of: UInt16.self, capacity: source.width) { sums in
            guard let sums = sums.baseAddress else { return }
            for row in 0..<height {
                let lines = min(side, source.height - row * side)
                sums.update(repeating: 0, count: source.width)
                for line in 0..<lines {
                    let samples = source.base + (row * side + line) * source.stride
                    for column in 0..<source.width { sums[column] &+= UInt16(samples[column]) }
                }
                Self.mean(sums, source.width, side: side, lines: lines, into: base + row * stride)
            }
        }
    }

    /// How far the means of squares are from a tone, in the mean.
    ///
    /// - Parameters:
    ///   - tone: The tone.
    ///   - side: Samples along the side of a square, 1 to 8.
    ///   - most: How many squares are looked at, spread evenly, where there are more.
    /// - Returns: The distance, 0 to 255.
    func meanDistance(from tone: Double, side: Int, most: Int) -> Double {
        let (columns, lines) = (max(1, width / side), max(1, height / side))
        let step = max(1, columns * lines / most)
        if side == 1, step == 1 { return meanDistance(from: Int32(tone.rounded())) }
        let (samples, stride) = (base, stride)
        // Sums and not means, so that whole numbers do; squares at the edge that are not whole are left out.
        let wanted = Int((tone * Double(side * side)).rounded())
        var (sum, seen) = (0, 0)
        for at in Swift.stride(from: 0, to: columns * lines, by: step) {
            let start = samples + (at / columns &* stride &+ at % columns) &* side
            var square = 0
            for row in 0..<min(side, height) {
                for column in 0..<min(side, width) { square &+= Int(start[row &* stride &+ column]) }
            }
            sum &+= abs(square &- wanted)
            seen += 1
        }
        return Double(sum) / Double(seen * side * side)
    }

    /// How far all samples are from a tone, in the mean: what a small photo comes to, without squares to be found.
    private func meanDistance(from tone: Int32) -> Double {
        var sum = 0
        for line in 0..<height {
            let samples = base + line * stride
            var distances: Int32 = 0
            for column in 0..<width { distances &+= abs(Int32(samples[column]) &- tone) }
            sum += Int(distances)
        }
        return Double(sum) / Double(width * height)
    }

    private static func mean(
        _ sums: UnsafeMutablePointer<UInt16>,
        _ count: Int,
        side: Int,
        lines: Int,
        into target: UnsafeMutablePointer<UInt8>
    ) {
        let whole = count / side
        let area = UInt32(side * lines)
        // Times the inverse and not divided by: exact for so small numbers.
        let inverse = (1 << 20) / area + 1
        for column in 0..<whole {
            var sum = area / 2
            for at in column &* side..<column &* side &+ side { sum &+= UInt32(sums[at]) }
            target[column] = UInt8(truncatingIfNeeded: (sum &* inverse) &>> 20)
        }
        guard whole * side < count else { return }
        let rest = UInt32((count - whole * side) * lines)
        target[whole] = UInt8((whole * side..<count).reduce(rest / 2) { $0 + UInt32(sums[$1]) } / rest)
    }
}
