// SPDX-License-Identifier: Apache-2.0

/// An export that cannot begin or go on: the sentence says what, where and what to do.
public struct ExportError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Code: Sendable, Hashable {
        /// The target cannot be one.
        case usage
        /// Something else kept the export from its end.
        case failed
    }

    /// What kind of failure it is.
    public var code: Code
    /// The sentence for a person.
    public var description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
