// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Imports that are killed like a power cut, and taken up again.
@Suite(.serialized, .timeLimit(.minutes(40))) struct KillTests {
    /// When the import is killed: after the device has stored this many portraits.
    static let points = [1, 2, 3, 5, 8, 9, 12, 16, 17, 21, 26, 30, 33, 38, 44, 50, 57, 61, 70, 80, 90, 99]

    @Test(arguments: points.map { ($0, "") } + [2, 9, 20, 38, 61, 97].map { ($0, "timeout_after_commit") })
    func aKilledImportIsTakenUpWithNothingLostAndNothingTwice(after stored: Int, quirk: String) async throws {
        let set = try await PortraitSet.drawn("--count", "120", "--bad", "0.08", "--seed", "21", "--folder")
        let flags = ["--quirk", "slow=5"] + (quirk.isEmpty ? [] : ["--quirk", quirk])
        try await Workplace.with(flags, settings: "batch_size = 4") { place in
            let first = try place.startImport(of: set.source.path)
            while first.process.isRunning {
                if try await place.device.state().storedTotal >= stored { break }
            }
            first.kill()
            _ = try await first.wait()
            let list = try await place.facelib("job", "list", "--json")
            let job = try JobLine.first(of: list)
            let resumed = try await place.facelib("job", "resume", job.job, "--json")
            #expect(resumed.status == 3, "\(resumed.errors)")
            let report = try Report(resumed)
            let state = try await place.device.state()
            let reckoning = Reckoning(set: set, report: report, portraits: state.portraits(of: "Staff"))
            #expect(reckoning.wrongRows() == [])
            #expect(try reckoning.wrongPortraits() == [])
            // Nothing twice, by the device's own count.
            #expect(state.storedTotal == state.portraits(of: "Staff").count)
            #expect(state.deletedTotal == 0)
        }
    }

    @Test(arguments: [3, 40, 77])
    func theSameCommandAgainDoesWhatResumeDoes(after stored: Int) async throws {
        let set = try await PortraitSet.drawn("--count", "120", "--bad", "0.08", "--seed", "21", "--folder")
        try await Workplace.with(["--quirk", "slow=5"], settings: "batch_size = 4") { place in
            let first = try place.startImport(of: set.source.path)
            while first.process.isRunning {
                if try await place.device.state().storedTotal >= stored { break }
            }
            first.kill()
            _ = try await first.wait()
            let second = try await place.runImport(of: set.source.path)
            let report = try Report(second)
            let state = try await place.device.state()
            let good = set.truth.filter { $0.outcome == "stored" }.count
            #expect(report.count("stored") + report.count("unchanged") == good)
            #expect(state.portraits(of: "Staff").count == good)
            #expect(state.storedTotal == good)
        }
    }
}

/// A line of `job list --json`.
struct JobLine: Decodable, Sendable {
    let job: String
    let state: String

    static func first(of ended: Program.Ended) throws -> JobLine {
        let line = try #require(ended.output.split(separator: "\n").first, "\(ended.errors)")
        return try JSONDecoder().decode(JobLine.self, from: Data(line.utf8))
    }
}
