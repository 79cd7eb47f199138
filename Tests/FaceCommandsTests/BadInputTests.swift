// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import FaceDevice
import FaceModel
import Testing

@testable import FaceCommands

@Suite struct BadInputTests {
    /// A command line, the status it must end with, and words its sentence must hold.
    struct Case: Sendable, CustomTestStringConvertible {
        let line: String
        let status: Int32
        let words: String
        var testDescription: String { line }

        init(_ line: String, _ status: Int32, _ words: String) {
            self.line = line
            self.status = status
            self.words = words
        }
    }

    @Test(arguments: [
        Case("devise", 64, "devise"),
        Case("device", 64, "list, check, trust, call"),
        Case("library", 64, "list, create, rename, delete"),
        Case("device lisst", 64, "lisst"),
        Case("device list --no-such-flag", 64, "--no-such-flag"),
        Case("device list --config", 64, "--config"),
        Case("device list --quiet --verbose", 64, "exclude each other"),
        Case("device check", 64, "device"),
        Case("device check hq2", 64, "it has: far, gate, hq, plain"),
        Case("device check far", 5, "1 failure"),
        Case("device trust hq2", 64, "no device \"hq2\""),
        Case("device trust plain", 1, "http"),
        Case("device call hq", 64, "msg_id"),
        Case("device call hq twelve", 64, "twelve"),
        Case("device call hq 1281 [1]", 64, "JSON object"),
        Case("device call hq 1281 {", 64, "not JSON"),
        Case("device call hq 779x --yes-i-mean-779", 64, "779x"),
        Case("device call hq 769", 64, "files as a form"),
        Case("device call hq 1281 --yes-i-mean-", 64, "--yes-i-mean-"),
        Case("library list hq2", 64, "no device"),
        Case("library list far", 5, "does not answer"),
        Case("library create Staff --type whitelist", 64, "DEVICE:LIBRARY"),
        Case("library create hq: --type whitelist", 64, "DEVICE:LIBRARY"),
        Case("library create hq:Staff --type blacklist", 64, "whitelist"),
        Case("library create hq:Staff --type 2", 64, "key-personnel"),
        Case("import photos hq:Staff --create blacklist", 64, "key-personnel"),
        Case("library create hq:Staff", 64, "--type"),
        Case("library create hq2:Staff --type whitelist", 64, "no device \"hq2\""),
        Case("library create hq:Staff --type whitelist", 1, "already"),
        Case("library rename hq:Nobody New", 64, "no library \"Nobody\""),
        Case("library rename hq:Staff hq:New", 64, "without the device"),
        Case("library rename hq:Staff Guests", 1, "already"),
        Case("import photos hq:Staff --precheck", 64, "Missing value for '--precheck"),
        Case("import photos hq:Staff --precheck camera", 64, "Please provide one of 'device'"),
        Case("import photos hq:Staff --precheck Device", 64, "Please provide one of 'device'"),
        Case("check photos --encoding cp12511", 64, "near it are cp1251"),
        Case("import photos hq:Staff --encoding kyrillisch", 64, "\"kyrillisch\" is not known here"),
        Case("mirror undo 20261122-101502-3f --encoding gbk", 64, "--encoding"),
        Case("check photos --precheck device", 64, "Unknown option '--precheck'"),
        Case("job resume 20261122-101502-3f --precheck device", 64, "Unknown option '--precheck'"),
        Case("library delete hq:Nobody --yes", 64, "it has: Staff, Guests"),
        Case("library delete hq:Guests", 4, "--yes"),
        Case("records hq captres out", 64, "did you mean captures?"),
        Case("records nope captures out", 64, "nope"),
        Case("records hq captures out.zip", 64, "into a folder"),
        Case("records hq captures hq:Staff", 64, "into a folder"),
        Case("records hq captures out --from yesterday", 64, "--from takes a day"),
        Case("records hq captures out --from 2026-11-23 --to 2026-11-22", 64, "is later than"),
        Case("records hq captures out --channel 0", 64, "from 1 on"),
        Case("records hq captures out --alive maybe", 64, "not-alive"),
        Case("records hq bodies out --alive 1", 64, "Bodies cannot be chosen by aliveness."),
        Case("records hq captures out --library a --library b", 64, "more than one library"),
        Case("records hq alarms out --library Nobody", 64, "no library \"Nobody\""),
        Case("records hq profile out", 64, "--person IMG_ID"),
        Case("records hq strangers out --person x", 64, "Strangers cannot be chosen by person."),
        Case("explain quality.blured", 64, "quality.blurred"),
        Case("explain xyzzyxyzzy", 64, "lists them all"),
    ])
    func badInputEndsWithItsStatusAndASentence(input: Case) async throws {
        let harness = try CommandHarness()
        try harness.write(
            CommandHarness.table("hq") + CommandHarness.table("gate") + CommandHarness.table("far")
                + "[devices.plain]\nurl = \"http://10.0.0.9\"\nuser = \"admin\"\npassword_env = \"PW\"\n"
        )
        let device = harness.devices.add("hq")
        device.with { state in
            state.libraries = ["Staff", "Guests"].enumerated().map {
                DeviceLibrary(id: $0 + 1, name: $1, type: .whitelist, portraitCount: 0, updateTime: "")
            }
        }
        let result = await harness.run(input.line.split(separator: " ").map(String.init))
        #expect(result.status == input.status)
        #expect((result.errors + result.output).contains(input.words), "\(result.errors)")
        #expect(Set(device.calls).isDisjoint(with: ["create", "rename", "delete"]))
    }

