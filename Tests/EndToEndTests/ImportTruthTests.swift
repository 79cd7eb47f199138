// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The whole way, with thousands of drawn portraits of which the truth is known.
@Suite(.serialized, .timeLimit(.minutes(40))) struct ImportTruthTests {
    @Test func aFolderOf2000EndsAsItsTruthSaysThroughJSONOverTLSWithAPin() async throws {
        let set = try await PortraitSet.drawn("--count", "2000", "--bad", "0.08", "--seed", "7", "--folder")
        try await Workplace.with(["--tls"]) { place in
            let ended = try await place.runImport(of: set.source.path)
            #expect(ended.status == 3, "\(ended.errors)")
            try await expectTruth(set, ended, place)
        }
    }

    @Test func aSpreadsheetOf2000EndsAsItsTruthSaysThroughForms() async throws {
        let set = try await PortraitSet.drawn("--count", "2000", "--bad", "0.08", "--seed", "8", "--csv")
        try await Workplace.with(["--tls"], settings: "upload = \"form\"") { place in
            let ended = try await place.runImport(of: set.source.path)
            #expect(ended.status == 3, "\(ended.errors)")
            try await expectTruth(set, ended, place)
            let state = try await place.device.state()
            #expect(state.calls["1052"] == nil)
            #expect((state.calls["1030"] ?? 0) > 0)
        }
    }

    private func expectTruth(_ set: PortraitSet, _ ended: Program.Ended, _ place: Workplace) async throws {
        let report = try Report(ended)
        let portraits = try await place.device.state().portraits(of: "Staff")
        let reckoning = Reckoning(set: set, report: report, portraits: portraits)
        #expect(reckoning.wrongRows() == [])
        #expect(try reckoning.wrongPortraits() == [])
        #expect(report.summary.total == set.truth.count)
        #expect(report.count("stored") == portraits.count)
    }
}
