// SPDX-License-Identifier: Apache-2.0
import FaceTransport
import ScriptedServer
import Testing

@Suite(.timeLimit(.minutes(20))) struct HTTPClientTests {
    private func failure(
        _ request: HTTPRequest,
        _ sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> TransportError? {
        try await HTTPClient.with { client in
            await #expect(throws: TransportError.self, sourceLocation: sourceLocation) {
                try await client.send(request)
            }
        }
    }

    @Test func bytesArriveAsTheyAre() async throws {
        let server = try ScriptedServer { .reply(Array("echo ".utf8) + $0.body) }
        let body = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var request = HTTPRequest(
            .post,
            server.url + "/api/../json",
            body: .bytes(body, contentType: "application/json")
        )
        request.headers = [.init("sessionid", "12")]
        let response = try await HTTPClient.with { try await $0.send(request) }
        #expect(response.status == 200)
        #expect(response.body == Array("echo ".utf8) + body)
        let seen = try #require(server.requests.first)
        #expect(seen.path == "/api/../json")
        #expect(seen.headers["sessionid"] == "12")
        #expect(seen.headers["content-type"] == "application/json")
        #expect(seen.headers["expect"] == nil)
    }

    @Test func aFormHasItsPartsInOrderWithRawNames() async throws {
        let server = try ScriptedServer { _ in .text("ok") }
        let parts = [
            MultipartPart("msg_id", .text("1030")),
            MultipartPart(
                "img_1",
                .file(name: "张_\"a\"\r\n.jpg", contentType: "image/jpeg", bytes: [0xFF, 0xD8, 13, 10])
            ),
        ]
        _ = try await HTTPClient.with { try await $0.send(HTTPRequest(.post, server.url, body: .multipart(parts))) }
        let seen = try #require(server.requests.first)
        let type = try #require(seen.headers["content-type"])
        let boundary = try #require(type.split(separator: "=").last)
        #expect(type == "multipart/form-data; boundary=\(boundary)")
        let head = """
            --\(boundary)\r
            Content-Disposition: form-data; name="msg_id"\r
            \r
            1030\r
            --\(boundary)\r
            Content-Disposition: form-data; name="img_1"; filename="张_%22a%22%0D%0A.jpg"\r
            Content-Type: image/jpeg\r
            \r\n
            """
        #expect(seen.body == Array(head.utf8) + [0xFF, 0xD8, 13, 10] + Array("\r\n--\(boundary)--\r\n".utf8))
    }

    @Test func connectionsAreKeptAndBounded() async throws {
        let server = try ScriptedServer { _ in .wait(.milliseconds(10), then: .text("ok")) }
        try await HTTPClient.with(connections: 2) { client in
            try await withThrowingTaskGroup(of: Int.self) { group in
                var request = HTTPRequest(.get, server.url)
                request.mayRepeat = true
                for _ in 0..<12 { group.addTask { [request] in try await client.send(request).status } }
                for try await status in group { #expect(status == 200) }
            }
        }
        #expect(server.requests.count == 12)
        #expect(server.connectionCount == 2)
    }

    @Test func aDeadlineCountsFromWhenATransferStarts() async throws {
        let server = try ScriptedServer { _ in .wait(.milliseconds(250), then: .text("ok")) }
        try await HTTPClient.with(connections: 1) { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        var request = HTTPRequest(.get, server.url)
                        request.deadline = .milliseconds(700)
                        _ = try await client.send(request)
                    }
                }
                while try await group.next() != nil {}
            }
        }
    }

    @Test func nobodyListeningIsUnreachable() async throws {
        let server = try ScriptedServer { _ in .hangUp }
        server.stop()
        let error = try await failure(HTTPRequest(.get, server.url))
        #expect(error?.code == .unreachable)
        #expect(error?.requestWasSent == false)
        #expect(error?.underlying?.code == 7)
        #expect(error?.message.contains("connect") == true)
    }

    @Test func aSlowReplyEndsAtTheDeadline() async throws {
        let server = try ScriptedServer { _ in .wait(.seconds(2), then: .text("late")) }
        var request = HTTPRequest(.post, server.url, body: .bytes([1, 2, 3], contentType: "text/plain"))
        request.deadline = .milliseconds(200)
        let error = try await failure(request)
        #expect(error?.code == .timedOut)
        #expect(error?.requestWasSent == true)
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this", "HTTP/1.1 200 OK\r\nContent-", "",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nonly this",
    ])
    func aReplyThatIsCutIsALostConnection(reply: String) async throws {
        let server = try ScriptedServer { _ in .raw(Array(reply.utf8)) }
        let error = try await failure(HTTPRequest(.post, server.url, body: .bytes([1], contentType: "text/plain")))
        #expect(error?.code == .connectionLost)
        #expect(error?.requestWasSent == true)
    }

    @Test func whatIsNotHTTPIsAProtocolViolation() async throws {
        let server = try ScriptedServer { _ in .raw(Array("SSH-2.0-OpenSSH_9.2\r\n".utf8)) }
        #expect(try await failure(HTTPRequest(.get, server.url))?.code == .protocolViolation)
    }

    @Test func aServerThatClosesWhileSentToHasNotSeenTheRequest() async throws {
        let server = try ScriptedServer(bodyLimit: 1000) { _ in .hangUp }
        let body = [UInt8](repeating: 7, count: 64 << 20)
        let error = try await failure(HTTPRequest(.post, server.url, body: .bytes(body, contentType: "text/plain")))
        #expect(error?.code == .connectionLost)
        #expect(error?.requestWasSent == false)
    }

    @Test func aTooLargeAnswerIsNotTaken() async throws {
        let server = try ScriptedServer { _ in .reply([UInt8](repeating: 7, count: 2000)) }
        var request = HTTPRequest(.get, server.url)
        request.maximumResponseBytes = 1999
        #expect(try await failure(request)?.code == .responseTooLarge)
        request.maximumResponseBytes = 2000
        let response = try await HTTPClient.with { [request] in try await $0.send(request) }
        #expect(response.body.count == 2000)
    }

    /// libcurl on its own repeats a POST when a kept connection breaks without an answer.
    @Test(arguments: [(true, 4), (false, 3)])
    func aWriteIsNeverSentTwice(mayRepeat: Bool, requests: Int) async throws {
        let server = try ScriptedServer { request in
            // On a slow machine the write gets a new connection, as the kept one is no longer recent.
            request.text == "second" && (request.connection == 1 || !mayRepeat) ? .hangUp : .text("ok")
        }
        try await HTTPClient.with(connections: 1) { client in
            var request = HTTPRequest(.post, server.url, body: .bytes(Array("first".utf8), contentType: "text/plain"))
            request.mayRepeat = true
            // The second one shows that the server keeps its connections.
            for _ in 0..<2 { _ = try await client.send(request) }
            request.body = .bytes(Array("second".utf8), contentType: "text/plain")
            request.mayRepeat = mayRepeat
            do {
                _ = try await client.send(request)
                #expect(mayRepeat)
            } catch let error as TransportError {
                #expect(!mayRepeat)
                #expect(error.code == .connectionLost)
                #expect(error.requestWasSent)
                #expect(error.message == "the connection was closed without an answer")
            }
        }
        #expect(server.requests.count == requests)
    }

    @Test func aCancelledRequestEndsAtOnceAndFreesItsPlace() async throws {
        let server = try ScriptedServer { $0.path == "/slow" ? .wait(.seconds(45), then: .hangUp) : .text("ok") }
        try await HTTPClient.with(connections: 1) { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    await #expect(throws: CancellationError.self) {
                        _ = try await client.send(HTTPRequest(.get, server.url + "/slow"))
                    }
                }
                while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
                group.cancelAll()
                while try await group.next() != nil {}
            }
            #expect(try await client.send(HTTPRequest(.get, server.url)).status == 200)
        }
    }

    @Test func aGoodbyeIsSentInACancelledTask() async throws {
        let server = try ScriptedServer { _ in .text("ok") }
        try await HTTPClient.with { client in
            await withTaskGroup(of: Int?.self) { group in
                group.cancelAll()
                group.addTask {
                    var request = HTTPRequest(.get, server.url)
                    request.isCancellable = false
                    return try? await client.send(request).status
                }
                #expect(await group.next() == 200)
            }
        }
    }

    @Test func closingEndsWhatRunsAndRefusesWhatComes() async throws {
        let server = try ScriptedServer { _ in .wait(.seconds(45), then: .hangUp) }
        let client = try HTTPClient()
        await withTaskGroup(of: TransportError.Code?.self) { group in
            for _ in 0..<5 {
                group.addTask {
                    do {
                        _ = try await client.send(HTTPRequest(.get, server.url))
                        return nil
                    } catch { return (error as? TransportError)?.code }
                }
            }
            while server.requests.isEmpty { await Task.yield() }
            await client.close()
            for await code in group { #expect(code == .closed) }
        }
        await #expect(throws: TransportError.self) { try await client.send(HTTPRequest(.get, server.url)) }
        await client.close()
    }

    @Test(arguments: ["ftp://127.0.0.1/", "no url", "http://"])
    func onlyHTTPIsSpoken(url: String) async throws {
        let code = try await failure(HTTPRequest(.get, url))?.code
        #expect(code == .invalidRequest || code == .unreachable)
        #expect(try await failure(HTTPRequest(.get, "file:///etc/hostname"))?.code == .invalidRequest)
    }

    @Test func aHeaderCannotBringAnother() async throws {
        let server = try ScriptedServer { _ in .text("ok") }
        var request = HTTPRequest(.get, server.url)
        request.headers = [.init("sessionid", "1\r\nX: y")]
        #expect(try await failure(request)?.code == .invalidRequest)
        #expect(server.requests.isEmpty)
    }

    @Test func redirectsAreNotFollowed() async throws {
        let server = try ScriptedServer { _ in
            .raw(Array("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n".utf8))
        }
        let response = try await HTTPClient.with { try await $0.send(HTTPRequest(.get, server.url)) }
        #expect(response.status == 302)
        #expect(server.requests.count == 1)
    }
}
