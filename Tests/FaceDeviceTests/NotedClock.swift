// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// A clock that notes how long it was asked to sleep, and does not.
final class NotedClock: Clock, Sendable {
    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let offset = Mutex(Duration.zero)
    private let noted = Mutex<[Duration]>([])
    var sleeps: [Duration] { noted.withLock { $0 } }
    var now: Instant { Instant(offset: offset.withLock { $0 }) }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let now = now
        noted.withLock { $0.append(now.duration(to: deadline)) }
        offset.withLock { $0 = deadline.offset }
    }
}
