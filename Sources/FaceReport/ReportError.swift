// SPDX-License-Identifier: Apache-2.0

/// A report that could not be written.
public struct ReportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it was.
    public struct Code: Hashable, Sendable {
        private enum Kind { case folder, file, rows }
        private let kind: Kind

        /// The folder cannot be made, is not a folder or may not be written to.
        public static var folder: Self { Self(kind: .folder) }
        /// One of the files cannot be written, for example because the disk is full.
        public static var file: Self { Self(kind: .file) }
        /// The rows given are not the rows that the summary counts.
        public static var rows: Self { Self(kind: .rows) }
    }

    /// What kind of failure it was.
    public internal(set) var code: Code
    /// What was being done and to which file, in a form fit for a person, with the system's own words.
    public let message: String
    /// The system's error number, when the system refused.
    public let errno: Int32?

    /// The message.
    public var description: String { message }

    /// A failure of our own finding.
    init(code: Code, message: String) {
        self.code = code
        self.message = message
        errno = nil
    }

    /// A refusal of the system.
    init(code: Code, doing action: String, _ failure: SystemFailure) {
        self.code = code
        message = "\(action): \(failure.text)"
        errno = failure.number
    }
}
