// SPDX-License-Identifier: Apache-2.0

/// A folder or a file that is to be written and cannot be: the sentence says what, where and what to do.
public struct TargetError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Code: Sendable, Hashable {
        /// The target cannot be one.
        case usage
        /// The system refused something on the way.
        case failed
    }

    /// What kind of failure it is.
    public var code: Code
    /// The sentence for a person.
    public var description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
