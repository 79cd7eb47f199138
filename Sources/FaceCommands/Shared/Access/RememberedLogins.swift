// SPDX-License-Identifier: Apache-2.0
internal import FaceDevice
internal import FaceLedger
internal import FaceModel

/// Keeps runs from sending a password again that failed a moment ago (design rule 6).
///
/// | the last login | the same password is sent again |
/// |---|---|
/// | was refused | never, unless somebody says so |
/// | was refused, and the device locked the user | after 10 minutes |
/// | got no answer | after a minute; after an hour when it is the second in a row; then after a day |
/// | was sent elsewhere | never to this address, unless somebody says so |
struct RememberedLogins: LoginMemory {
    let records: LoginRecords
    let clock: any Clock<Duration>
    /// The time of day, in seconds since 1970 UTC.
    let now: @Sendable () -> Int
    /// Whether somebody said that the password may be sent again.
    let mayTryAgain: Bool
    /// Told when nothing can be remembered.
    let warn: @Sendable (String) -> Void

    /// As long as a login may take.
    private static let longestTurn = Duration.seconds(45)
    private static let pause = Duration.milliseconds(50)

    func once(_ settings: DeviceSettings, _ logIn: () async throws -> String) async throws -> String {
        guard let turn = try await turn(settings) else { return try await logIn() }
        defer { turn.release() }
        let password = settings.password.revealed
        let last = remembering { () throws(LedgerError) in try turn.failure(of: password) } ?? nil
        if let last, !mayTryAgain, let refusal = standing(last, settings) { throw refusal }
        do {
            let session = try await logIn()
            if last != nil { remembering { () throws(LedgerError) in try turn.forget() } }
            return session
        } catch let error as DeviceError {
            if let failure = failure(of: error, after: last) {
                remembering { () throws(LedgerError) in try turn.remember(failure, of: password) }
            }
            throw error
        }
    }

    /// Waits for the turn; `nil` where nothing can be remembered.
    private func turn(_ settings: DeviceSettings) async throws -> LoginTurn? {
        let account = "\(settings.url)\n\(settings.user)"
        for _ in 0..<Int(Self.longestTurn / Self.pause) {
            let taken = remembering { () throws(LedgerError) in try records.turn(of: account) }
            guard let free = taken else { return nil }
            if let free { return free }
            try await clock.sleep(for: Self.pause)
        }
        throw DeviceError(
            .unreachable,
            "another run has been logging in to device \(settings.name) for more than 45 seconds"
        )
    }

    private func failure(of error: DeviceError, after last: LoginFailure?) -> LoginFailure? {
        let kind: LoginFailure.Kind? =
            switch error.code {
            case .loginRefused: error.loginTriesLeft.map { $0 <= 0 } == true ? .locked : .refused
            case .redirected: .redirected
            case .unreachable, .certificateRefused, .handshakeRefused, .unusableSettings: nil
            default: .unanswered
            }
        guard let kind else { return nil }
        let count = last?.kind == kind ? (last?.count ?? 0) + 1 : 1
        return LoginFailure(kind: kind, count: count, time: now(), words: error.message)
    }

    /// What speaks against sending the password again now.
    private func standing(_ last: LoginFailure, _ settings: DeviceSettings) -> DeviceError? {
        let ago = max(0, now() - last.time)
        let wait: Int? =
            switch last.kind {
            case .refused, .redirected: nil
            case .locked: 600
            case .unanswered: [60, 3600][safe: last.count - 1] ?? 86_400
            }
        if let wait, ago >= wait { return nil }
        let code: DeviceError.Code =
            switch last.kind {
            case .refused, .locked: .loginRefused
            case .unanswered: .loginUnanswered
            case .redirected: .redirected
            }
        let again = "facelib device check \(settings.name) --log-in-again sends it once more"
        let until = wait.map { "before \(ClockReading.text(seconds: $0 - ago)) have passed" } ?? "to this address"
        return DeviceError(
            code,
            "nothing was sent to device \(settings.name): \(ClockReading.text(seconds: ago)) ago \(last.words). The same "
                + "password is not sent again \(until); \(again)"
        )
    }

    @discardableResult
    private func remembering<Value>(_ body: () throws(LedgerError) -> Value) -> Value? {
        do {
            return try body()
        } catch {
            warn("Failed logins cannot be remembered: \(error.message).")
            return nil
        }
    }
}

extension Array {
    fileprivate subscript(safe place: Int) -> Element? { indices.contains(place) ? self[place] : nil }
}
