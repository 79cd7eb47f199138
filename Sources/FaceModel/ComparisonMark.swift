// SPDX-License-Identifier: Apache-2.0

/// What a comparison says of one portrait of two libraries, as `facelib compare` prints it.
public enum ComparisonMark: String, Sendable, Hashable, CaseIterable {
    /// Both have it, the same.
    case same = "="
    /// Only the first library has it.
    case onlyInFirst = "+"
    /// Only the second library has it.
    case onlyInSecond = "-"
    /// Both have it, and it differs.
    case different = "*"
    /// It could not be read.
    case unreadable = "!"
}
