// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// Decides whether a login goes through: password, verification code and lock (S2 to S5).
struct LoginGuard: Sendable {
    private struct Record: Sendable {
        var failures = 0
        var lockedUntil: Double?
    }

    private static let codeNeededAfter = 3
    private static let lockedAfter = 5
    private static let lockSeconds = 5.0 * 60

    private let user: String
    private let password: Secret
    private let quirks: Quirks
    private var records: [String: Record] = [:]
    private var verificationCode: String?

    init(user: String, password: Secret, quirks: Quirks) {
        self.user = user
        self.password = password
        self.quirks = quirks
    }

    /// Issues a verification code; only the last one counts, for one attempt (S5).
    mutating func issueCode() -> String {
        let code = String(Int.random(in: 1000...9999))
        verificationCode = code
        return code
    }

    /// Lets a login through or refuses it.
    ///
    /// - Parameters:
    ///   - name: The user name that was sent.
    ///   - pwd: The password that was sent.
    ///   - code: The verification code that was sent, if any.
    ///   - now: Seconds since 1970.
    /// - Returns: Attempts that the user has left.
    /// - Throws: ``DeviceFault`` with -113, or what the quirks say.
    mutating func attempt(name: String, pwd: String, code: String?, now: Double) throws(DeviceFault) -> Int {
        let key = quirks[.lockGlobal] ? "" : name
        var record = records[key] ?? Record()
        defer { records[key] = record }
        if let lockedUntil = record.lockedUntil {
            if now < lockedUntil {
                if quirks[.lockExtends] { record.lockedUntil = now + Self.lockSeconds }
                throw refusal(remaining: 0)
            }
            record = Record()
        }
        let codeFits = takeCode(code) || record.failures < Self.codeNeededAfter || quirks[.neverVerify]
        if !codeFits, quirks[.verifyParamError] { throw DeviceFault(.parameter) }
        if name == user, pwd == password.revealed, codeFits {
            record = Record()
            return Self.lockedAfter
        }
        record.failures += 1
        if record.failures >= Self.lockedAfter { record.lockedUntil = now + Self.lockSeconds }
        if quirks[.userUnknown108], name != user { throw DeviceFault(.userUnknown) }
        throw refusal(remaining: Self.lockedAfter - record.failures)
    }

    /// Whether `code` is the one that was issued; an attempt that brings a code uses it up.
    private mutating func takeCode(_ code: String?) -> Bool {
        guard let code, let issued = verificationCode else { return false }
        verificationCode = nil
        return code == issued
    }

    private func refusal(remaining: Int) -> DeviceFault {
        DeviceFault(
            .wrongPassword,
            data: quirks[.loginFailPlain] ? nil : .object([("retry_times", .integer(remaining))])
        )
    }
}
