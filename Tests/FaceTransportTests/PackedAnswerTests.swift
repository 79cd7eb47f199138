// SPDX-License-Identifier: Apache-2.0
import FaceTransport
import Foundation
import ScriptedServer
import Testing

/// Answers that come packed although nobody asked for that, which HTTP allows.
@Suite(.timeLimit(.minutes(20))) struct PackedAnswerTests {
    /// `{"code":0}` in gzip.
    private static let reply = "H4sIAAAAAAACA6tWSs5PSVWyMqgFAJiuPHIKAAAA"
    /// `{"code":0}` in deflate.
    private static let deflated = "eJyrVkrOT0lVsjKoBQASjwNC"
    /// 2000 zeros in gzip.
    private static let bomb = "H4sIAAAAAAACAzMwGAWjYBSMglEwCkbBUAcAHVX5ftAHAAA="

    private func server(_ encoding: String, _ content: String) throws -> ScriptedServer {
        let body = try Array(#require(Data(base64Encoded: content)))
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: \(encoding)\r\nContent-Length: \(body.count)\r\n\r\n"
        return try ScriptedServer { _ in .raw(Array(head.utf8) + body) }
    }

    @Test(arguments: [("gzip", reply), ("x-gzip", reply), ("deflate", deflated)])
    func aPackedAnswerIsUnpacked(encoding: String, content: String) async throws {
        let server = try server(encoding, content)
        let response = try await HTTPClient.with { try await $0.send(HTTPRequest(.get, server.url)) }
        #expect(String(decoding: response.body, as: UTF8.self) == #"{"code":0}"#)
        #expect(server.requests[0].headers["accept-encoding"] == "identity")
    }

    @Test func whatIsUnpackedCountsAgainstTheLimit() async throws {
        let server = try server("gzip", Self.bomb)
        var request = HTTPRequest(.get, server.url)
        request.maximumResponseBytes = 1999
        let limited = request
        let error = await #expect(throws: TransportError.self) {
            try await HTTPClient.with { try await $0.send(limited) }
        }
        #expect(error?.code == .responseTooLarge)
    }

    @Test(arguments: [("gzip", "AAAA"), ("compress", reply)])
    func whatCannotBeUnpackedIsSaid(encoding: String, content: String) async throws {
        let server = try server(encoding, content)
        let error = await #expect(throws: TransportError.self) {
            try await HTTPClient.with { try await $0.send(HTTPRequest(.get, server.url)) }
        }
        #expect(error?.code == .protocolViolation)
        #expect(error?.message.contains("unpacked") == true)
    }
}
