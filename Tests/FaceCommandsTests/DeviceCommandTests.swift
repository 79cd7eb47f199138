// SPDX-License-Identifier: Apache-2.0
import FaceCommands
import FaceModel
import Synchronization
import Testing

@testable import FaceDevice

@Suite struct DeviceCommandTests {
    private static let pin = "sha256//" + String(repeating: "C", count: 43) + "="
    private static let other = "sha256//" + String(repeating: "D", count: 43) + "="
    private static let facts = DeviceCertificate(
        pin: pin,
        subject: "CN=box",
        issuer: "CN=box",
        validFrom: "2020",
        validUntil: "2040"
    )

    @Test func devicesAreListedWithoutAskingThem() async throws {
        let harness = try CommandHarness()
        try harness.configure("gate", "headquarters")
        let result = await harness.run("device", "list")
        #expect(result.output == "gate          https://10.0.0.1  system\nheadquarters  https://10.0.0.1  system\n")
        let objects = try await harness.run("device", "list", "--json").objects
        #expect(objects.map { $0["device"] as? String } == ["gate", "headquarters"])
        #expect(objects[0]["type"] as? String == "device")
        #expect(harness.devices.opened.isEmpty)
    }

    @Test func aHealthyDeviceChecksAsOK() async throws {
        let harness = try CommandHarness()
        try harness.configure("hq")
        harness.devices.add("hq").with {
            $0.libraries = [DeviceLibrary(id: 1, name: "S", type: .whitelist, portraitCount: 12, updateTime: "")]
        }
        let result = await harness.run("device", "check", "hq", "--json")
        #expect(result.status == 0)
        let objects = try result.objects
        #expect(objects.dropLast().allSatisfy { $0["result"] as? String == "ok" }, "\(result.output)")
        #expect(objects.last?["fail"] as? Int == 0)
        let text = await harness.run("device", "check", "hq").output
        #expect(text.contains("hq  ok    identity     AIE V2.4.0, serial number STSN1\n"))
        #expect(text.contains("hq  ok    libraries    1 library, 12 portraits\n"))
        #expect(text.hasSuffix("1 device checked: 0 warnings, 0 failures\n"))
    }

    @Test func whatEndangersAJobIsAWarning() async throws {
        let harness = try CommandHarness()
        try harness.configure("hq")
        harness.devices.add("hq").with {
            $0.clock = DeviceClock(time: "2026-11-22 18:11:50", zone: "GMT+08:00")
            $0.storage = DeviceStorage(used: 1990, capacity: 2048, strategy: 2)
            $0.kept = KeptData(portraitImages: false, captures: "00")
            $0.retention = 30
            $0.failures["protocol"] = DeviceError(.refused, "hq does not know the message 1306.", deviceCode: -3599)
        }
        let result = await harness.run("device", "check", "all", "--json")
        #expect(result.status == 0)
        let warnings = try result.objects.filter { $0["result"] as? String == "warn" }
        let details = Dictionary(
            uniqueKeysWithValues: warnings.map { ($0["check"] as? String ?? "", $0["detail"] as? String ?? "") }
        )
        #expect(Set(details.keys) == ["encryption", "clock", "storage", "images", "retention"])
        #expect(details["clock"]?.hasPrefix("3 min 12 s behind this machine") == true)
        #expect(details["storage"]?.contains("(97%): nearly full") == true)
        #expect(details["retention"]?.contains("30 days") == true)
        #expect(details["encryption"]?.contains("1306") == true)
    }

