// SPDX-License-Identifier: Apache-2.0

/// A job that names a library it cannot have: the sentence says which, where and what to do.
public struct LibraryError: Error, Sendable, CustomStringConvertible {
    /// The sentence for a person.
    public var description: String

    package init(description: String) {
        self.description = description
    }
}
