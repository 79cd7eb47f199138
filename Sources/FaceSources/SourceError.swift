// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// A source that cannot be read, or not to its end.
public struct SourceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    public struct Code: Hashable, Sendable {
        private enum Kind: Hashable { case notFound, unreadable, unsupported, wrongPassphrase, malformed, changed }
        private let kind: Kind

        /// Nothing is at the path.
        public static var notFound: Self { .init(kind: .notFound) }
        /// The system refuses to open or read it.
        public static var unreadable: Self { .init(kind: .unreadable) }
        /// It is not something that rows can be read from.
        public static var unsupported: Self { .init(kind: .unsupported) }
        /// It is encrypted, and the passphrase does not open it.
        public static var wrongPassphrase: Self { .init(kind: .wrongPassphrase) }
        /// It is a CSV or a report with a fault that concerns more than one row.
        public static var malformed: Self { .init(kind: .malformed) }
        /// It changed while it was read, or since the report was made that is read.
        public static var changed: Self { .init(kind: .changed) }
    }

    /// What kind of failure it is.
    public var code: Code
    /// What is wrong, where, and what to do, in one sentence for a person.
    public var message: String

    /// Records a failure.
    ///
    /// - Parameters:
    ///   - code: What kind of failure it is.
    ///   - message: One sentence for a person.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The sentence for a person.
    public var description: String { message }

    /// A refusal of the system, in its own words.
    init(_ errno: Errno, opening place: String) {
        switch errno {
        case .noSuchFileOrDirectory, .notDirectory:
            self.init(.notFound, "\(place) is not there: check the path")
        case .permissionDenied, .notPermitted:
            self.init(.unreadable, "\(place) cannot be read (\(errno)): give this user the right to read it")
        default:
            self.init(.unreadable, "\(place) cannot be read: \(errno)")
        }
    }
}
