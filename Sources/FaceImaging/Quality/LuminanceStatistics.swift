// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What the luminance of a small plane says of light, range and sharpness.
struct LuminanceStatistics {
    /// The long side of the plane that is measured, so that results do not depend on the size of the photo.
    static let side = 160

    /// Bits of information in a sample, 0 to 8.
    private(set) var entropy = 0.0
    /// From the 2nd to the 98th of a hundred parts of the tones, 0 to 255.
    private(set) var contrast = 0.0
    /// Mean of the middle, where a portrait has its face: 0 to 255.
    private(set) var mean = 0.0
    /// Share of the middle at 25 or below.
    private(set) var underexposed = 0.0
    /// Share of the middle at 247 or above.
    private(set) var overexposed = 0.0
    /// Difference of the middle's halves over their sum, 0 to 1.
    private(set) var imbalance = 0.0
    /// Distance of the sharpest hundredth of the samples from the mean of their neighbourhood, without what noise adds
    /// to it, over the contrast.
    private(set) var sharpness = 0.0
    /// Variance of the Laplacian, in squared tones.
    private(set) var laplacian = 0.0

    /// Measures a plane.
    ///
    /// - Parameter plane: The upright luminance without padding, its long side `side` (less only where the photo is smaller).
    init(_ plane: Plane) {
        measureTones(plane)
        measureMiddle(plane)
        measureDetail(plane)
    }

    private mutating func measureTones(_ plane: Plane) {
        let samples = UnsafeBufferPointer(start: plane.base, count: plane.width * plane.height)
        let tones = Self.histogram(256) { counts in
            for sample in samples { counts[Int(sample)] &+= 1 }
        }
        let total = Double(plane.width * plane.height)
        for count in tones where count > 0 {
            let share = Double(count) / total
            entropy -= share * log2(share)
        }
        contrast = Double(Self.rank(0.98, of: tones) - Self.rank(0.02, of: tones))
    }

    private mutating func measureMiddle(_ plane: Plane) {
        let (left, right) = (plane.width / 4, plane.width - plane.width / 4)
        let (top, bottom) = (plane.height / 5, plane.height - plane.height / 4)
        let half = plane.width / 2
        var sums = (0, 0)
        var counts = (0, 0)
        var (dark, bright) = (0, 0)
        for row in top..<bottom {
            let line = plane.base + row * plane.width
            for column in left..<right {
                let tone = Int(line[column])
                dark &+= tone <= 25 ? 1 : 0
                bright &+= tone >= 247 ? 1 : 0
                if column < half {
                    sums.0 &+= tone
                    counts.0 &+= 1
                } else {
                    sums.1 &+= tone
                    counts.1 &+= 1
                }
            }
        }
        let total = Double(counts.0 + counts.1)
        guard counts.0 > 0, counts.1 > 0 else { return }
        mean = Double(sums.0 + sums.1) / total
        underexposed = Double(dark) / total
        overexposed = Double(bright) / total
        let halves = (Double(sums.0) / Double(counts.0), Double(sums.1) / Double(counts.1))
        imbalance = abs(halves.0 - halves.1) / max(1, halves.0 + halves.1)
    }

    private mutating func measureDetail(_ plane: Plane) {
        let (width, height) = (plane.width, plane.height)
        guard width > 2, height > 2 else { return }
        var (sum, squares) = (0, 0)
        // Differences in ninths of a tone, so that whole numbers do.
        let differences = Self.histogram(256 * 9) { counts in
            for row in 1..<height - 1 {
                let line = plane.base + row * width
                for column in 1..<width - 1 {
                    let middle = line + column
                    let tone = Int(middle[0])
                    let cross = Int(middle[-1]) &+ Int(middle[1]) &+ Int(middle[-width]) &+ Int(middle[width])
                    let corners =
                        Int(middle[-width - 1]) &+ Int(middle[1 - width]) &+ Int(middle[width - 1])
                        &+ Int(middle[width + 1])
                    let laplacian = 4 &* tone &- cross
                    sum &+= laplacian
                    squares &+= laplacian &* laplacian
                    counts[abs(8 &* tone &- cross &- corners)] &+= 1
                }
            }
        }
        let total = Double((width - 2) * (height - 2))
        let average = Double(sum) / total
        laplacian = Double(squares) / total - average * average
        let sharpest = Double(Self.rank(0.99, of: differences)) / 9
        // Most of a portrait is smooth, so the median is noise; of bell-shaped noise, the sharpest hundredth is 3.8
        // times the median. Noise and edges add up by their squares.
        let noise = 3.8 * Double(Self.rank(0.5, of: differences)) / 9
        sharpness = max(0, sharpest * sharpest - noise * noise).squareRoot() / max(8, contrast)
    }

    private static func histogram(_ bins: Int, _ fill: (UnsafeMutableBufferPointer<Int32>) -> Void) -> [Int32] {
        var counts = [Int32](repeating: 0, count: bins)
        counts.withUnsafeMutableBufferPointer { fill($0) }
        return counts
    }

    /// The bin that a share of all counts stays at or below.
    private static func rank(_ share: Double, of counts: [Int32]) -> Int {
        let total = counts.reduce(0) { $0 + Int($1) }
        let wanted = Int(Double(total) * share)
        var seen = 0
        for (bin, count) in counts.enumerated() {
            seen += Int(count)
            if seen > wanted { return bin }
        }
        return counts.count - 1
    }
}
