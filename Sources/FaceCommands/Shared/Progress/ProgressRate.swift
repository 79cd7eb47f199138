// SPDX-License-Identifier: Apache-2.0

/// How fast a job goes on, over the last seconds and at least over the last few steps.
///
/// Rows are done in steps: a batch is confirmed, an archive is opened. Between two steps nothing is heard, which says
/// nothing of the speed; so it is measured from step to step, and the wait for the next one is counted apart.
struct ProgressRate: Sendable {
    private var steps: [(time: Duration, reached: Int)] = []
    private var now = Duration.zero
    /// Long enough to even out batches, short enough to follow a device that slows down.
    private let window = Duration.seconds(15)
    /// However long they take, so many steps are looked at: one alone says little.
    private let leastSteps = 4

    /// Notes how many rows are done at a time.
    mutating func note(_ reached: Int, at time: Duration) {
        now = time
        if let last = steps.last, reached <= last.reached { return }
        steps.append((time, reached))
        while steps.count > leastSteps + 1, steps[1].time <= time - window { steps.removeFirst() }
    }

    /// Rows a second, `nil` before there is enough to tell.
    var perSecond: Double? {
        guard let first = steps.first, let last = steps.last, steps.count > 2 else { return nil }
        // A step that is long in coming says that the job has slowed down.
        let overdue = max(.zero, now - last.time - usualWait * 2)
        let seconds = (last.time - first.time + overdue) / .seconds(1)
        guard seconds >= 1 else { return nil }
        return Double(last.reached - first.reached) / seconds
    }

    /// How many seconds of the wait for the next step are over.
    var waited: Double {
        guard let last = steps.last else { return 0 }
        return min(now - last.time, usualWait) / .seconds(1)
    }

    /// How long steps take as a rule.
    private var usualWait: Duration {
        guard let first = steps.first, let last = steps.last, steps.count > 1 else { return .zero }
        return (last.time - first.time) / (steps.count - 1)
    }
}
