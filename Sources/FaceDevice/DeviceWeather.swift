// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Whether a device answers at present, shared by all calls to it, and how long a failed read waits for it.
///
/// An outage begins with the first call that fails and ends with the first that does not; its length, not the number of
/// calls, uses up the patience, so that many calls wait together and not one after the other.
final class DeviceWeather: Sendable {
    /// What to do after a failure.
    enum Advice: Equatable {
        /// Try again after this time.
        case wait(Duration)
        /// It has lasted long enough.
        case giveUp
    }

    private struct State {
        var hasAnswered = false
        var isTold = false
        /// When the outage began, by the stopwatch; `nil` while the device answers.
        var outage: Duration?
    }

    /// How long a device that answers with a code that may pass is left alone before each further try.
    private static let pauses: [Duration] = [.milliseconds(500), .seconds(2)]
    /// The longest pause within an outage, unless the device names a longer one.
    private static let longestPause = Duration.seconds(10)
    /// An outage that is shorter is not worth a word.
    private static let worthTelling = Duration.seconds(2)

    private let patience: Patience
    private let stopwatch: @Sendable () -> Duration
    private let random: @Sendable () -> Double
    private let tell: @Sendable (String) -> Void
    private let name: String
    private let state = Mutex(State())

    init(
        of name: String,
        _ patience: Patience,
        stopwatch: @escaping @Sendable () -> Duration,
        random: @escaping @Sendable () -> Double,
        tell: @escaping @Sendable (String) -> Void
    ) {
        self.name = name
        self.patience = patience
        self.stopwatch = stopwatch
        self.random = random
        self.tell = tell
    }

    /// Notes that the device answered.
    func cleared() {
        let now = stopwatch()
        let outage = state.withLock { state -> Duration? in
            defer { state = State(hasAnswered: true) }
            return state.isTold ? state.outage : nil
        }
        if let outage { tell("device \(name) answers again after \(Self.words(now - outage))") }
    }

    /// What to do after a read failed.
    ///
    /// - Parameters:
    ///   - error: How it failed.
    ///   - tries: How often this read was tried so far, at least once.
    /// - Returns: Whether to try again, and when.
    func advice(after error: DeviceError, tries: Int) -> Advice {
        // Half of the time is left to chance, so that many callers do not come back together.
        let share = 0.5 + random() / 2
        if error.code == .refused {
            cleared()
            return tries <= Self.pauses.count ? .wait(Self.pauses[tries - 1] * share) : .giveUp
        }
        let now = stopwatch()
        let (left, isNews) = state.withLock { state in
            let start = state.outage ?? now
            state.outage = start
            let left = (state.hasAnswered ? patience.later : patience.atFirst) - (now - start)
            let isNews = !state.isTold && now - start >= Self.worthTelling && left > .zero
            if isNews { state.isTold = true }
            return (left, isNews)
        }
        guard left > .zero else { return .giveUp }
        if isNews { tell("\(error.message); waiting for it, for up to \(Self.words(left)) more") }
        let pause = min(Self.longestPause, .milliseconds(500) * (1 << min(tries - 1, 8))) * share
        return .wait(min(left, max(pause, error.retryAfter ?? .zero)))
    }

    private static func words(_ time: Duration) -> String {
        ClockReading.text(seconds: max(1, Int(time / .seconds(1))))
    }
}
