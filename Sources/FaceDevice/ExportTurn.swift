// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Lets one export at a time at a device: two archives made within a second may share a name (interface E2).
///
/// Whoever waits is served in the order of asking; a cancelled task leaves the line.
public final class ExportTurn: Sendable {
    private struct State {
        var isTaken = false
        var line: [(number: Int, continuation: CheckedContinuation<Bool, Never>)] = []
        var nextNumber = 0
    }

    private let state = Mutex(State())

    /// Makes a turn that nobody has.
    public init() {}

    /// Runs `body` when nobody else does.
    ///
    /// - Parameter body: What to do; it must not wait for the same turn.
    /// - Returns: What `body` returns.
    /// - Throws: `CancellationError` when the task is cancelled while it waits, and what `body` throws.
    public func run<Value>(_ body: () async throws -> Value) async throws -> Value {
        try await take()
        defer { pass() }
        return try await body()
    }

    private func take() async throws {
        let number = state.withLock { state in
            state.nextNumber += 1
            return state.nextNumber
        }
        let isMine = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> Bool? in
                    if Task.isCancelled { return false }
                    guard state.isTaken else {
                        state.isTaken = true
                        return true
                    }
                    state.line.append((number, continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let left = state.withLock { state -> CheckedContinuation<Bool, Never>? in
                guard let place = state.line.firstIndex(where: { $0.number == number }) else { return nil }
                return state.line.remove(at: place).continuation
            }
            left?.resume(returning: false)
        }
        guard isMine else { throw CancellationError() }
    }

    private func pass() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard !state.line.isEmpty else {
                state.isTaken = false
                return nil
            }
            return state.line.removeFirst().continuation
        }
        next?.resume(returning: true)
    }
}
