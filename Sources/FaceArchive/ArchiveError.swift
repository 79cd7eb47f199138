// SPDX-License-Identifier: Apache-2.0

/// A failure while reading or writing an archive.
///
/// The message names entries by their number in the archive, never by their name: names of entries hold identity codes
/// and addresses.
public struct ArchiveError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    public struct Code: Hashable, Sendable {
        private enum Kind: Hashable {
            case notAnArchive, passphraseRequired, wrongPassphrase, truncated, corrupt, unsupportedMethod
            case unsafeName, limitExceeded, overlapping, unreadable, unwritable
        }
        private let kind: Kind

        /// The file is no zip, nor the beginning of one.
        public static var notAnArchive: Self { .init(kind: .notAnArchive) }
        /// The entry is encrypted and no passphrase was given; or an empty one, which would protect nothing.
        public static var passphraseRequired: Self { .init(kind: .passphraseRequired) }
        /// The entry is encrypted and the passphrase does not open it.
        public static var wrongPassphrase: Self { .init(kind: .wrongPassphrase) }
        /// The file ends before the archive does, such as after a download that was cut short.
        public static var truncated: Self { .init(kind: .truncated) }
        /// The bytes contradict each other, a checksum or an authentication code.
        public static var corrupt: Self { .init(kind: .corrupt) }
        /// The entry is compressed or encrypted in a way that is not read.
        public static var unsupportedMethod: Self { .init(kind: .unsupportedMethod) }
        /// A name leads out of a folder, is no plain text, is used twice, or belongs to what is no regular file.
        public static var unsafeName: Self { .init(kind: .unsafeName) }
        /// The archive holds more than the budget allows.
        public static var limitExceeded: Self { .init(kind: .limitExceeded) }
        /// Two entries share bytes of the file, as in a zip bomb.
        public static var overlapping: Self { .init(kind: .overlapping) }
        /// The file cannot be opened or read.
        public static var unreadable: Self { .init(kind: .unreadable) }
        /// The file cannot be made or written, such as on a full disk.
        public static var unwritable: Self { .init(kind: .unwritable) }
    }

    /// The words of libarchive or of the system.
    public struct LibraryStatus: Sendable, Hashable {
        /// libarchive's status (negative) or the system's `errno` (positive).
        public var status: Int32
        /// What libarchive or the system says about it.
        public var text: String
    }

    /// What kind of failure it is.
    public var code: Code
    /// What happened to which file and entry, in a form fit for a person.
    public var message: String
    /// The words of libarchive or of the system, when there were any.
    public var underlying: LibraryStatus?

    init(_ code: Code, _ message: String, underlying: LibraryStatus? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }

    /// The message, and the words of the library or system below it.
    public var description: String {
        guard let underlying else { return message }
        return "\(message): \(underlying.text)"
    }

    /// The same error, said of a file or of an entry.
    func about(_ subject: String) -> ArchiveError {
        var error = self
        error.message = "\(subject): \(message)"
        return error
    }
}
