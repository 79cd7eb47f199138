// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import Foundation
import Synchronization
import Testing

@Suite struct MirrorCommandTests {
    private let harness: CommandHarness
    private let device: FakeDevice

    init() throws {
        harness = try CommandHarness()
        try harness.configure("hq", "b1")
        device = harness.devices.add("hq")
        let other = harness.devices.add("b1")
        for device in [device, other] {
            device.with {
                $0.libraries = [
                    DeviceLibrary(id: 1, name: "Staff", type: .whitelist, portraitCount: 0, updateTime: "")
                ]
                $0.portraits = [1: []]
            }
        }
        try photo("E-1", "a")
    }

    /// Writes something that passes for a photo where nobody decodes it.
    private func photo(_ id: String, _ folder: String, content: String = "1", name: String = "Ann") throws {
        let path = "\(harness.folder)/\(folder)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let bytes = Data([0xFF, 0xD8, 0xFF, 0xE0, 0, 16]) + Data(content.utf8)
        try bytes.write(to: URL(fileURLWithPath: "\(path)/\(name)_\(id)_4711_0_31_Oslo.jpg"))
    }

    /// Runs a command line in which `DIR` is the test's folder.
    private func run(_ line: String) async -> CommandHarness.Result {
        await harness.run(
            line.split(separator: " ").map { word in
                word.hasPrefix("DIR") ? harness.folder + word.dropFirst(3) : String(word)
            }
        )
    }

    // MARK: Compare

