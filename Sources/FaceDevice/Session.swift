// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The one session of a device, shared by all its connections.
///
/// Whoever first needs a session logs in; the others wait for the outcome. A login that left and failed, however it
/// did, is remembered: every later call fails with the same error and sends nothing (interface S4).
final class Session: Sendable {
    /// One login.
    struct Token: Sendable, Hashable {
        /// The id that the device gave; opaque, and secret.
        var id: String
        /// Which login it came from.
        var generation: Int
    }

    private enum Phase {
        case none
        case loggingIn
        case active(Token, wasAccepted: Bool)
        case refused(DeviceError)
    }

    private struct State {
        var phase = Phase.none
        var generation = 0
        var waiters: [Int: CheckedContinuation<Token?, any Error>] = [:]
        var nextWaiter = 0
        var forbidden: Set<String> = []
    }

    private let state = Mutex(State())

    /// The session, logging in when there is none.
    ///
    /// - Parameter logIn: Logs in once and returns the id.
    /// - Returns: The session that all callers use.
    /// - Throws: What `logIn` threw, also for those who waited for it; `CancellationError`.
    func token(_ logIn: () async throws -> String) async throws -> Token {
        enum Step {
            case use(Token)
            case wait
            case logIn
        }
        while true {
            let step = try state.withLock { state throws(DeviceError) -> Step in
                switch state.phase {
                case .active(let token, _): return .use(token)
                case .refused(let error): throw error
                case .loggingIn: return .wait
                case .none:
                    state.phase = .loggingIn
                    return .logIn
                }
            }
            switch step {
            case .use(let token): return token
            case .logIn: return try await finish(logIn)
            case .wait:
                if let token = try await wait() { return token }
            }
        }
    }

    private func finish(_ logIn: () async throws -> String) async throws -> Token {
        let outcome: Result<String, any Error>
        do {
            outcome = .success(try await logIn())
        } catch {
            outcome = .failure(error)
        }
        let (waiters, result) = state.withLock { state in
            let result = Self.settle(outcome, &state)
            defer { state.waiters = [:] }
            return (state.waiters.values.map { $0 }, result)
        }
        for waiter in waiters {
            switch result {
            case .success(let token): waiter.resume(returning: token)
            // Asks again, and hears what became of the login.
            case .failure(is CancellationError): waiter.resume(returning: nil)
            case .failure(let error): waiter.resume(throwing: error)
            }
        }
        return try result.get()
    }

    private static func settle(_ outcome: Result<String, any Error>, _ state: inout State) -> Result<Token, any Error> {
        switch outcome {
        case .success(let id):
            state.generation += 1
            let token = Token(id: id, generation: state.generation)
            state.phase = .active(token, wasAccepted: false)
            return .success(token)
        case .failure(let error as DeviceError) where error.wasBeforeTheLogin:
            state.phase = .none
            return .failure(error)
        case .failure(let error as DeviceError):
            state.phase = .refused(error)
            return .failure(error)
        case .failure(let error):
            // It may have left before it was interrupted.
            state.phase = .refused(
                DeviceError(.loginUnanswered, "the login was interrupted and is not tried again by this command")
            )
            return .failure(error)
        }
    }

    private func wait() async throws -> Token? {
        let number = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome = state.withLock { state -> Result<Token?, any Error>? in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    guard case .loggingIn = state.phase else { return .success(nil) }
                    state.waiters[number] = continuation
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: number) }
            waiter?.resume(throwing: CancellationError())
        }
    }

    /// How many sessions were begun so far.
    var generation: Int { state.withLock { $0.generation } }

    /// Notes that the device took a session for good.
    func accepted(_ token: Token) {
        state.withLock { state in
            if case .active(token, _) = state.phase { state.phase = .active(token, wasAccepted: true) }
        }
    }

    /// Whether the device ever took this session.
    func wasAccepted(_ token: Token) -> Bool {
        state.withLock { state in
            switch state.phase {
            case .active(token, let wasAccepted): wasAccepted
            // Another call has noticed the end of this session already.
            default: true
            }
        }
    }

    /// Gives up a session that the device no longer knows; later ones stay untouched.
    func invalidate(_ token: Token) {
        state.withLock { state in
            if case .active(token, _) = state.phase { state.phase = .none }
        }
    }

    /// Takes the session away, for logging out.
    func end() -> Token? {
        state.withLock { state in
            guard case .active(let token, _) = state.phase else { return nil }
            state.phase = .none
            return token
        }
    }

    /// Notes that the user may not send a message, as a fresh session has shown.
    func forbid(_ message: Message) {
        state.withLock { _ = $0.forbidden.insert(message.id) }
    }

    /// Whether a fresh session has shown that the user may not send a message.
    func isForbidden(_ message: Message) -> Bool { state.withLock { $0.forbidden.contains(message.id) } }
}

extension DeviceError {
    /// Whether a login ended like this before the password left, so that it may be tried again.
    var wasBeforeTheLogin: Bool {
        [.unreachable, .certificateRefused, .handshakeRefused, .unusableSettings].contains(code)
    }
}
