// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Foundation
import Logging
import SystemPackage
import Testing

@testable import FaceSimulator

@Suite(.timeLimit(.minutes(20))) struct WireTests {
    /// Runs a simulator and a client that has logged in.
    private static func with(
        _ quirks: String...,
        perform body: (WireClient, WireClient, String) async throws -> Void
    ) async throws {
        try await with(quirks, perform: body)
    }

    private static func with(
        _ quirks: [String],
        perform body: (WireClient, WireClient, String) async throws -> Void
    ) async throws {
        try await TemporaryFolder.with { path in
            var configuration = SimulatorConfiguration(data: path)
            configuration.controlPort = 0
            configuration.quirks = try Quirks(parsing: quirks)
            try await Simulator.run(configuration, logger: Logger(label: "test")) { running in
                let client = try WireClient(url: running.url)
                let control = try WireClient(url: try #require(running.controlURL))
                let login = try await client.json(
                    #"{"msg_id":"257","user_name":"admin","user_pwd":"Facelib-2026"}"#
                )
                let session = (try? Answer(login.body)["data"]) ?? ""
                try await body(client, control, session)
            }
        }
    }

    private static let newLibrary = #"{"msg_id":"1025","lib_name":"staff","lib_type":2}"#

    private static func portrait(_ id: String) throws -> String {
        let data = Bench.base64(try Pictures.jpeg())
        return #"{"msg_id":"1051","lib_id":1,"img_id":"\#(id)","img":{"filename":"x.jpg","data":"\#(data)"}}"#
    }

    @Test func anImportIsSeenInTheState() async throws {
        try await Self.with { client, control, session async throws in
            let created = try await client.json(Self.newLibrary, session: session)
            #expect(created.status == 200)
            #expect(created.head.contains("application/json"))
            let picture = try Pictures.jpeg()
            let form =
                Array("--B\r\nContent-Disposition: form-data; name=\"msg_id\"\r\n\r\n1030\r\n".utf8)
                + Array("--B\r\nContent-Disposition: form-data; name=\"lib_id\"\r\n\r\n1\r\n".utf8)
                + Array("--B\r\nContent-Disposition: form-data; name=\"uuid\"\r\n\r\nu1\r\n".utf8)
                + Array(
                    "--B\r\nContent-Disposition: form-data; name=\"img_1\"; filename=\"Zoë_E-1_#_0_31_#.jpg\"\r\n\r\n"
                        .utf8
                )
                + picture + Array("\r\n--B--\r\n".utf8)
            let batch = try await client.send(
                "POST",
                "/api/form",
                headers: ["Content-Type: multipart/form-data; boundary=B", "sessionid: \(session)"],
                body: form
            )
            #expect(batch.text == #"{"code":0,"data":{"err_count":0,"url":"tmp/image_u1.csv"},"msg":""}"#)
            _ = try await client.json(Self.portrait("A-2"), session: session)

            let state = try await control.send("GET", "/simulator/state")
            let dump = try Answer(Self.unchunked(state.body))
            #expect(dump["libraries.0.portraits"] == "[2]")
            #expect(dump["libraries.0.portraits.0.img_id"] == "A-2")
            #expect(dump["libraries.0.portraits.1.name"] == "Zoë")
            #expect(dump["libraries.0.portraits.1.bytes"] == String(picture.count))
            #expect(dump["calls.1030"] == "1")
            #expect(dump["logins"] == "1")
            #expect(dump["stored_total"] == "2")

            let path = try #require(dump["libraries.0.portraits.1.img_path"])
            #expect(try await client.send("GET", "/ws/" + path).body == picture)
            let part = try await client.send("GET", "/ws/" + path, headers: ["Range: bytes=2-5"])
            #expect(part.status == 206)
            #expect(part.body == Array(picture[2...5]))

            #expect(try await control.send("POST", "/simulator/reset-calls").status == 200)
            let reset = try Answer(Self.unchunked(try await control.send("GET", "/simulator/state").body))
            #expect(reset["calls"] == "{0}")
            #expect(reset["downloads"] == "0")
            #expect(reset["stored_total"] == "0")
            #expect(reset["libraries.0.portraits"] == "[2]")
        }
    }

    @Test func theClockIsMovedForwardByTheControlPort() async throws {
        try await Self.with("retention_on", "retention=30") { client, control, session async throws in
            func logIn() async throws -> String {
                let login = #"{"msg_id":"257","user_name":"admin","user_pwd":"Facelib-2026"}"#
                return try #require(try Answer(try await client.json(login).body)["data"])
            }
            func state() async throws -> Answer {
                try Answer(Self.unchunked(try await control.send("GET", "/simulator/state").body))
            }
            func advance(_ seconds: String) async throws -> Int {
                try await control.send("POST", "/simulator/advance-clock\(seconds)").status
            }
            _ = try await client.json(Self.newLibrary, session: session)
            _ = try await client.json(Self.portrait("old"), session: session)
            for wrong in ["", "?seconds=", "?seconds=x", "?seconds=0", "?seconds=-1", "?seconds=1000000001"] {
                #expect(try await advance(wrong) == 400)
            }
            #expect(try await control.send("GET", "/simulator/advance-clock?seconds=1").status == 405)
            #expect(try await Answer(client.json(#"{"msg_id":"1028"}"#, session: session).body).code == 0)

            let days = 20 * 86_400
            #expect(try await advance("?seconds=\(days)") == 200)
            #expect(try await Answer(client.json(#"{"msg_id":"1028"}"#, session: session).body).code == -141)
            let earliest = DeviceClock.text(Date().timeIntervalSince1970 + Double(days) - 3600)
            _ = try await client.json(Self.portrait("new"), session: try await logIn())
            let first = try await state()
            #expect(try #require(first["libraries.0.portraits.0.create_time"]) > earliest)
            #expect(try #require(first["libraries.0.portraits.1.create_time"]) < earliest)
            let system = try await Answer(client.json(#"{"msg_id":"1283"}"#, session: try await logIn()).body)
            #expect(try #require(system["data.sys_time"]) > earliest)

            #expect(try await advance("?seconds=\(days)") == 200)
            let second = try await state()
            #expect(second["libraries.0.portraits"] == "[1]")
            #expect(second["libraries.0.portraits.0.img_id"] == "new")
            #expect(second["expired_total"] == "1")
            #expect(second["deleted_total"] == "0")
            #expect(second["stored_total"] == "2")
        }
    }

    @Test func recordsAreServedAndStandInTheState() async throws {
        try await TemporaryFolder.with { path in
            var configuration = SimulatorConfiguration(data: path)
            configuration.controlPort = 0
            configuration.records = 3
            try await Simulator.run(configuration, logger: Logger(label: "test")) { running in
                let client = try WireClient(url: running.url)
                let control = try WireClient(url: try #require(running.controlURL))
                let state = try Answer(Self.unchunked(try await control.send("GET", "/simulator/state").body))
                for kind in RecordKind.allCases {
                    // There is no portrait to raise an alarm.
                    #expect(state["records.\(kind.rawValue)"] == (kind == .alarms ? "[0]" : "[3]"))
                    guard kind != .alarms else { continue }
                    let drawn = DrawnRecord(kind: kind, number: 2)
                    #expect(state["records.\(kind.rawValue).1.snap_id"] == drawn.snapID)
                    let picture = try await client.send("GET", "/ws/" + drawn.path)
                    #expect(picture.status == 200)
                    #expect(PictureDigest.sha256(picture.body) == state["records.\(kind.rawValue).1.sha256"])
                }
                for path in ["record", "record/17", "record/17/body", "record/../tls.key", "record/17/body/x/y.jpg"] {
                    #expect(try await client.send("GET", "/ws/" + path).status == 404)
                }
            }
        }
    }

    /// Where an archive is to be had, by quirk.
    @Test(arguments: [
        ([], "/ws/", 200), ([], "/", 404), (["download_root"], "/", 200), (["download_root"], "/ws/", 404),
        (["leading_slash"], "/ws", 200), (["export_absolute_url"], "", 200),
        (["export_absolute_url", "download_root"], "", 200), (["no_content_length"], "/ws/", 200),
    ])
    func anArchiveIsDownloaded(quirks: [String], prefix: String, status: Int) async throws {
        try await Self.with(quirks) { client, _, session async throws in
            _ = try await client.json(Self.newLibrary, session: session)
            _ = try await client.json(Self.portrait("A-1"), session: session)
            let reply = try await client.json(#"{"msg_id":"1038","lib_id":1}"#, session: session)
            var path = try #require(try Answer(reply.body)["data.export_url"])
            if quirks.contains("export_absolute_url") {
                #expect(path.hasPrefix("http://x/"))
                path = String(path.dropFirst("http://x".count))
            }
            let download = try await client.send("GET", prefix + path)
            #expect(download.status == status)
            guard status == 200 else { return }
            let isChunked = quirks.contains("no_content_length")
            #expect(download.head.contains("Content-Length") != isChunked)
            #expect(download.body.starts(with: isChunked ? [] : [0x50, 0x4B]))
        }
    }

    @Test func anArchiveMayBeGoneAfterItsFirstFetch() async throws {
        try await Self.with(["tmp_expire", "cut_download=2"]) { client, _, session async throws in
            _ = try await client.json(Self.newLibrary, session: session)
            _ = try await client.json(Self.portrait("A-1"), session: session)
            func export() async throws -> String {
                let reply = try await client.json(#"{"msg_id":"1038","lib_id":1}"#, session: session)
                return "/ws/" + (try #require(try Answer(reply.body)["data.export_url"]))
            }
            let first = try await export()
            let whole = try await client.send("GET", first)
            #expect(whole.body.starts(with: [0x50, 0x4B]))
            #expect(try await client.send("GET", first).status == 404)
            let second = try await export()
            let half = try await client.send("GET", second)
            #expect(half.status == 200)
            #expect(half.body.count == whole.body.count / 2)
            #expect(try await client.send("GET", second).body.count == whole.body.count)
        }
    }

    @Test func anArchiveMayBeGoneAfterAWhile() async throws {
        try await Bench.with("tmp_expire=5") { bench async throws in
            _ = try await bench.store("E-1")
            let path = try #require(try await bench.json(#"{"msg_id":"1038","lib_id":1}"#)["data.export_url"])
            let shelf = bench.appliance.archives
            #expect(!shelf.hasExpired(path, after: 5, now: bench.time.clock.now + 4.9))
            #expect(shelf.hasExpired(path, after: 5, now: bench.time.clock.now + 5))
        }
    }

    @Test func whatIsNotThereIsSaidByTheStatus() async throws {
        try await Self.with { client, control, _ async throws in
            #expect(try await client.send("GET", "/api/json").status == 405)
            #expect(try await client.send("GET", "/").status == 404)
            #expect(try await client.send("POST", "/form").status == 404)
            #expect(try await client.send("POST", "/ws/img/x.jpg").status == 405)
            for path in [
                "/ws/img/none.jpg", "/ws/device.sqlite", "/ws/img/../device.sqlite", "/ws/img/%2e%2e%2ftls.key", "/ws/",
            ] {
                #expect(try await client.send("GET", path).status == 404)
            }
            #expect(try await client.send("GET", "/simulator/state").status == 404)
            #expect(try await control.send("POST", "/api/json").status == 404)
            #expect(try await Answer(client.json("{").body).code == -3596)
            #expect(try await Answer(client.send("POST", "/api/form", body: [1]).body).code == -3596)
        }
    }

    @Test func largeBodiesAreAskedForAndTooLargeOnesRefused() async throws {
        try await Self.with("max_body=2000") { client, _, _ async throws in
            let asked = try await client.send(
                "POST",
                "/api/json",
                headers: ["Expect: 100-continue"],
                body: Array("{}".utf8)
            )
            #expect(asked.status == 100)
            #expect(asked.text.hasPrefix("HTTP/1.1 200"))
            #expect(try await client.send("POST", "/api/json", body: [UInt8](repeating: 32, count: 2001)).status == 413)
        }
        try await Self.with("max_body=2000,drop") { client, _, _ async throws in
            _ = await #expect(throws: WireClient.NoReply.self) {
                try await client.send("POST", "/api/json", body: [UInt8](repeating: 32, count: 2001))
            }
        }
    }

    @Test func faultsOfTheWire() async throws {
        try await Self.with("http_500=2") { client, _, session async throws in
            let failed = try await client.json(#"{"msg_id":"1028"}"#, session: session)
            #expect(failed.status == 500)
            #expect(failed.body.isEmpty)
            #expect(try await client.json(#"{"msg_id":"1028"}"#, session: session).status == 200)
        }
        try await Self.with("truncated=2", "bad_json=3") { client, _, session async throws in
            let cut = try await client.json(#"{"msg_id":"1028"}"#, session: session)
            #expect(cut.text == #"{"code":0,"dat"#)
            #expect(try await client.json(#"{"msg_id":"1028"}"#, session: session).text.hasSuffix(",}"))
        }
        try await Self.with("timeout_after_commit=1") { client, control, session async throws in
            _ = try await client.json(Self.newLibrary, session: session)
            await #expect(throws: WireClient.NoReply.self) {
                try await client.json(Self.portrait("E-1"), session: session)
            }
            let state = try Answer(Self.unchunked(try await control.send("GET", "/simulator/state").body))
            #expect(state["stored_total"] == "1")
        }
        try await Self.with("http_status_auth") { client, _, _ async throws in
            let refused = try await client.json(#"{"msg_id":"1028"}"#)
            #expect(refused.status == 401)
            #expect(try Answer(refused.body).code == -141)
        }
        try await Self.with("content_type=text/html", "form_alias", "serialise", "slow=1") {
            client,
            _,
            _ async throws in
            #expect(try await client.json(#"{"msg_id":"1322"}"#).head.contains("text/html"))
            #expect(try await client.send("POST", "/form").status == 200)
        }
    }

    @Test func downloadsHaveTheirQuirks() async throws {
        for (quirk, status, length) in [
            ("download_needs_session", 401, nil), ("cut_download=1", 200, 0.5), ("download_root", 404, nil),
            ("no_content_length", 200, nil),
        ] as [(String, Int, Double?)] {
            try await Self.with(quirk) { client, control, session async throws in
                _ = try await client.json(Self.newLibrary, session: session)
                _ = try await client.json(Self.portrait("E-1"), session: session)
                let state = try Answer(Self.unchunked(try await control.send("GET", "/simulator/state").body))
                let path = try #require(state["libraries.0.portraits.0.img_path"])
                let picture = try Pictures.jpeg()
                let reply = try await client.send("GET", "/ws/" + path)
                #expect(reply.status == status)
                if let length { #expect(reply.body.count == Int(Double(picture.count) * length)) }
                if quirk == "download_root" { #expect(try await client.send("GET", "/" + path).body == picture) }
                if quirk == "no_content_length" { #expect(!reply.head.lowercased().contains("content-length")) }
                let withSession = try await client.send("GET", "/ws/" + path, headers: ["sessionid: \(session)"])
                if quirk == "download_needs_session" { #expect(withSession.body == picture) }
            }
        }
    }

    @Test func theStoreAndThePinSurviveARestart() async throws {
        try await TemporaryFolder.with { path in
            var configuration = SimulatorConfiguration(data: path)
            configuration.usesTLS = true
            let quiet = Logger(label: "test")
            let first = try await Simulator.run(configuration, logger: quiet) { running in
                #expect(running.url.hasPrefix("https://127.0.0.1:"))
                return running.pin
            }
            let second = try await Simulator.run(configuration, logger: quiet) { $0.pin }
            #expect(first == second)
            #expect(first?.hasPrefix("sha256//") == true)
            let key = try FileManager.default.attributesOfItem(atPath: path.appending("tls.key").string)
            #expect(key[.posixPermissions] as? Int == 0o600)

            let folder = try DeviceFolder(path)
            let store = try DeviceStore(folder: folder, quirks: Quirks(), clock: .system)
            _ = try await store.createLibrary(name: "staff", type: .whitelist)
            try folder.write([1], to: folder.file("img/orphan.jpg"))
            let again = try DeviceStore(folder: folder, quirks: Quirks(), clock: .system)
            #expect(try await again.libraries().total == 1)
            #expect(try await again.serialID() == store.serialID())
            #expect(!FileManager.default.fileExists(atPath: folder.file("img/orphan.jpg").string))
        }
    }

    @Test func aTakenPortIsAnError() async throws {
        try await TemporaryFolder.with { path in
            let quiet = Logger(label: "test")
            try await Simulator.run(SimulatorConfiguration(data: path.appending("a")), logger: quiet) { running in
                var other = SimulatorConfiguration(data: path.appending("b"))
                other.port = try WireClient(url: running.url).port
                await #expect(throws: SimulatorError.self) { try await Simulator.run(other, logger: quiet) { _ in } }
            }
        }
    }

    /// The body behind HTTP's chunks.
    static func unchunked(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 13),
            let count = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16), count > 0
        {
            out += rest[(end + 2)..<(end + 2 + count)]
            rest = rest[(end + 4 + count)...]
        }
        return out
    }
}
