// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import ScriptedServer
import Testing

@Suite(.timeLimit(.minutes(20))) struct DownloadTests {
    @Test func theFolderThatWorkedIsTriedFirst() async throws {
        let appliance = try Appliance(raw: { message, request in
            guard message == "GET" else { return nil }
            return request.path.hasPrefix("/ws/") ? .text("", status: 404) : .text("bytes")
        })
        try await appliance.with { device in
            for path in ["tmp/a.csv", "/tmp/b c张.csv", appliance.server.url + "/tmp/d.csv"] {
                let bytes = try await device.download(path)
                #expect(bytes == Array("bytes".utf8))
            }
        }
        #expect(
            appliance.calls("GET").map(\.path)
                == ["/ws/tmp/a.csv", "/tmp/a.csv", "/tmp/b%20c%E5%BC%A0.csv", "/tmp/d.csv"]
        )
        #expect(appliance.calls("GET").allSatisfy { $0.headers["sessionid"] == "s1" })
    }

    @Test func whatIsNowhereIsNotFound() async throws {
        let appliance = try Appliance(raw: { message, _ in message == "GET" ? .text("", status: 404) : nil })
        try await appliance.with { device in
            let error = await #expect(throws: DeviceError.self) { try await device.download("tmp/a.csv") }
            #expect(error?.code == .notFound)
        }
    }

    @Test(arguments: [
        "http://elsewhere/tmp/a", "../etc/passwd", "tmp/../../a", "tmp\\..\\a", "", "/", "http://127.0.0.1:1/tmp/a",
    ])
    func aPathThatLeadsElsewhereIsNotFollowed(path: String) async throws {
        let appliance = try Appliance()
        try await appliance.with { device in
            let error = await #expect(throws: DeviceError.self) { try await device.download(path) }
            #expect(error?.code == .malformedReply)
        }
        #expect(appliance.server.requests.isEmpty)
    }

    @Test(arguments: [(401, ""), (200, #"{"code":-141,"data":"","msg":""}"#)])
    func aDownloadThatNeedsANewSessionGetsOne(status: Int, body: String) async throws {
        let appliance = try Appliance(raw: { message, request in
            guard message == "GET" else { return nil }
            return request.headers["sessionid"] == "s1" ? .text(body, status: status) : .text("bytes")
        })
        let bytes = try await appliance.with { try await $0.download("tmp/a") }
        #expect(bytes == Array("bytes".utf8))
        #expect(appliance.calls("257").count == 2)
    }

    @Test func aFileOfJSONIsAFile() async throws {
        let appliance = try Appliance(raw: { message, _ in message == "GET" ? .text(#"{"code":0}"#) : nil })
        let bytes = try await appliance.with { try await $0.download("tmp/a") }
        #expect(bytes == Array(#"{"code":0}"#.utf8))
    }
}