    @Test(arguments: [
        (DeviceError(.loginRefused, "wrong"), Int32(6), "login"),
        (DeviceError(.certificateRefused, "c"), 6, "certificate"),
        (DeviceError(.unreachable, "u"), 5, "reachable"), (DeviceError(.malformedReply, "m"), 1, "identity"),
    ])
    func aDeviceThatCannotBeUsedFails(error: DeviceError, status: Int32, subject: String) async throws {
        let harness = try CommandHarness()
        try harness.configure("a", "hq", "z")
        harness.devices.add("a")
        harness.devices.add("z")
        harness.devices.add("hq").with { $0.failures["identity"] = error }
        let result = await harness.run("device", "check", "z", "hq", "a", "--json")
        #expect(result.status == status)
        let objects = try result.objects
        let failures = objects.filter { $0["result"] as? String == "fail" }
        #expect(failures.count == 1)
        #expect(failures.first?["device"] as? String == "hq")
        #expect(failures.first?["check"] as? String == subject)
        var order = objects.compactMap { $0["device"] as? String }
        order = order.enumerated().filter { $0 == 0 || order[$0 - 1] != $1 }.map(\.element)
        #expect(order == ["z", "hq", "a"])
    }

    @Test func fortyDevicesAreCheckedInTheirOrder() async throws {
        let harness = try CommandHarness()
        let names = (10..<50).map { "d\($0)" }
        try harness.write(names.map { CommandHarness.table($0) }.joined())
        for name in names where name != "d23" { harness.devices.add(name) }
        let result = await harness.run("device", "check", "all", "--json")
        #expect(result.status == 5)
        let objects = try result.objects
        #expect(
            objects.filter { $0["check"] as? String == "reachable" }.compactMap { $0["device"] as? String } == names
        )
    }

    @Test func aPasswordThatIsNotThereFailsItsDeviceOnly() async throws {
        let harness = try CommandHarness()
        try harness.write(CommandHarness.table("a") + CommandHarness.table("b").replacing("PW", with: "UNSET"))
        harness.devices.add("a")
        let result = await harness.run("device", "check", "all")
        #expect(result.status == 1)
        #expect(result.output.contains("a  ok    login"))
        #expect(
            result.output.contains(
                "b  fail  settings     The password of b is expected in the environment variable UNSET"
            )
        )
    }

    @Test func trustingWritesThePinAndNothingElse() async throws {
        let harness = try CommandHarness(typed: ["y"])
        let before = "# ours\n" + CommandHarness.table("hq", "\n") + CommandHarness.table("z")
        try harness.write(before, mode: 0o640)
        harness.devices.state.withLock { $0.certificates["https://10.0.0.1"] = Self.facts }
        let result = await harness.run("device", "trust", "hq")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("CN=box"))
        #expect(result.output.contains(Self.pin))
        let line = "password_env = \"PW\"\n"
        let expected = before.replacing(line, with: line + "pin = \"\(Self.pin)\"\n", maxReplacements: 1)
        #expect(try harness.text() == expected)
        #expect(try harness.mode(of: "config.toml") == 0o640)
        let again = await harness.run("device", "trust", "hq", "--json")
        #expect(again.status == 0)
        #expect(try again.objects.first?["written"] as? Bool == false)
    }

    @Test(arguments: [nil, ["n"], [""], []] as [[String]?])
    func withoutAYesNothingIsWritten(typed: [String]?) async throws {
        let harness = try CommandHarness(typed: typed)
        try harness.configure("hq")
        harness.devices.state.withLock { $0.certificates["https://10.0.0.1"] = Self.facts }
        let before = try harness.text()
        let result = await harness.run("device", "trust", "hq")
        #expect(result.status == 4)
        #expect(result.errors.contains(typed == nil ? "--yes" : "Nothing was changed"))
        #expect(result.errors.contains(Self.pin))
        #expect(try harness.text() == before)
    }

    @Test func anotherPinIsReplacedOnlyWhenToldSo() async throws {
        let harness = try CommandHarness()
        try harness.write(CommandHarness.table("hq", "pin = \"\(Self.other)\"  # gate 4\n"))
        harness.devices.state.withLock { $0.certificates["https://10.0.0.1"] = Self.facts }
        let refused = await harness.run("device", "trust", "hq", "--yes")
        #expect(refused.status == 4)
        #expect(refused.errors.contains("DOES NOT SHOW THE CERTIFICATE THAT IS PINNED"))
        #expect(refused.errors.contains("--replace"))
        #expect(try harness.text().contains(Self.other))
        #expect(await harness.run("device", "trust", "hq", "--yes", "--replace").status == 0)
        #expect(try harness.text().hasSuffix("pin = \"\(Self.pin)\"  # gate 4\n"))
    }

    @Test func aFileThatCannotBeEditedSaysWhichLineToAdd() async throws {
        let harness = try CommandHarness()
        let text = #"devices = { hq = { url = "https://10.0.0.1", user = "u", password_env = "PW" } }"#
        try harness.write(text)
        harness.devices.state.withLock { $0.certificates["https://10.0.0.1"] = Self.facts }
        let result = await harness.run("device", "trust", "hq", "--yes")
        #expect(result.status == 1)
        #expect(result.errors.contains("pin = \"\(Self.pin)\""))
        #expect(try harness.text() == text)
    }

    @Test func aMessageThatReadsIsSentAndItsSecretsCovered() async throws {
        let harness = try CommandHarness()
        try harness.configure("hq")
        let device = harness.devices.add("hq")
        device.with { $0.replies["1286"] = #"{"code": 0, "data": {"key": "04af", "n": 1.50}, "msg": ""}"# }
        let result = await harness.run("device", "call", "hq", "1286", #"{"a": 1}"#, "--json")
        #expect(result.status == 0)
        #expect(
            result.output
                == #"{"type":"reply","device":"hq","message":1286,"reply":{"code":0,"data":{"key":"••••","n":1.50},"msg":""}}"#
                + "\n"
        )
        #expect(device.calls == [#"1286 {"a": 1}"#])
        #expect(
            await harness.run("device", "call", "hq", "1286", "--show-personal-data").output.contains(
                "\"key\": \"04af\""
            )
        )
    }

    @Test func aReplyThatIsNoJSONIsNotShown() async throws {
        let harness = try CommandHarness()
        try harness.configure("hq")
        harness.devices.add("hq").with { $0.replies["1281"] = "{\"session_id\": \"77\"," }
        let result = await harness.run("device", "call", "hq", "1281")
        #expect(result.status == 1)
        #expect(!(result.output + result.errors).contains("77"))
    }

    @Test func aCodeOtherThanZeroIsAnError() async throws {
        let harness = try CommandHarness()
        try harness.configure("hq")
        harness.devices.add("hq").with { $0.replies["1903"] = #"{"msg_id": "1903", "result": 0}"# }
        let result = await harness.run("device", "call", "hq", "1281")
        #expect(result.status == 1)
        #expect(result.errors.contains("-3599"))
        #expect(await harness.run("device", "call", "hq", "1903").status == 0)
    }

    @Test(arguments: [
        1045, 1317, 1901, 1902, 1305, 1292, 1294, 1295, 1296, 1302, 1303, 1337, 513, 514, 515, 1026, 1044, 1031, 1072,
        2129, 1025, 1027, 1033, 1038, 1051, 1052, 257, 258, 1322, 269, 1282, 1287, 1298, 1300, 1315, 1316, 1539, 4711,
    ])
    func aMessageThatDoesMoreNeedsItsNumberTwice(message: Int) async throws {
        let harness = try CommandHarness()
        try harness.configure("hq")
        let device = harness.devices.add("hq")
        let isForm = [1292, 1302].contains(message)
        let guarded = await harness.run("device", "call", "hq", "\(message)")
        #expect(guarded.status == (isForm ? 64 : 4))
        #expect(isForm || guarded.errors.contains("--yes-i-mean-\(message)"))
        let wrong = await harness.run("device", "call", "hq", "\(message)", "--yes-i-mean-\(message + 1)")
        #expect(wrong.status == 64)
        #expect(device.calls.isEmpty)
        guard !isForm else { return }
        _ = await harness.run("device", "call", "--yes-i-mean-\(message)", "hq", "\(message)", "{}")
        #expect(device.calls == ["\(message) {}"])
    }
}
