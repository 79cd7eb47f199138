// SPDX-License-Identifier: Apache-2.0
import FaceTransport
import Foundation
import ScriptedServer
import Testing

@Suite(.timeLimit(.minutes(20))) struct ResponseFileTests {
    private func request(_ server: ScriptedServer, _ file: String) -> HTTPRequest {
        var request = HTTPRequest(.get, server.url)
        request.file = file
        return request
    }

    private func failure(_ request: HTTPRequest) async -> TransportError? {
        do {
            _ = try await HTTPClient.with { try await $0.send(request) }
            return nil
        } catch { return error as? TransportError }
    }

    private func inFolder(_ body: (_ file: String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "response-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.appending(path: "body").path)
    }

    @Test func aBodyGoesToTheFileAndItsBeginningToMemory() async throws {
        let body = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let server = try ScriptedServer { _ in .reply(body) }
        try await inFolder { file in
            let response = try await HTTPClient.with { try await $0.send(request(server, file)) }
            #expect(response.byteCount == body.count)
            #expect(response.body == Array(body.prefix(HTTPResponse.beginning)))
            #expect(try Array(Data(contentsOf: URL(fileURLWithPath: file))) == body)
        }
    }

    @Test func theWordsOfAnErrorStayInMemory() async throws {
        let words = [UInt8](repeating: 7, count: 5000)
        let server = try ScriptedServer { _ in .reply(status: 404, words) }
        try await inFolder { file in
            let response = try await HTTPClient.with { try await $0.send(request(server, file)) }
            #expect(response.status == 404)
            #expect(response.body == words)
            #expect(!FileManager.default.fileExists(atPath: file))
        }
    }

    @Test(arguments: [(200, 1999), (500, 4 << 20)])
    func aTooLargeAnswerIsNotTakenAndLeavesNoFile(status: Int, limit: Int) async throws {
        let server = try ScriptedServer { _ in .reply(status: status, [UInt8](repeating: 7, count: 2 << 20)) }
        try await inFolder { file in
            var request = request(server, file)
            request.maximumResponseBytes = limit
            let error = await failure(request)
            #expect(error?.code == .responseTooLarge)
            #expect(!FileManager.default.fileExists(atPath: file))
        }
    }

    @Test func aFileThatCannotBeMadeIsToldInTheSystemsWords() async throws {
        let server = try ScriptedServer { _ in .text("ok") }
        let error = await failure(request(server, "/nowhere/at/all"))
        #expect(error?.code == .fileNotWritten)
        #expect(error?.message.contains("No such file or directory") == true)
        #expect(server.requests.isEmpty)
    }
}
