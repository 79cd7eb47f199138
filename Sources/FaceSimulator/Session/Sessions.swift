// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Synchronization

/// The sessions that are open, and the logins that open them (S1 to S7).
final class Sessions: Sendable {
    private struct Session: Sendable {
        var user: String
        var lastUse: Double
        var calls = 0
    }

    private struct State: Sendable {
        var sessions: [String: Session] = [:]
        var login: LoginGuard
    }

    private let quirks: Quirks
    private let clock: DeviceClock
    private let state: Mutex<State>

    init(user: String, password: Secret, quirks: Quirks, clock: DeviceClock) {
        self.quirks = quirks
        self.clock = clock
        state = Mutex(State(login: LoginGuard(user: user, password: password, quirks: quirks)))
    }

    /// Opens a session.
    ///
    /// - Returns: Its id, 19 digits, and the login attempts that the user has left.
    func logIn(name: String, pwd: String, code: String?) throws -> (id: String, retryTimes: Int) {
        let now = clock.now
        return try state.withLock { state in
            let retryTimes = try state.login.attempt(name: name, pwd: pwd, code: code, now: now)
            if quirks[.singleSession] { state.sessions = state.sessions.filter { $0.value.user != name } }
            let id = String(UInt64.random(in: 1_000_000_000_000_000_000...9_000_000_000_000_000_000))
            state.sessions[id] = Session(user: name, lastUse: now)
            return (id, retryTimes)
        }
    }

    /// Closes a session.
    func logOut(_ id: String?) {
        guard let id else { return }
        _ = state.withLock { $0.sessions.removeValue(forKey: id) }
    }

    /// Issues a verification code for the next login.
    func issueCode() -> String { state.withLock { $0.login.issueCode() } }

    /// Lets an API call through and renews its session.
    ///
    /// - Parameter id: The `sessionid` header.
    /// - Throws: ``DeviceFault`` with -141, or what `expired_code` says.
    func use(_ id: String?) throws(DeviceFault) {
        guard isOpen(id, renewing: true) else { throw DeviceFault(quirks.sessionCode) }
    }

    /// Whether a session is open; asking this does not renew it, as downloads do not (S6).
    func isOpen(_ id: String?) -> Bool { isOpen(id, renewing: false) }

    private func isOpen(_ id: String?, renewing: Bool) -> Bool {
        guard let id else { return false }
        let now = clock.now
        return state.withLock { state in
            guard var session = state.sessions[id] else { return false }
            let isSpent = quirks.number(.dropSessionAfter).map { session.calls >= $0 } ?? false
            guard now - session.lastUse < quirks.sessionSeconds, !isSpent else {
                state.sessions[id] = nil
                return false
            }
            guard renewing else { return true }
            session.lastUse = now
            session.calls += 1
            state.sessions[id] = session
            return true
        }
    }
}
