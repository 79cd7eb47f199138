// SPDX-License-Identifier: Apache-2.0
import Glibc
import Synchronization

/// A client for one server: kept connections, deadlines, verified certificates, errors in libcurl's own words.
///
/// It owns one thread, which ``close()`` ends and joins; ``with(trust:connections:_:)`` does so by itself.
/// Redirects are not followed, proxies and `.netrc` not used, and only `http` and `https` spoken.
public final class HTTPClient: Sendable {
    private let multi: CurlMulti
    private let thread: Mutex<pthread_t?>

    /// Starts a client.
    ///
    /// - Parameters:
    ///   - trust: How the server's certificate is verified.
    ///   - connections: How many exchanges run at once, each on its own kept connection; others wait in line.
    /// - Throws: ``TransportError/Code/invalidRequest`` for a pin that is none, ``TransportError/Code/unreachable``
    ///   when libcurl or the machine gives no handle or thread.
    public convenience init(trust: TLSTrust = .system, connections: Int = 2) throws(TransportError) {
        try self.init(trust: trust, connections: connections, recentSeconds: 2)
    }

    /// Starts a client that lets a write leave on a kept connection that was used not longer ago than `recentSeconds`.
    init(trust: TLSTrust = .system, connections: Int = 2, recentSeconds: Int) throws(TransportError) {
        if case .pin(let pin) = trust, !TLSTrust.isPin(pin) {
            throw TransportError(.invalidRequest, "a pin is \"sha256//\" and 44 characters of base64, not \"\(pin)\"")
        }
        try CurlLibrary.prepare()
        guard let loop = CurlLoop() else { throw TransportError(.unreachable, "libcurl gave no handle: out of memory") }
        let multi = CurlMulti(loop: loop, trust: trust, limit: max(1, connections), recentSeconds: recentSeconds)
        guard let thread = loop.start(serving: multi) else {
            throw TransportError(.unreachable, "the machine gave no thread for the connection")
        }
        self.multi = multi
        self.thread = Mutex(thread)
    }

    deinit {
        // Nobody can be in `send` any more, so the thread ends within one turn of its loop.
        multi.loop.stop(resuming: nil)
        join()
    }

    /// Sends a request and returns the answer, whatever its status.
    ///
    /// - Parameter request: The request with its limits.
    /// - Returns: The status and the body.
    /// - Throws: ``TransportError``, or `CancellationError` when the task is cancelled.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try multi.loop.enter()
        defer { multi.loop.leave() }
        return try await multi.perform(request)
    }

    /// Ends all exchanges, closes the connections and joins the client's thread; later requests throw.
    public func close() async {
        await withCheckedContinuation { multi.loop.stop(resuming: $0) }
        join()
    }

    /// Runs `body` with a client and closes it afterwards.
    ///
    /// - Parameters:
    ///   - trust: How the server's certificate is verified.
    ///   - connections: How many exchanges run at once.
    ///   - body: What to do with the client; it must not be used afterwards.
    /// - Returns: What `body` returns.
    /// - Throws: What ``init(trust:connections:)`` and `body` throw.
    public static func with<Value>(
        trust: TLSTrust = .system,
        connections: Int = 2,
        _ body: (HTTPClient) async throws -> Value
    ) async throws -> Value {
        let client = try HTTPClient(trust: trust, connections: connections)
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(client))
        } catch {
            result = .failure(error)
        }
        await client.close()
        return try result.get()
    }

    private func join() {
        let thread = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        guard let thread else { return }
        if pthread_equal(thread, pthread_self()) != 0 {
            pthread_detach(thread)
        } else {
            pthread_join(thread, nil)
        }
    }
}
