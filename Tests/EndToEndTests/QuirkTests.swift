// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The same import against a device with one oddity after another.
@Suite(.serialized, .timeLimit(.minutes(40))) struct QuirkTests {
    static let quirks = [
        "csv_all_rows", "csv_no_header", "csv_name_blank", "csv_missing", "gbk_csv", "batch_max=7", "max_body=900000",
        "max_body=900000,drop", "batch_code_on_error", "batch_stops_at_first", "async_ingest=800",
        "timeout_after_commit", "loose_types", "empty_data=null", "empty_data={}", "empty_data=absent", "login_object",
        "login_fail_plain", "session_ttl=1", "drop_session_after=5", "expired_code", "single_session",
        "download_needs_session", "mask_off", "mask_name", "dup_116", "img_id_global", "reencode", "slow=150",
        "http_500=9", "multipart_latin1",
    ]

    @Test(arguments: quirks, ["json", "form"])
    func outcomesAreTheSameWhateverTheDeviceDoes(quirk: String, upload: String) async throws {
        let set = try await PortraitSet.drawn("--count", "60", "--bad", "0.2", "--seed", "11", "--folder")
        try await Workplace.with(["--quirk", quirk], settings: "upload = \"\(upload)\"") { place in
            let ended = try await place.runImport(of: set.source.path)
            let report = try Report(ended)
            let portraits = try await place.device.state().portraits(of: "Staff")
            let reckoning = Reckoning(set: set, report: report, portraits: portraits)
            let garbles = quirk == "multipart_latin1" && upload == "form"
            #expect(reckoning.wrongRows(allowingContradictions: garbles) == [], "\(ended.errors)")
            if !garbles { #expect(try reckoning.wrongPortraits() == []) }
            #expect(Set(portraits.map(\.id)).count == portraits.count)
        }
    }

    @Test func aFullDeviceFailsWhatDoesNotFitAndResumeStoresItLater() async throws {
        let set = try await PortraitSet.drawn("--count", "60", "--bad", "0", "--seed", "12", "--folder")
        try await Workplace.with(["--quirk", "limit_images=25"]) { place in
            let ended = try await place.runImport(of: set.source.path)
            #expect(ended.status == 1)
            let report = try Report(ended)
            #expect(report.count("stored") == 25)
            #expect(report.count("failed") == 35)
            #expect(report.rows.filter { $0.outcome == "failed" }.allSatisfy { $0.reason == "library.full" })
        }
    }
}
