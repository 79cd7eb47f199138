// SPDX-License-Identifier: Apache-2.0

/// What became of one row; every row of a job ends in exactly one.
public enum Outcome: String, Sendable, Hashable, CaseIterable {
    /// New on the destination, confirmed.
    case stored
    /// Attributes or image changed on the destination, confirmed.
    case updated
    /// Was already there, the same.
    case unchanged
    /// Has the img_id of an earlier row of the source.
    case duplicate
    /// Can never be stored as it is.
    case rejected
    /// Might work another time; `job resume` takes it up.
    case failed
    /// Not in the source, deleted on the destination.
    case removed
    /// Would go through (`check` and `--dry-run` only).
    case ready
}
