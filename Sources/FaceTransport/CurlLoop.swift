// SPDX-License-Identifier: Apache-2.0
import CLibcurl
import Glibc
import Synchronization

/// Runs an actor's jobs and libcurl's loop on one thread of their own.
///
/// The thread ends when it was asked to and nobody uses it any more; after that no job may come,
/// which ``enter()`` and ``leave()`` around every use make sure of.
final class CurlLoop: SerialExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var cancelled: [TransferID] = []
        var users = 0
        var isStopping = false
        var hasEnded = false
        var onEnd: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())
    private let thread = Mutex<pthread_t?>(nil)
    // SAFETY: off the loop's thread only `curl_multi_wakeup`, the one call that any thread may make, uses this,
    // and only under the lock of `state` before `hasEnded` is set; the cleanup comes after that.
    nonisolated(unsafe) let multi: UnsafeMutableRawPointer

    init?() {
        guard let multi = curl_multi_init() else { return nil }
        self.multi = multi
    }

    // MARK: Jobs

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { state in
            precondition(!state.hasEnded, "a job for a loop that has ended")
            state.jobs.append(job)
            curl_multi_wakeup(multi)
        }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    func isIsolatingCurrentContext() -> Bool? {
        thread.withLock { $0.map { pthread_equal($0, pthread_self()) != 0 } ?? false }
    }

    func checkIsolated() { precondition(isIsolatingCurrentContext() == true, "not on libcurl's thread") }

    private func runPendingJobs() {
        let jobs = state.withLock { state in
            defer { state.jobs.removeAll(keepingCapacity: true) }
            return state.jobs
        }
        for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
    }

    // MARK: Uses

    /// Holds the thread until ``leave()``.
    func enter() throws(TransportError) {
        let isOpen = state.withLock { state in
            if !state.isStopping { state.users += 1 }
            return !state.isStopping
        }
        if !isOpen { throw TransportError(.closed, "the connection to the server was closed") }
    }

    func leave() {
        state.withLock { state in
            state.users -= 1
            if state.isStopping, !state.hasEnded { curl_multi_wakeup(multi) }
        }
    }

    /// Asks the thread to end a transfer; any thread may call this.
    func cancel(_ id: TransferID) {
        state.withLock { state in
            guard !state.hasEnded else { return }
            state.cancelled.append(id)
            curl_multi_wakeup(multi)
        }
    }

    /// Asks the thread to end as soon as nobody uses it.
    ///
    /// - Parameter continuation: Resumed by the thread as its last act, or at once when it has ended.
    func stop(resuming continuation: CheckedContinuation<Void, Never>?) {
        let hasEnded = state.withLock { state in
            state.isStopping = true
            guard !state.hasEnded else { return true }
            state.onEnd = continuation
            curl_multi_wakeup(multi)
            return false
        }
        if hasEnded { continuation?.resume() }
    }

    // MARK: The thread

    /// Starts the thread.
    ///
    /// - Returns: The thread to join, `nil` when the machine has none to give.
    func start(serving actor: CurlMulti) -> pthread_t? {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(actor)
        let status = pthread_create(&thread, nil, curlThread, context.toOpaque())
        guard status == 0 else {
            context.release()
            curl_multi_cleanup(multi)
            return nil
        }
        return thread
    }

    /// Serves jobs and transfers until the loop is stopped; the thread's whole life.
    fileprivate func run(serving actor: CurlMulti) {
        // OpenSSL writes with write(2): without this a peer that hangs up would kill the process.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        thread.withLock { $0 = pthread_self() }
        while true {
            runPendingJobs()
            let (cancelled, isStopping) = state.withLock { state in
                defer { state.cancelled.removeAll() }
                return (state.cancelled, state.isStopping)
            }
            // SAFETY: this is the thread that `isIsolatingCurrentContext` names, the actor's own.
            actor.assumeIsolated { $0.turn(cancelled: cancelled, isStopping: isStopping) }
            let end = state.withLock { state in
                guard state.isStopping, state.users == 0, state.jobs.isEmpty else { return false }
                state.hasEnded = true
                return true
            }
            if end { break }
            curl_multi_poll(multi, nil, 0, 1000, nil)
        }
        curl_multi_cleanup(multi)
        let continuation = state.withLock { state in
            defer { state.onEnd = nil }
            return state.onEnd
        }
        continuation?.resume()
    }
}

/// The thread's first function; it owns the reference to the actor that it was given.
private func curlThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    let actor = Unmanaged<CurlMulti>.fromOpaque(context).takeRetainedValue()
    actor.loop.run(serving: actor)
    return nil
}
