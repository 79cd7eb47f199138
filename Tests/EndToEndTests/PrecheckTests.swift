// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// `import --precheck device` against the simulated device, which sees faces as the pictures are marked.
@Suite(.serialized, .timeLimit(.minutes(20))) struct PrecheckTests {
    /// What only the device can find in a picture.
    static let devicesReasons: Set<String> = ["face.none", "face.many", "quality.low"]

    @Test func aDryRunRejectsWhatOnlyTheDeviceSeesAndStoresNothing() async throws {
        let set = try await PortraitSet.drawn("--count", "120", "--bad", "0.4", "--seed", "41", "--folder")
        let told = set.truth.filter { Self.devicesReasons.contains($0.reason) }
        let good = set.truth.filter { $0.outcome == "stored" }
        #expect(Set(told.map(\.reason)) == Self.devicesReasons)
        try await Workplace.with { place in
            let without = try Report(await place.runImport(of: set.source.path, "--dry-run"))
            #expect(without.count("ready") == good.count + told.count)
            #expect(try await place.device.state().calls["779"] == nil)

            let ended = try await place.runImport(of: set.source.path, "--dry-run", "--precheck", "device")
            #expect(ended.status == 3, "\(ended.errors)")
            let report = try Report(ended)
            let reckoning = Reckoning(set: set, report: report, portraits: [])
            #expect(reckoning.wrongRows(rehearsed: true) == [])
            let codes = Set(report.rows.filter { Self.devicesReasons.contains($0.reason ?? "") }.map(\.deviceCode))
            #expect(codes == [-1101, -1109, -1102])
            let ready = report.rows.filter { $0.outcome == "ready" }
            #expect(ready.allSatisfy { $0.detail.contains("the device sees a face of quality 67 in ") })
            let state = try await place.device.state()
            #expect(state.calls["779"] == good.count + told.count)
            #expect(state.storeCalls == 0)
            #expect(state.libraries.isEmpty)
        }
    }

    @Test func anImportSendsOnlyWhatTheDeviceTakesAndAsksNothingAboutItAgain() async throws {
        let set = try await PortraitSet.drawn("--count", "120", "--bad", "0.4", "--seed", "41", "--folder")
        let told = set.truth.filter { Self.devicesReasons.contains($0.reason) }
        try await Workplace.with(["--tls"]) { place in
            let first = try Report(await place.runImport(of: set.source.path, "--precheck", "device"))
            let state = try await place.device.state()
            let reckoning = Reckoning(set: set, report: first, portraits: state.portraits(of: "Staff"))
            #expect(reckoning.wrongRows() == [])
            #expect(try reckoning.wrongPortraits() == [])
            #expect(state.calls["779"] == first.count("stored") + told.count)

            let second = try Report(await place.runImport(of: set.source.path, "--precheck", "device"))
            #expect(second.count("unchanged") == first.count("stored"))
            let after = try await place.device.state()
            #expect((after.calls["779"] ?? 0) - (state.calls["779"] ?? 0) == told.count)
        }
    }

    @Test func aResumedJobAsksTheDeviceAsItDidAtFirst() async throws {
        let set = try await PortraitSet.drawn("--count", "120", "--bad", "0.08", "--seed", "21", "--folder")
        let asked = set.truth.filter { $0.outcome == "stored" || Self.devicesReasons.contains($0.reason) }
        try await Workplace.with(["--quirk", "slow=5"], settings: "batch_size = 4") { place in
            let first = try place.startImport(of: set.source.path, ["--precheck", "device"])
            while first.process.isRunning {
                if try await place.device.state().storedTotal >= 4 { break }
            }
            first.kill()
            _ = try await first.wait()
            let before = try await place.device.state().calls["779"] ?? 0
            #expect(before < asked.count)
            let job = try JobLine.first(of: try await place.facelib("job", "list", "--json"))
            let resumed = try await place.facelib("job", "resume", job.job, "--json")
            #expect(resumed.status == 3, "\(resumed.errors)")
            let state = try await place.device.state()
            let reckoning = Reckoning(set: set, report: try Report(resumed), portraits: state.portraits(of: "Staff"))
            #expect(reckoning.wrongRows() == [])
            #expect(try reckoning.wrongPortraits() == [])
            // Each picture that got so far was asked about, some of them twice.
            #expect((state.calls["779"] ?? 0) >= asked.count)
        }
    }
}
