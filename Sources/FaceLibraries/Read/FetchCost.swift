// SPDX-License-Identifier: Apache-2.0

/// What portraits cost in archives of one kind, by the clock.
struct FetchCost {
    private var time = Duration.zero
    private var portraits = 0

    /// Notes what an archive took.
    mutating func note(_ time: Duration, for portraits: Int) {
        self.time += time
        self.portraits += portraits
    }

    /// Whether portraits cost less this way than another; `false` while one of the two was not tried.
    func isLess(than other: FetchCost) -> Bool {
        guard portraits > 0, other.portraits > 0 else { return false }
        return time / Double(portraits) < other.time / Double(other.portraits)
    }
}
