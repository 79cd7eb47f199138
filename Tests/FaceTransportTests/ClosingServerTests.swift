// SPDX-License-Identifier: Apache-2.0
import ScriptedServer
import Synchronization
import Testing

@testable import FaceTransport

/// A server that hangs up on whatever comes second on a connection, as one does that closes after each answer without
/// having said so, when the next request is quicker.
@Suite(.timeLimit(.minutes(20))) struct ClosingServerTests {
    private let seen = Seen()

    private final class Seen: Sendable {
        private let connections = Mutex<Set<Int>>([])
        func isFirst(_ connection: Int) -> Bool { connections.withLock { $0.insert(connection).inserted } }
    }

    @Test func noWriteIsLostToAServerThatClosesAfterEachAnswer() async throws {
        let server = try ScriptedServer { [seen] in seen.isFirst($0.connection) ? .text("ok") : .hangUp }
        try await HTTPClient.with { client in
            for isWrite in [false, true, true, false, true, false, true] {
                var request = HTTPRequest(.post, server.url, body: .bytes([1, 2], contentType: "text/plain"))
                request.mayRepeat = !isWrite
                let response = try await client.send(request)
                #expect(response.status == 200)
            }
        }
    }

    @Test func aServerThatKeepsItsConnectionsIsNotGivenMoreThanItNeeds() async throws {
        let server = try ScriptedServer { _ in .text("ok") }
        // So long that no machine is too slow for it.
        let client = try HTTPClient(recentSeconds: 600)
        for isWrite in [true, false, false, true, true, true, false] {
            var request = HTTPRequest(.post, server.url, body: .bytes([1, 2], contentType: "text/plain"))
            request.mayRepeat = !isWrite
            let response = try await client.send(request)
            #expect(response.status == 200)
        }
        await client.close()
        #expect(server.connectionCount <= 2)
    }
}