    @Test func aMissingConfigurationSaysHowToWriteOne() async throws {
        let harness = try CommandHarness()
        let result = await harness.run("device", "list")
        #expect(result.status == 1)
        #expect(result.errors.contains("\(harness.folder)/config.toml"))
        #expect(result.errors.contains("[devices.hq]\nurl = \"https://10.5.2.81\"\nuser = \"admin\"\npassword_file ="))
    }

    @Test func withJSONAFatalErrorIsOneObjectOnStandardError() async throws {
        let harness = try CommandHarness()
        try harness.configure("hq")
        let device = await harness.run("library", "list", "hq", "--json")
        #expect(
            device.errors == #"{"type":"error","status":5,"message":"hq does not answer at https://10.0.0.1."}"# + "\n"
        )
        #expect(device.output.isEmpty)
        let usage = await harness.run("library", "list", "hq", "--nope", "--json")
        #expect(usage.status == 64)
        #expect(usage.errors.hasPrefix(#"{"type":"error","status":64,"message":"Unknown option '--nope'"#))
        #expect(usage.errors.split(separator: "\n").count == 1)
    }

    @Test func aReaderThatGoesAwayIsNoError() async throws {
        let harness = try CommandHarness(isClosed: true)
        let result = await harness.run("explain")
        #expect(result.status == 0)
        #expect(result.errors.isEmpty)
    }

    @Test func aCancelledCommandEndsWith130() async throws {
        let harness = try CommandHarness()
        try harness.configure("hq")
        let device = harness.devices.add("hq")
        device.with { $0.failures["libraries"] = DeviceError(.unreachable, "the connection was closed") }
        let status = await withTaskGroup(of: Int32.self) { group in
            group.cancelAll()
            group.addTask { await harness.run("library", "list", "hq").status }
            return await group.next()
        }
        #expect(status == 130)
    }

    @Test(arguments: [
        ["--help"], ["device", "--help"], ["device", "check", "--help"], ["help", "library", "create"], [],
    ])
    func helpGoesToStandardOutput(arguments: [String]) async throws {
        let result = await (try CommandHarness()).run(arguments)
        #expect(result.status == 0)
        #expect(result.output.contains("USAGE: facelib"))
        #expect(result.errors.isEmpty)
    }

    @Test func theVersionIsPrinted() async throws {
        let result = await (try CommandHarness()).run("--version")
        #expect(result.output.wholeMatch(of: /facelib \d+\.\d+\.\d+\n/) != nil)
    }

    /// The words of every command that does something.
    private static func commands(below command: any ParsableCommand.Type = Facelib.self) -> [[String]] {
        command.configuration.subcommands.flatMap { verb in
            (verb.configuration.subcommands.isEmpty ? [[]] : commands(below: verb)).map { [verb._commandName] + $0 }
        }
    }

    @Test(arguments: commands())
    func theHelpOfEveryCommandHasItsExitStatuses(words: [String]) async throws {
        let result = await (try CommandHarness()).run(words + ["--help"])
        #expect(result.output.contains("EXIT STATUS:\n    0  all of it went through"))
        #expect(result.output.contains("   64  wrong usage"))
        #expect(result.output.contains("--show-personal-data"))
    }
}
