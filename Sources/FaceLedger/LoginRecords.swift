// SPDX-License-Identifier: Apache-2.0

/// What is remembered of failed logins between runs: a small file for each user of a device, 0600, in the folder `logins`
/// beside the ledger.
public struct LoginRecords: Sendable {
    private let folder: String

    /// Names the ledger's folder; nothing is made before a login.
    ///
    /// - Parameter directory: The ledger's folder.
    public init(directory: String) { folder = directory + "/logins" }

    /// Takes the turn to log in, which one process at a time has for a user of a device.
    ///
    /// - Parameter account: The device's address and the user.
    /// - Returns: The turn, `nil` while another process has it.
    /// - Throws: ``LedgerError`` when the folder cannot be used.
    public func turn(of account: String) throws(LedgerError) -> LoginTurn? {
        try PrivateFolder.make(folder)
        let name = LoginMark.fileName(of: account)
        guard let held = try HeldFile.take("\(folder)/\(name)") else { return nil }
        return LoginTurn(held)
    }
}

/// The right to log in as one user of one device, and what is remembered of the last login; given up with the last
/// reference.
public final class LoginTurn: Sendable {
    private let file: HeldFile

    init(_ file: HeldFile) { self.file = file }

    /// The failed login that is remembered.
    ///
    /// - Parameter password: The password of the next login.
    /// - Returns: `nil` when the last login went through, or was made with another password.
    /// - Throws: ``LedgerError`` when the file cannot be read.
    public func failure(of password: String) throws(LedgerError) -> LoginFailure? {
        let lines = try file.read().split(separator: "\n", maxSplits: 5, omittingEmptySubsequences: false)
        guard lines.count == 6, lines[0] == Self.heading, let kind = LoginFailure.Kind(rawValue: String(lines[1])),
            let count = Int(lines[2]), let time = Int(lines[3]), let mark = LoginMark(text: lines[4]),
            mark.isOf(password)
        else { return nil }
        return LoginFailure(kind: kind, count: count, time: time, words: String(lines[5]))
    }

    /// Remembers a failed login.
    ///
    /// - Parameters:
    ///   - failure: The failure.
    ///   - password: The password, of which only a keyed digest is kept.
    /// - Throws: ``LedgerError`` when the file cannot be written.
    public func remember(_ failure: LoginFailure, of password: String) throws(LedgerError) {
        let words = String(failure.words.prefix(500)).split(whereSeparator: \.isNewline).joined(separator: " ")
        let lines = [
            Self.heading, failure.kind.rawValue, String(failure.count), String(failure.time),
            LoginMark(of: password).text, words,
        ]
        try file.write(lines.joined(separator: "\n"))
    }

    /// Forgets the last failure: a login went through.
    public func forget() throws(LedgerError) { try file.write("") }

    /// Gives the turn up.
    public func release() { file.release() }

    private static let heading = "facelib login 1"
}

/// A login that failed.
public struct LoginFailure: Sendable, Hashable {
    /// How it failed.
    public enum Kind: String, Sendable, Hashable {
        /// The device said no.
        case refused
        /// The device said no and locked the user for some minutes.
        case locked
        /// No answer says what the device did.
        case unanswered
        /// What answered sends its callers elsewhere.
        case redirected
    }

    /// How it failed.
    public var kind: Kind
    /// How many logins failed one after the other, this one included.
    public var count: Int
    /// When, in seconds since 1970 UTC.
    public var time: Int
    /// What was said of it.
    public var words: String

    /// Records a failure.
    ///
    /// - Parameters:
    ///   - kind: How it failed.
    ///   - count: How many failed one after the other, this one included.
    ///   - time: When, in seconds since 1970 UTC.
    ///   - words: What was said of it, without secrets; its first 500 characters are kept.
    public init(kind: Kind, count: Int, time: Int, words: String) {
        self.kind = kind
        self.count = count
        self.time = time
        self.words = words
    }
}
