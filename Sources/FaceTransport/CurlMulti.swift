// SPDX-License-Identifier: Apache-2.0
import CLibcurl

/// Names a transfer before it exists, so that it can be cancelled at any time.
typealias TransferID = UInt64

/// libcurl's transfers; every method runs on the loop's thread.
///
/// At most `limit` transfers run; the others wait in line here, not inside libcurl, so that a
/// deadline counts from when a transfer gets its turn.
actor CurlMulti {
    nonisolated let loop: CurlLoop
    private let trust: TLSTrust
    private let limit: Int
    private var transfers: [TransferID: Transfer] = [:]
    private var running: [UnsafeMutableRawPointer: TransferID] = [:]
    private var waiting: [TransferID] = []
    private var nextID: TransferID = 0
    private var habit: ConnectionHabit

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(loop: CurlLoop, trust: TLSTrust, limit: Int, recentSeconds: Int) {
        habit = ConnectionHabit(recentSeconds: recentSeconds)
        self.loop = loop
        self.trust = trust
        self.limit = limit
        _ = fl_curl_multi_setopt_long(loop.multi, CURLMOPT_MAX_HOST_CONNECTIONS, limit)
        _ = fl_curl_multi_setopt_long(loop.multi, CURLMOPT_MAXCONNECTS, limit)
        _ = fl_curl_multi_setopt_long(loop.multi, CURLMOPT_PIPELINING, CURLPIPE_NOTHING)
    }

    /// Runs one transfer to its end.
    func perform(_ request: HTTPRequest) async throws -> HTTPResponse {
        nextID += 1
        let id = nextID
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                register(id, request, continuation)
            }
        } onCancel: {
            if request.isCancellable { loop.cancel(id) }
        }
    }

    private func register(
        _ id: TransferID,
        _ request: HTTPRequest,
        _ continuation: CheckedContinuation<HTTPResponse, any Error>
    ) {
        if Task.isCancelled, request.isCancellable { return continuation.resume(throwing: CancellationError()) }
        do {
            transfers[id] = try Transfer(request, trust: trust, continuation: continuation)
            waiting.append(id)
            startWaiting()
        } catch {
            continuation.resume(throwing: error)
        }
    }

    private func startWaiting() {
        while running.count < limit, !waiting.isEmpty {
            let id = waiting.removeFirst()
            guard let transfer = transfers[id] else { continue }
            running[transfer.easy] = id
            let (choice, expectsKept) = habit.choose(mayRepeat: transfer.request.mayRepeat, now: .now)
            transfer.take(choice, recentSeconds: habit.recentSeconds)
            transfer.expectsKeptConnection = expectsKept
            let status = curl_multi_add_handle(loop.multi, transfer.easy)
            if status != CURLM_OK {
                let text = String(cString: curl_multi_strerror(status))
                finish(id, .failure(TransportError(.invalidRequest, "libcurl did not take the request: \(text)")))
            }
        }
    }

    /// One turn of libcurl's loop.
    func turn(cancelled: [TransferID], isStopping: Bool) {
        for id in cancelled { finish(id, .failure(CancellationError())) }
        if isStopping {
            let error = TransportError(.closed, "the connection to the server was closed")
            for id in transfers.keys.sorted() { finish(id, .failure(error)) }
        }
        var count: CInt = 0
        curl_multi_perform(loop.multi, &count)
        while let message = curl_multi_info_read(loop.multi, &count) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
                let id = running[easy], let transfer = transfers[id]
            else { continue }
            let outcome = transfer.outcome(of: fl_curl_message_result(message))
            learn(from: transfer, outcome)
            finish(id, outcome)
        }
        startWaiting()
    }

    private func learn(from transfer: Transfer, _ outcome: Result<HTTPResponse, any Error>) {
        let connections = transfer.newConnections
        if case .success = outcome {
            habit.answered(newConnections: connections, expectedKept: transfer.expectsKeptConnection, now: .now)
        } else if transfer.receivedCount == 0, !transfer.headersEnded {
            habit.broke(newConnections: connections)
        }
    }

    /// Ends a transfer: the only place that takes it out of libcurl and resumes who waits for it.
    private func finish(_ id: TransferID, _ outcome: Result<HTTPResponse, any Error>) {
        guard let transfer = transfers.removeValue(forKey: id) else { return }
        if running.removeValue(forKey: transfer.easy) != nil {
            curl_multi_remove_handle(loop.multi, transfer.easy)
        } else {
            waiting.removeAll { $0 == id }
        }
        transfer.finish(outcome)
    }
}