    @Test func equalLibrariesEndWith0() async throws {
        try photo("E-1", "b")
        let result = await run("compare DIR/a DIR/b")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.hasPrefix("= E-1  Ann\n1 portrait: 1 = the same in "))
        let quiet = await run("compare DIR/a DIR/b --quiet")
        #expect(quiet.output.hasPrefix("1 portrait"))
    }

    @Test(arguments: ["only in one", "only in the other", "another picture", "another name"])
    func aDifferenceEndsWith7(difference: String) async throws {
        switch difference {
        case "only in one":
            try photo("E-1", "b")
            try photo("E-2", "a")
        case "only in the other":
            try photo("E-1", "b")
            try photo("E-2", "b")
        case "another picture": try photo("E-1", "b", content: "2")
        default: try photo("E-1", "b", name: "Anna")
        }
        // What could not be read does not hide a difference.
        try photo("E 9", "b")
        #expect(await run("compare DIR/a DIR/b").status == 7)
    }

    @Test func whatCouldNotBeReadEndsWith1() async throws {
        try photo("E-1", "b")
        try photo("E 9", "b")
        let result = await run("compare DIR/a DIR/b --json")
        #expect(result.status == 1)
        let objects = try result.objects
        #expect(objects.compactMap { $0["outcome"] as? String } == ["=", "!"])
        #expect(objects[1]["reason"] as? String == Reason.imgIDCharacters.rawValue)
        #expect(objects[2]["type"] as? String == "summary")
        #expect(objects[2]["total"] as? Int == 2)
    }

    @Test func aListingThatCannotBeTrustedEndsWith1() async throws {
        device.with { $0.portraits[1] = [listed("E-1"), listed("E-1")] }
        try FileManager.default.createDirectory(atPath: "\(harness.folder)/none", withIntermediateDirectories: true)
        let result = await run("compare hq:Staff hq:Staff")
        #expect(result.status == 1)
        #expect(result.errors.contains("there may be portraits that were not compared"))
    }

    @Test func allLibrariesOfTwoDevicesAreComparedByName() async throws {
        device.with { state in
            state.libraries.append(
                DeviceLibrary(id: 2, name: "Guests", type: .whitelist, portraitCount: 1, updateTime: "")
            )
            state.portraits[2] = [listed("G-1")]
        }
        let result = await run("compare hq: b1: --json")
        #expect(result.status == 7)
        #expect(try result.objects.first?["outcome"] as? String == "+")
        #expect(try result.objects.first?["source"] as? String == "hq:Guests/G-1")
    }

    private func listed(_ id: String) -> ListedPortrait {
        ListedPortrait(
            id: PortraitID(asListed: id),
            imagePath: "",
            createTime: "t",
            name: "Ann",
            identity: "",
            gender: "",
            age: "",
            address: ""
        )
    }

    @Test func aReportOfAComparisonIsWritten() async throws {
        try photo("E-2", "b")
        let result = await run("compare DIR/a DIR/b --report DIR/out")
        #expect(result.status == 7)
        #expect(try harness.text(of: "out/results.csv").contains(",E-1,Ann,+,"))
        #expect(try harness.text(of: "out/results.csv").contains(",E-2,Ann,-,"))
        #expect(try harness.text(of: "out/summary.json").contains("\"+\":1"))
    }

    // MARK: Arguments

    /// A command line, the status it must end with, and words its sentence must hold.
    struct Case: Sendable, CustomTestStringConvertible {
        let line: String
        let status: Int32
        let words: String
        var testDescription: String { line }

        init(_ line: String, _ status: Int32, _ words: String) {
            (self.line, self.status, self.words) = (line, status, words)
        }
    }

    @Test(arguments: [
        Case("mirror", 64, "at least one target"), Case("mirror DIR/a", 64, "at least one target"),
        Case("mirror DIR/a hq:Staff --max-delete 5", 64, "only makes sense with --remove"),
        Case("mirror DIR/a hq:Staff --remove --max-delete many", 64, "not \"many\""),
        Case("mirror DIR/a hq:Staff --remove --max-delete 101%", 64, "not \"101%\""),
        Case("mirror DIR/a hq:Staff --reread 8/7", 64, "--reread takes a share"),
        Case("mirror DIR/a DIR/b", 64, "is a path"), Case("mirror hq:Staff DIR/b", 64, "is a path"),
        Case("mirror DIR/a hq:", 64, "names no library"),
        Case("mirror hq: b1:Staff", 64, "write the target as b1: too"),
        Case("mirror hq2:Staff hq:Staff", 64, "no device \"hq2\""),
        Case("mirror DIR/a hq2:Staff", 64, "no device \"hq2\""),
        Case("mirror hq:Nobody b1:Staff", 64, "it has \"Staff\""),
        Case("mirror DIR/nowhere hq:Staff", 64, "nowhere"),
        Case("mirror DIR/a hq:Nobody --create", 64, "facelib library create"),
        Case("mirror hq:Staff b1:Nobody", 64, "--create"),
        Case("mirror hq:Staff hq:Staff", 64, "is the source itself"),
        Case("mirror --apply DIR/none", 64, "cannot be read"),
        Case("mirror --apply DIR/config.toml", 64, "no whole plan"),
        Case("mirror --apply p --plan q", 64, "no other options"),
        Case("mirror --apply p --create", 64, "no other options"),
        Case("mirror --apply p --remove", 64, "no other options"),
        Case("mirror --apply p --full", 64, "no other options"),
        Case("mirror --apply p --reread 1/7", 64, "no other options"),
        Case("mirror --apply p --dry-run", 64, "no other options"),
        Case("mirror undo", 64, "'<job>'"), Case("mirror undo a b", 64, "'b'"),
        Case("mirror undo a --remove", 64, "'--remove'"),
        Case("mirror undo 20261122-101502-3f", 64, "no job \"20261122-101502-3f\""),
        Case("compare DIR/a", 64, "<b>"), Case("compare hq: b1:Staff", 64, "name its library"),
        Case("compare DIR/a hq:", 64, "name its library"), Case("compare hq2:a hq:Staff", 64, "no device \"hq2\""),
        Case("compare hq:Nobody hq:Staff", 64, "no library \"Nobody\""),
        Case("compare DIR/nowhere DIR/a", 64, "nowhere"),
        Case("compare DIR/a DIR/a --report /dev/null/x", 1, "/dev/null"),
    ])
    func badInputEndsWithItsStatusAndASentence(input: Case) async throws {
        let result = await run(input.line)
        #expect(result.status == input.status, "\(result.errors)")
        #expect((result.errors + result.output).contains(input.words), "\(result.errors)")
        #expect(!device.calls.contains("create"))
    }

    @Test(arguments: ["mirror", "compare"]) func theHelpHasItsExitStatuses(command: String) async throws {
        let result = await harness.run(command.split(separator: " ").map(String.init) + ["--help"])
        #expect(result.output.contains("EXIT STATUS:\n    0  all of it went through"))
        #expect(result.output.contains("    7  a verification found a difference"))
    }

    // MARK: Plans

    @Test func aPlanIsWrittenAndChangesNothing() async throws {
        try photo("E-2", "a")
        let result = await run("mirror DIR/a hq:Staff b1:Staff --plan DIR/p")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("has 4 changes"))
        let lines = try harness.text(of: "p").split(separator: "\n")
        #expect(lines.count == 8)
        #expect(lines[1].contains("\"target\":\"hq:Staff\""))
        #expect(lines[2].contains("\"do\":\"store\",\"img_id\":\"E-1\""))
        #expect(lines[7].contains("\"changes\":4"))
    }

    @Test func aPlanIsAppliedOnlyToWhatItWasMadeFor() async throws {
        #expect(await run("mirror DIR/a hq:Staff --plan DIR/p").status == 0)
        let other = await run("mirror --apply DIR/p DIR/b hq:Staff")
        #expect(other.status == 64)
        #expect(other.errors.contains("is a plan from"))
        try photo("E-2", "a")
        let moved = await run("mirror --apply DIR/p")
        #expect(moved.status == 4)
        #expect(moved.errors.contains("has changed since the plan was made"))
        #expect(Set(device.calls).isDisjoint(with: ["create", "delete", "rename"]))
    }

    @Test func aPlanThatIsStoppedLeavesNoFile() async throws {
        device.with { $0.portraits[1] = [listed("X-1")] }
        let result = await run("mirror DIR/a hq:Staff --remove --plan DIR/p")
        #expect(result.status == 4, "\(result.errors)")
        #expect(throws: (any Error).self) { try harness.text(of: "p") }
        #expect(throws: (any Error).self) { try harness.text(of: "p.partial") }
    }

    @Test func aTargetThatCannotBeReachedDecidesTheStatus() async throws {
        harness.devices.state.withLock {
            $0.devices["b1"]?.with { $0.failures["identity"] = DeviceError(.unreachable, "b1 is away") }
        }
        let result = await run("mirror DIR/a hq:Staff b1:Staff --dry-run")
        #expect(result.status == 5)
        #expect(result.errors.contains("b1:Staff: b1 is away"))
        #expect(result.output.contains("→ hq:Staff"))
    }

    @Test func aJobThatReplacedNothingCannotBeUndone() async throws {
        #expect(await run("mirror DIR/a hq:Staff --dry-run").status == 0)
        let jobs = try await run("job list --json").objects
        let job = try #require(jobs.first?["job"] as? String ?? jobs.first?["id"] as? String)
        let result = await run("mirror undo \(job)")
        #expect(result.status == 1)
        #expect(result.errors.contains("Nothing is kept of job \(job)"))
    }
}
