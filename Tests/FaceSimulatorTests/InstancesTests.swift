// SPDX-License-Identifier: Apache-2.0
import Foundation
import Logging
import SystemPackage
import Testing

@testable import FaceSimulator

/// Several devices in one process.
@Suite(.timeLimit(.minutes(20))) struct InstancesTests {
    private static let quiet = Logger(label: "test")

    /// A device's answer to a message, after a login.
    private static func ask(_ simulator: RunningSimulator, _ message: String) async throws -> Answer {
        let client = try WireClient(url: simulator.url)
        let login = #"{"msg_id":"257","user_name":"admin","user_pwd":"Facelib-2026"}"#
        let session = try Answer(try await client.json(login).body)["data"]
        return try Answer(try await client.json(message, session: try #require(session)).body)
    }

    @Test func devicesInOneProcessHaveNothingInCommon() async throws {
        try await TemporaryFolder.with { path in
            var configuration = SimulatorConfiguration(data: path)
            configuration.controlPort = 0
            let quirks = try Quirks.ofInstances(2, parsing: ["2:list_as_record"])
            let configurations = quirks.enumerated().map { index, quirks in
                var instance = configuration.instance(index + 1)
                instance.quirks = quirks
                return instance
            }
            try await Simulator.run(configurations, logger: Self.quiet) { simulators in
                let first = try #require(simulators.first)
                let second = try #require(simulators.last)
                #expect(simulators.count == 2)
                #expect(Set(simulators.flatMap { [$0.url, $0.controlURL] }).count == 4)

                let serials = try await simulators.asyncMap {
                    try await Self.ask($0, #"{"msg_id":"1281"}"#)["data.serial_id"]
                }
                #expect(Set(serials).count == 2)
                #expect(!serials.contains(nil))

                _ = try await Self.ask(first, #"{"msg_id":"1025","lib_name":"staff","lib_type":2}"#)
                #expect(try await Self.ask(first, #"{"msg_id":"1028"}"#)["data"] == "[1]")
                #expect(try await Self.ask(second, #"{"msg_id":"1028"}"#)["data.record"] == "[0]")

                let clock = #"{"msg_id":"1283"}"#
                let control = try WireClient(url: try #require(first.controlURL))
                let before = try await Self.ask(second, clock)["data.sys_time"]
                #expect(try await control.send("POST", "/simulator/advance-clock?seconds=100000000").status == 200)
                let moved = DeviceClock.text(Date().timeIntervalSince1970 + 90_000_000)
                #expect(try #require(try await Self.ask(first, clock)["data.sys_time"]) > moved)
                #expect(try #require(try await Self.ask(second, clock)["data.sys_time"]) < moved)
                #expect(try #require(before) < moved)
            }
            for number in ["1", "2"] {
                let database = path.appending(number).appending("device.sqlite").string
                #expect(FileManager.default.fileExists(atPath: database))
            }
            #expect(!FileManager.default.fileExists(atPath: path.appending("device.sqlite").string))
        }
    }

    @Test(arguments: [
        (8000, 9000, 1, 8000, 9000), (8000, 9000, 3, 8002, 9002), (0, 0, 3, 0, 0), (8000, nil, 2, 8001, nil),
    ])
    func portsFollowThoseOfTheFirst(port: Int, control: Int?, number: Int, its: Int, itsControl: Int?) {
        var configuration = SimulatorConfiguration(data: "devices")
        configuration.port = port
        configuration.controlPort = control
        let instance = configuration.instance(number)
        #expect(instance.port == its)
        #expect(instance.controlPort == itsControl)
        #expect(instance.data.string == "devices/\(number)")
    }

    @Test func ofSeveralAllRunOrNone() async throws {
        try await TemporaryFolder.with { path in
            let configuration = SimulatorConfiguration(data: path)
            try await Simulator.run(configuration.instance(9), logger: Self.quiet) { running in
                var taken = configuration.instance(2)
                taken.port = try WireClient(url: running.url).port
                let configurations = [configuration.instance(1), taken, configuration.instance(3)]
                let error = await #expect(throws: SimulatorError.self) {
                    try await Simulator.run(configurations, logger: Self.quiet) { _ in
                        Issue.record("a device is missing")
                    }
                }
                #expect(error?.description.contains(":\(taken.port)") == true)
            }
            let urls = try await Simulator.run((1...3).map(configuration.instance), logger: Self.quiet) { simulators in
                simulators.map(\.url)
            }
            #expect(Set(urls).count == 3)
        }
    }

    @Test func whatTheBodyThrowsComesOut() async throws {
        struct Stop: Error {}
        try await TemporaryFolder.with { path in
            let configurations = (1...2).map(SimulatorConfiguration(data: path).instance)
            await #expect(throws: Stop.self) {
                try await Simulator.run(configurations, logger: Self.quiet) { _ in throw Stop() }
            }
        }
    }

    @Test(arguments: [
        (["mask_off"], ["mask_off", "mask_off"]), (["2:mask_off"], ["", "mask_off"]),
        (["1:batch_max=7", "2:slow=3"], ["batch_max=7", "slow=3"]),
        (["batch_max=7", "2:batch_max=3"], ["batch_max=7", "batch_max=3"]),
        (["2:batch_max=3", "batch_max=7"], ["batch_max=7", "batch_max=7"]),
        (["1:content_type=text/html"], ["content_type=text/html", ""]),
    ])
    func aQuirkIsForOneDeviceOrForAll(texts: [String], ofEach: [String]) throws {
        let shown = try Quirks.ofInstances(2, parsing: texts).map { quirks in
            let on = Quirk.allCases.filter { quirks[$0] }
            return on.map { quirk in
                let value = quirks.number(quirk).map { String($0) } ?? quirks.word(quirk)
                return quirk.rawValue + (value.map { "=" + $0 } ?? "")
            }.joined(separator: " ")
        }
        #expect(shown == ofEach)
    }

    @Test(arguments: [
        ("3:mask_off", #"quirk "3:mask_off": before the colon stands the number of an instance, 1 to 2"#),
        ("0:slow=1", #"quirk "0:slow=1": before the colon stands the number of an instance, 1 to 2"#),
        ("x:slow=1", #"quirk "x:slow=1": before the colon stands the number of an instance, 1 to 2"#),
        (":slow=1", #"quirk ":slow=1": before the colon stands the number of an instance, 1 to 2"#),
        ("2:nope", #"unknown quirk "nope"; --list-quirks prints all of them"#),
        ("slow=1:2", #"quirk slow: write slow=N with N from 0 to 600000, not "slow=1:2""#),
    ])
    func aQuirkForNoDeviceIsOneClearSentence(text: String, sentence: String) {
        let error = #expect(throws: QuirkError.self) { try Quirks.ofInstances(2, parsing: [text]) }
        #expect(error?.description == sentence)
    }
}
