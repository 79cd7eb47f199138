// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import Foundation
import ScriptedServer
import Testing

@Suite(.timeLimit(.minutes(20))) struct DownloadToFileTests {
    private let content = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

    private func inFolder<Value>(_ body: (_ file: String) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "download-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder.appending(path: "archive").path)
    }

    private func bytes(_ file: String) throws -> [UInt8] { try Array(Data(contentsOf: URL(fileURLWithPath: file))) }

    private func exists(_ file: String) -> Bool { FileManager.default.fileExists(atPath: file) }

    private func appliance(
        _ answer: @escaping @Sendable (ScriptedServer.Request) -> ScriptedServer.Action
    ) throws -> Appliance {
        try Appliance(raw: { message, request in message == "GET" ? answer(request) : nil })
    }

    @Test(arguments: ["tmp/a.zip", "/tmp/a.zip", "URL/tmp/a.zip"])
    func aFileIsWrittenWhereverItLies(path: String) async throws {
        let content = content
        let appliance = try appliance { request in
            request.path.hasPrefix("/ws/") ? .text("not here", status: 404) : .reply(content)
        }
        try await inFolder { file in
            try await appliance.with { device in
                let path = path.replacingOccurrences(of: "URL", with: appliance.server.url)
                check(try await device.download(path, to: file), content.count)
                check(try await device.download(path, to: file + "2"), content.count)
            }
            #expect(try bytes(file) == content)
            let attributes = try FileManager.default.attributesOfItem(atPath: file)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
        #expect(appliance.calls("GET").map(\.path) == ["/ws/tmp/a.zip", "/tmp/a.zip", "/tmp/a.zip"])
    }

    @Test func aChunkedFileIsWritten() async throws {
        let appliance = try appliance { _ in
            .raw(Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n".utf8))
        }
        try await inFolder { file in
            check(try await appliance.with { try await $0.download("tmp/a", to: file) }, 5)
            #expect(try bytes(file) == Array("abcde".utf8))
        }
    }

    @Test func anEmptyFileIsAFile() async throws {
        let appliance = try appliance { _ in .reply([]) }
        try await inFolder { file in
            check(try await appliance.with { try await $0.download("tmp/a", to: file) }, 0)
            #expect(exists(file))
        }
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nonly this", "HTTP/1.1 200 OK\r\nContent-Len", "",
    ])
    func aDownloadThatIsCutBeginsAgainFromTheStart(cut: String) async throws {
        let calls = Counter()
        let content = content
        let appliance = try appliance { _ in calls.next() <= 2 ? .raw(Array(cut.utf8)) : .reply(content) }
        try await inFolder { file in
            try await appliance.with { device in
                let error = await #expect(throws: DeviceError.self) { try await device.download("tmp/a", to: file) }
                #expect(error?.mayPass == true)
                #expect(!exists(file))
                let length = try await RetryingDevice(device, clock: NotedClock()).download("tmp/a", to: file)
                #expect(length == content.count)
            }
            #expect(try bytes(file) == content)
        }
    }

    @Test func whatExpiredIsNotFoundAndLeavesNoFile() async throws {
        let appliance = try appliance { _ in .text("gone", status: 404) }
        try await inFolder { file in
            let code = await failure { try await appliance.with { try await $0.download("tmp/a", to: file) } }
            #expect(code == .notFound)
            #expect(!exists(file))
        }
        #expect(appliance.calls("GET").map(\.path) == ["/ws/tmp/a", "/tmp/a"])
    }

    @Test(arguments: [
        ("http://elsewhere/tmp/a", DeviceError.Code.malformedReply), ("../etc/passwd", .malformedReply),
        ("tmp/../../a", .malformedReply), ("http://127.0.0.1:1/tmp/a", .malformedReply), ("", .malformedReply),
    ])
    func aPathThatLeadsElsewhereIsNotFollowed(path: String, code: DeviceError.Code) async throws {
        let appliance = try Appliance()
        try await inFolder { file in
            let found = await failure { try await appliance.with { try await $0.download(path, to: file) } }
            #expect(found == code)
            #expect(!exists(file))
        }
        #expect(appliance.server.requests.isEmpty)
    }

    @Test(arguments: [(401, ""), (200, #"{"code":-141,"data":"","msg":""}"#)])
    func aDownloadThatNeedsANewSessionGetsOne(status: Int, body: String) async throws {
        let appliance = try appliance { request in
            request.headers["sessionid"] == "s1" ? .text(body, status: status) : .text("bytes")
        }
        try await inFolder { file in
            check(try await appliance.with { try await $0.download("tmp/a", to: file) }, 5)
            #expect(try bytes(file) == Array("bytes".utf8))
        }
        #expect(appliance.calls("257").count == 2)
    }

    @Test(arguments: [(#"{"code":-105,"msg":""}"#, DeviceError.Code.notFound), (#"{"code":-3596}"#, .refused)])
    func anErrorInDisguiseIsAnError(body: String, code: DeviceError.Code) async throws {
        let appliance = try appliance { _ in .text(body) }
        try await inFolder { file in
            let found = await failure { try await appliance.with { try await $0.download("tmp/a", to: file) } }
            #expect(found == code)
            #expect(!exists(file))
        }
    }

    @Test func anotherFileIsNeverOverwrittenAndNothingIsSent() async throws {
        let appliance = try appliance { _ in .text("bytes") }
        try await inFolder { file in
            try Data("mine".utf8).write(to: URL(fileURLWithPath: file))
            try FileManager.default.createSymbolicLink(atPath: file + ".link", withDestinationPath: file + ".target")
            try await appliance.with { device in
                for path in [file, file + ".link", file + "/below", ""] {
                    check(await failure { try await device.download("tmp/a", to: path) }, .fileNotWritten)
                }
            }
            #expect(try bytes(file) == Array("mine".utf8))
            #expect(!exists(file + ".target"))
        }
        #expect(appliance.calls("GET").isEmpty)
    }

    @Test func aFullDiskIsNamed() async throws {
        let content = content
        let appliance = try appliance { _ in .reply(content) }
        try await appliance.with { device in
            let error = await #expect(throws: DeviceError.self) { try await device.download("tmp/a", to: "/dev/full") }
            #expect(error?.code == .fileNotWritten)
            #expect(error?.mayPass == false)
        }
    }

    @Test func aCancelledDownloadLeavesNoFile() async throws {
        let begun = Counter()
        let appliance = try appliance { _ in
            _ = begun.next()
            return .wait(.seconds(45), then: .hangUp)
        }
        try await inFolder { file in
            try await appliance.with { device in
                await withTaskGroup(of: Void.self) { group in
                    group.addTask {
                        await #expect(throws: CancellationError.self) { try await device.download("tmp/a", to: file) }
                    }
                    while !exists(file) { await Task.yield() }
                    group.cancelAll()
                }
            }
            #expect(!exists(file))
        }
    }
}
