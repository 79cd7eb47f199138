// SPDX-License-Identifier: Apache-2.0

/// How many rows a second are finished, over the last seconds.
struct ProgressRate: Sendable {
    private var samples: [(time: Duration, finished: Int)] = []
    /// Long enough to even out batches, short enough to follow a device that slows down.
    private let window = Duration.seconds(15)

    /// Notes how many rows are finished at a time.
    mutating func note(_ finished: Int, at time: Duration) {
        samples.append((time, finished))
        while samples.count > 2, samples[1].time <= time - window { samples.removeFirst() }
    }

    /// Rows a second, `nil` before there is enough to tell.
    var perSecond: Double? {
        guard let first = samples.first, let last = samples.last else { return nil }
        let seconds = (last.time - first.time) / .seconds(1)
        guard seconds >= 1, last.finished > first.finished else { return nil }
        return Double(last.finished - first.finished) / seconds
    }
}
