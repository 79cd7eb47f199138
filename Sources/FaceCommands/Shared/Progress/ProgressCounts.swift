// SPDX-License-Identifier: Apache-2.0

/// How far a job is, in rows.
struct ProgressCounts: Sendable, Hashable {
    /// Rows the source has shown so far.
    var found = 0
    /// Rows the source has in all, `nil` until its end was seen.
    var total: Int?
    /// Rows whose image is ready to be sent.
    var prepared = 0
    /// Rows that left for the destination.
    var sent = 0
    /// Rows confirmed on the destination: stored, updated or removed.
    var confirmed = 0
    /// Rows that needed nothing: unchanged or duplicate.
    var unchanged = 0
    /// Rows that can never go through as they are.
    var rejected = 0
    /// Rows that may go through another time.
    var failed = 0

    /// Rows that have an outcome.
    var finished: Int { confirmed + unchanged + rejected + failed }
}
