// SPDX-License-Identifier: Apache-2.0

/// A repository that cannot be used, or not as it was asked: the sentence says what, where and what to do.
public struct RepositoryError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Code: Sendable, Hashable {
        /// There is no repository, or no such snapshot in it.
        case absent
        /// Passphrase or key file do not open it.
        case wrongPassphrase
        /// Another living process works on it.
        case locked
        /// Something in it is missing or not as it was written.
        case damaged
        /// What was asked makes no sense.
        case usage
        /// It cannot be read or written.
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
