// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// How far a job is, in rows.
public struct ProgressCounts: Sendable, Hashable {
    /// Rows the source has shown so far.
    public var found = 0
    /// Rows the source has in all, `nil` while that is not known.
    public var total: Int?
    /// Rows whose image is ready to be sent.
    public var prepared = 0
    /// Rows that left for the destination.
    public var sent = 0
    /// Rows confirmed on the destination: stored, updated or removed.
    public var confirmed = 0
    /// Rows that are done but for being confirmed or made safe, a group at a time.
    public var unconfirmed = 0
    /// Rows that needed nothing: unchanged or settled in an earlier attempt.
    public var unchanged = 0
    /// Rows that can never go through as they are, and duplicates.
    public var rejected = 0
    /// Rows that may go through another time.
    public var failed = 0

    /// Collects counts; without any, a job that has not begun.
    ///
    /// - Parameters:
    ///   - found: Rows the source has shown.
    ///   - total: Rows the source has in all.
    ///   - prepared: Rows whose image is ready.
    ///   - sent: Rows that left.
    ///   - confirmed: Rows confirmed on the destination.
    ///   - unconfirmed: Rows that are done but for being confirmed.
    ///   - unchanged: Rows that needed nothing.
    ///   - rejected: Rows that cannot go through.
    ///   - failed: Rows that may go through another time.
    public init(
        found: Int = 0,
        total: Int? = nil,
        prepared: Int = 0,
        sent: Int = 0,
        confirmed: Int = 0,
        unconfirmed: Int = 0,
        unchanged: Int = 0,
        rejected: Int = 0,
        failed: Int = 0
    ) {
        self.found = found
        self.total = total
        self.prepared = prepared
        self.sent = sent
        self.confirmed = confirmed
        self.unconfirmed = unconfirmed
        self.unchanged = unchanged
        self.rejected = rejected
        self.failed = failed
    }

    /// Rows that have an outcome.
    public var finished: Int { confirmed + unchanged + rejected + failed }

    /// How far the job is, in rows: those with an outcome come by the hundred, and these one by one.
    public var reached: Int { finished + unconfirmed }
}

/// What a job has done so far, written by the stages and read by whoever shows it.
public final class ProgressBoard: Sendable {
    private let counts = Mutex(ProgressCounts())

    /// Starts at nothing.
    public init() {}

    /// The counts of this moment.
    public var now: ProgressCounts { counts.withLock { $0 } }

    /// Changes the counts.
    ///
    /// - Parameter change: What to add.
    public func note(_ change: (inout ProgressCounts) -> Void) { counts.withLock { change(&$0) } }
}
