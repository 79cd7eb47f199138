// SPDX-License-Identifier: Apache-2.0
import Logging
import Testing

@testable import FaceSimulator

@Suite struct CameraTests {
    private func with(_ quirks: String..., perform body: (Bench) async throws -> Void) async throws {
        try await Bench.with(quirks, cameras: 5) { bench async throws in
            _ = try await bench.json(#"{"msg_id":"1025","lib_name":"guests","lib_type":1}"#)
            try await body(bench)
        }
    }

    private func bindings(_ bench: Bench) async throws -> [String?] {
        let listed = try await bench.json(#"{"msg_id":"516"}"#)
        return (0..<5).map { listed["data.camera.\($0).lib_ids"] }
    }

    @Test func camerasOfEveryKindAreListedWithTheirFields() async throws {
        try await with { bench async throws in
            let listed = try await bench.json(#"{"msg_id":"516"}"#)
            #expect((0..<5).map { listed["data.camera.\($0).channel"] } == ["1", "2", "3", "4", "5"])
            #expect(
                (0..<5).map { listed["data.camera.\($0).protocol"] } == ["rtsp", "vcn", nil, "onvif", "gb28181"]
            )
            #expect(listed["data.camera.2.camera_mode"] == "IMAGE")
            #expect(listed["data.camera.2.vehicle_lib_ids"] == nil)
            #expect(listed["data.camera.1.trd_login_pwd"] == "platform-secret-2")
            #expect(listed["data.camera.3.camera_pwd"] == "camera-secret-4")
            #expect(listed["data.camera.0.camera_pwd"] == nil)
            #expect(listed["data.used_computing_power"] == "9")
        }
    }

    @Test func theSetIsReplacedAndNothingElseChanges() async throws {
        try await with { bench async throws in
            let before = try await bench.json(#"{"msg_id":"516"}"#).raw
            for (ids, kept) in [("1,2", "1,2"), ("2", "2"), ("2, 1,2", "2,1"), ("", "")] {
                let answer = try await bench.json(#"{"msg_id":"515","channel":2,"lib_ids":"\#(ids)"}"#)
                #expect(answer.raw == #"{"code":0,"data":{"channel":2},"msg":""}"#)
                #expect(try await bindings(bench) == ["", kept, "", "", ""])
            }
            #expect(try await bench.json(#"{"msg_id":"516"}"#).raw == before)
        }
    }

    @Test func otherFieldsAreStoredWhereTheKindHasThem() async throws {
        try await with { bench async throws in
            let change = """
                {"msg_id":"515","channel":3,"lib_ids":"1","threshold":90,"camera_pwd":"new","vendor":"acme",\
                "camera_mode":"VIDEO","url":"x"}
                """
            #expect(try await bench.json(change).code == 0)
            let listed = try await bench.json(#"{"msg_id":"516"}"#)
            #expect(listed["data.camera.2.threshold"] == "90")
            #expect(listed["data.camera.2.camera_pwd"] == "new")
            #expect(listed["data.camera.2.vendor"] == "dahua")
            #expect(listed["data.camera.2.camera_mode"] == "IMAGE")
            #expect(listed["data.camera.2.url"] == nil)
            // What is left out keeps its value.
            #expect(try await bench.json(#"{"msg_id":"515","channel":3,"threshold":80}"#).code == 0)
            #expect(try await bindings(bench) == ["", "", "1", "", ""])
        }
    }

    @Test(arguments: [
        (#""channel":6,"lib_ids":"1""#, -109), (#""lib_ids":"1""#, -3596), (#""channel":33,"lib_ids":"1""#, -3596),
        (#""channel":0"#, -3596), (#""channel":1,"lib_ids":"9""#, -117), (#""channel":1,"lib_ids":"1,9""#, -117),
        (#""channel":1,"lib_ids":"1,""#, -3596), (#""channel":1,"lib_ids":"x""#, -3596),
        (#""channel":1,"lib_ids":[1]"#, -3596), (#""channel":1,"threshold":101"#, -3596),
    ])
    func whatDoesNotFitIsRefusedWhole(fields: String, code: Int) async throws {
        try await with { bench async throws in
            #expect(try await bench.json(#"{"msg_id":"515",\#(fields)}"#).code == code)
            #expect(try await bindings(bench) == ["", "", "", "", ""])
        }
    }

    @Test(arguments: [
        ("lib_ids_empty_keeps", #""channel":1,"lib_ids":"""#, 0, "1"),
        ("lib_ids_unknown_ok", #""channel":1,"lib_ids":"9""#, 0, "9"),
        ("trd_required", #""channel":1,"lib_ids":"2""#, 0, "2"),
        ("channels_max=8", #""channel":9,"lib_ids":"2""#, -3596, "1"),
    ])
    func quirks(quirk: String, fields: String, code: Int, bound: String) async throws {
        try await with(quirk) { bench async throws in
            #expect(try await bench.json(#"{"msg_id":"515","channel":1,"lib_ids":"1"}"#).code == 0)
            #expect(try await bench.json(#"{"msg_id":"515",\#(fields)}"#).code == code)
            #expect(try await bindings(bench)[0] == bound)
        }
    }

    @Test func aPlatformMayHaveToBeTold() async throws {
        try await with("trd_required", "mask_camera_pwd") { bench async throws in
            #expect(try await bench.json(#"{"msg_id":"515","channel":2,"lib_ids":"1"}"#).code == -3596)
            let told = CameraField.platform.map { #""\#($0)":"x""# }.joined(separator: ",")
            #expect(try await bench.json(#"{"msg_id":"515","channel":2,"lib_ids":"1",\#(told)}"#).code == 0)
            let listed = try await bench.json(#"{"msg_id":"516"}"#)
            #expect(listed["data.camera.1.lib_ids"] == "1")
            #expect(listed["data.camera.3.camera_pwd"] == "******")
        }
    }

    @Test func aLibraryCannotGoBeforeItsLastCameraIsUnbound() async throws {
        try await with { bench async throws in
            for channel in [1, 3] {
                _ = try await bench.json(#"{"msg_id":"515","channel":\#(channel),"lib_ids":"1,2"}"#)
            }
            #expect(try await bench.json(#"{"msg_id":"1026","lib_id":2}"#).code == -123)
            _ = try await bench.json(#"{"msg_id":"515","channel":1,"lib_ids":"1"}"#)
            #expect(try await bench.json(#"{"msg_id":"1026","lib_id":2}"#).code == -123)
            _ = try await bench.json(#"{"msg_id":"515","channel":3,"lib_ids":""}"#)
            #expect(try await bench.json(#"{"msg_id":"1026","lib_id":2}"#).code == 0)
        }
    }

    @Test func bindingsSurviveARestartAndStandInTheState() async throws {
        try await TemporaryFolder.with { path in
            var configuration = SimulatorConfiguration(data: path)
            configuration.controlPort = 0
            configuration.cameras = 2
            configuration.quirks = try Quirks(parsing: ["camera_binds=1"])
            for run in 1...2 {
                try await Simulator.run(configuration, logger: Logger(label: "test")) { running in
                    let client = try WireClient(url: running.url)
                    let control = try WireClient(url: try #require(running.controlURL))
                    let login = try await client.json(
                        #"{"msg_id":"257","user_name":"admin","user_pwd":"Facelib-2026"}"#
                    )
                    let session = try #require(try Answer(login.body)["data"])
                    func bindings() async throws -> [String?] {
                        let chunked = try await control.send("GET", "/simulator/state").body
                        let state = try Answer(WireTests.unchunked(chunked))
                        return (0..<2).map { state["cameras.\($0).lib_ids"] }
                    }
                    // The quirk counts when the camera is made, not again at a later start.
                    #expect(try await bindings() == (run == 1 ? ["1", ""] : ["", "1"]))
                    guard run == 1 else { return }
                    _ = try await client.json(
                        #"{"msg_id":"1025","lib_name":"staff","lib_type":2}"#,
                        session: session
                    )
                    for (channel, ids) in [(1, ""), (2, "1")] {
                        let change = #"{"msg_id":"515","channel":\#(channel),"lib_ids":"\#(ids)"}"#
                        #expect(try Answer(try await client.json(change, session: session).body).code == 0)
                    }
                    #expect(try await bindings() == ["", "1"])
                }
            }
        }
    }

    @Test(arguments: [([], "1"), (["reset_to_default"], "0")])
    func theCipherIsKeptUnlessItIsReset(quirks: [String], flag: String) async throws {
        try await Bench.with(quirks) { bench async throws in
            #expect(try await bench.json(#"{"msg_id":"1362","aes_crypto_flag":1}"#).code == 0)
            #expect(try await bench.json(#"{"msg_id":"1362"}"#).code == 0)
            #expect(try await bench.json(#"{"msg_id":"1363"}"#)["data.aes_crypto_flag"] == flag)
        }
    }
}
