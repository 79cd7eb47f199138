// SPDX-License-Identifier: Apache-2.0

/// What a server does with kept connections, learned from what became of them.
///
/// A server may close a connection just as the next request leaves on it; whether it saw that request nobody knows
/// then. A write is spared that: it leaves on a new connection until the server has answered on a kept one, and on one
/// that was used a moment ago afterwards. A server that closes each connection after its answer, without saying so, is
/// asked on a new one every time.
struct ConnectionHabit {
    /// How a request gets its connection.
    enum Choice: Sendable {
        /// A kept one, if there is one.
        case kept
        /// A kept one that was used a moment ago, else a new one.
        case recent
        /// A new one, which is kept afterwards.
        case fresh
        /// A new one, for this request alone.
        case single
    }

    /// How long ago a connection was used at most that a write may leave on, in seconds.
    let recentSeconds: Int
    /// A server that closes sooner than this after its answer closes every time.
    private var soon: Duration { .seconds(recentSeconds) / 2 }

    private var keeps = false
    private var closes = false
    private var idle = 0
    private var lastAnswer: ContinuousClock.Instant?

    init(recentSeconds: Int) { self.recentSeconds = recentSeconds }

    /// Chooses for a request that is about to start.
    ///
    /// - Parameters:
    ///   - mayRepeat: Whether the request may be sent a second time.
    ///   - now: The present.
    /// - Returns: The choice, and whether a kept connection should be there for it.
    mutating func choose(mayRepeat: Bool, now: ContinuousClock.Instant) -> (Choice, expectsKept: Bool) {
        if closes { return (.single, false) }
        if !mayRepeat, !keeps { return (.fresh, false) }
        let expects = idle > 0 && lastAnswer.map { now - $0 < soon } ?? false
        idle = max(0, idle - 1)
        return (mayRepeat ? .kept : .recent, expects)
    }

    /// Learns from a request that was answered.
    mutating func answered(newConnections: Int, expectedKept: Bool, now: ContinuousClock.Instant) {
        if newConnections == 0 { keeps = true }
        if newConnections > 0, expectedKept { closes = true }
        idle += 1
        lastAnswer = now
    }

    /// Learns from a request whose connection broke before a byte of an answer came.
    mutating func broke(newConnections: Int) {
        if newConnections == 0 { closes = true }
    }
}
