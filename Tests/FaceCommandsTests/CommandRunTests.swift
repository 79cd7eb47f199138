// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import Foundation
import Testing

/// A command of several libraries is one thing to take up, whichever of its jobs is named.
@Suite struct CommandRunTests {
    private let harness: CommandHarness
    private let device: FakeDevice

    init() throws {
        harness = try CommandHarness()
        try harness.configure("hq", "b1")
        device = harness.devices.add("hq")
        // Libraries of both have ids of their own, as the devices have one serial number.
        for (device, first) in [(device, 1), (harness.devices.add("b1"), 11)] {
            device.with { state in
                for (place, name) in ["Staff", "Guests", "Watch"].enumerated() {
                    let library = DeviceLibrary(
                        id: first + place,
                        name: name,
                        type: .whitelist,
                        portraitCount: 0,
                        updateTime: ""
                    )
                    state.libraries.append(library)
                    state.portraits[first + place] = []
                }
            }
        }
        try harness.write("grain apple seven lamp door ink\n", to: "pp")
    }

    private func run(_ line: String) async -> CommandHarness.Result {
        await harness.run(
            line.split(separator: " ").map { $0.hasPrefix("DIR") ? harness.folder + $0.dropFirst(3) : String($0) }
        )
    }

    /// What jobs there are, by their sources, and how each ended.
    private func states() async throws -> [String: String] {
        let jobs = try await run("job list --json").objects
        return Dictionary(
            jobs.compactMap { job in
                (job["source"] as? String).flatMap { source in (job["state"] as? String).map { (source, $0) } }
            }
        ) { newest, _ in newest }
    }

    private func firstJob() async throws -> String {
        try #require(try await run("job list --json").objects.last?["job"] as? String)
    }

    @Test func aMirrorOfSeveralLibrariesIsTakenUpWithThoseThatNeverBegan() async throws {
        device.with { $0.portraits[2] = nil }
        #expect(await run("mirror hq: b1:").status == 1)
        #expect(try await states() == ["hq:Staff": "finished"])
        device.with { $0.portraits[2] = [] }
        let resumed = await run("job resume \(try await firstJob())")
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(resumed.output.contains("hq:Guests → b1:Guests") && resumed.output.contains("hq:Watch → b1:Watch"))
        let all = ["hq:Staff": "finished", "hq:Guests": "finished", "hq:Watch": "finished"]
        #expect(try await states() == all)
        // Those that are done are not done again.
        let again = await run("job resume \(try await firstJob())")
        #expect(again.status == 0)
        #expect(!again.output.contains("Guests"))
        #expect(try await run("job list --json").objects.count == 3)
    }

    @Test func aTakenUpCommandSaysWhichLibraryIsStillNotDone() async throws {
        device.with { $0.portraits[3] = nil }
        #expect(await run("mirror hq: b1:").status == 1)
        let resumed = await run("job resume \(try await firstJob())")
        #expect(resumed.status == 1)
        #expect(try await states()["hq:Watch"] == nil)
    }

    @Test func aBackupOfSeveralLibrariesIsTakenUpWhole() async throws {
        device.with { $0.portraits[2] = nil }
        #expect(await run("backup create hq: DIR/repo --passphrase-file DIR/pp").status == 1)
        device.with { $0.portraits[2] = [] }
        let resumed = await run("job resume \(try await firstJob())")
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try await states() == ["hq:Staff": "finished", "hq:Guests": "finished", "hq:Watch": "finished"])
    }

    @Test func aJobThatIsAloneTakesUpItself() async throws {
        #expect(await run("mirror hq:Staff b1:").status == 0)
        let resumed = await run("job resume \(try await firstJob())")
        #expect(resumed.status == 0)
        #expect(!resumed.errors.contains("of this command"))
        #expect(try await run("job list --json").objects.count == 1)
    }
}
