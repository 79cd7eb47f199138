// SPDX-License-Identifier: Apache-2.0

/// A failure of the ledger.
public struct LedgerError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    public struct Code: Hashable, Sendable {
        private enum Kind: Hashable { case locked, unusable, newerFormat }
        private let kind: Kind

        /// Another living process works on the library.
        public static var locked: Self { .init(kind: .locked) }
        /// The ledger cannot be opened, read or written.
        public static var unusable: Self { .init(kind: .unusable) }
        /// The ledger was written by a newer facelib.
        public static var newerFormat: Self { .init(kind: .newerFormat) }
    }

    /// What kind of failure it is.
    public var code: Code
    /// What was being done and what happened, with SQLite's own words, in one sentence.
    public var message: String

    /// Records a failure.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The sentence for a person.
    public var description: String { message }
}
