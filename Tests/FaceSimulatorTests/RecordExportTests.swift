// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import FaceSimulator

@Suite struct RecordExportTests {
    /// A device with 12 records of each kind and a portrait.
    private static func with(_ quirks: [String] = [], perform body: (Bench) async throws -> Void) async throws {
        try await Bench.with(quirks, records: 12) { bench async throws in
            _ = try await bench.store("E-1", #""person_name":"Ann","person_idcard":"123456""#)
            try await body(bench)
        }
    }

    private static func id(_ kind: RecordKind, _ number: Int) -> String {
        DrawnRecord(kind: kind, number: number).snapID
    }

    private static let stranger = id(.strangers, 1)

    /// Kind, paged export, its fields, chosen export, the prefixes of both archives.
    private static let exports: [(RecordKind, Int, String, Int, String, String)] = [
        (.captures, 1040, "", 1043, "catch", "catch"), (.alarms, 1039, #","lib_ids":"1""#, 1042, "alarm", "alarm"),
        (.bodies, 1048, "", 1047, "body", "body"), (.bodyAlarms, 1070, "", 1069, "body", "body"),
        (.strangers, 2049, #","start_no":1,"qry_len":10"#, 2050, "grey", "catch"),
        (.wandering, 2055, "", 2056, "alarm", "alarm"),
        (.profile, 2051, #","person_id":"\#(stranger)""#, 2052, "greylist_detail", "catch"),
    ]

    @Test(arguments: exports)
    func aPageHoldsPicturesAndACSV(
        kind: RecordKind,
        paged: Int,
        fields: String,
        chosen: Int,
        prefix: String,
        other: String
    ) async throws {
        try await Self.with { bench async throws in
            let export = try await bench.export(#"{"msg_id":"\#(paged)"\#(fields)}"#)
            let count = kind == .profile ? 5 : 10
            #expect(export.answer["data.export_url"] == "tmp/\(prefix)_2027-01-15-08-00-00.zip")
            #expect(export.answer["data.result_num"] == String(count))
            #expect(export.answer["data.total_num"] == String(kind == .profile ? 5 : 12))
            let isPlain = kind == .bodyAlarms
            #expect((export.answer["data.zippasswd"] == nil) == isPlain)
            #expect(export.archive?.ciphers == [isPlain ? "plain" : "AES-128"])
            #expect(try export.archive?.isSound(password: export.password) == true)

            let contents = try export.contents()
            let digests = try await bench.appliance.store.recordDigests(kind, after: 0)
            let names = digests.prefix(count).map { $0.snapID + ".jpg" }
            #expect(contents.keys.sorted() == (names + [prefix + ".csv"]).sorted())
            for digest in digests.prefix(count) {
                #expect(PictureDigest.sha256(contents[digest.snapID + ".jpg"] ?? []) == digest.sha256)
            }
            let lines = try export.lines(prefix + ".csv")
            #expect(lines.count == count)
            for (line, name) in zip(lines, names) { #expect(line.hasPrefix(name + ",")) }
        }
    }

    @Test(arguments: exports)
    func chosenOnesHoldWhatWasAskedFor(
        kind: RecordKind,
        paged: Int,
        fields: String,
        chosen: Int,
        prefix: String,
        other: String
    ) async throws {
        try await Self.with { bench async throws in
            let field = kind == .strangers ? "person_ids" : "snap_ids"
            let extra = kind == .profile ? #","person_id":"\#(Self.stranger)""# : ""
            func request(_ ids: String) -> String { #"{"msg_id":"\#(chosen)","\#(field)":"\#(ids)"\#(extra)}"# }
            let ids = [Self.id(kind, 2), "x", Self.id(kind, 1)]
            let export = try await bench.export(request(ids.joined(separator: ",")))
            #expect(export.answer["data.export_url"] == "tmp/\(other)_2027-01-15-08-00-00.zip")
            #expect(export.answer["data.result_num"] == "2")
            #expect(export.answer["data.total_num"] == "3")
            #expect(export.answer["data.failed_img_ids"] == "x")
            #expect((export.answer["data.zippasswd"] == nil) == (kind == .bodyAlarms))
            let names = try export.contents().keys.sorted()
            #expect(names == [ids[0] + ".jpg", ids[2] + ".jpg", other + ".csv"].sorted())
            #expect(try await bench.json(request("x,y")).code == -2100)
            #expect(try await bench.json(request("")).code == -3596)
            let many = (1...51).map { "i\($0)" }.joined(separator: ",")
            #expect(try await bench.json(request(many)).code == -3596)
        }
    }

    private static let limits: [([String], String, String, String?)] = [
        ([], #""msg_id":"1040","qry_len":500"#, "0", "12"), ([], #""msg_id":"1040","qry_len":501"#, "-3596", nil),
        ([], #""msg_id":"1040","start_no":11"#, "0", "2"), ([], #""msg_id":"1040","start_no":13"#, "-2100", nil),
        ([], #""msg_id":"1040","channel":5"#, "0", "1"), ([], #""msg_id":"1040","channel":31"#, "-2100", nil),
        ([], #""msg_id":"1040","alive_type":"1""#, "0", "3"), ([], #""msg_id":"1039""#, "-3596", nil),
        ([], #""msg_id":"1039","lib_ids":"9""#, "-117", nil), (["lib_ids_optional"], #""msg_id":"1039""#, "0", "10"),
        ([], #""msg_id":"1070","alarm_type":"386""#, "0", "1"), ([], #""msg_id":"2049""#, "-3596", nil),
        ([], #""msg_id":"2049","start_no":1"#, "-3596", nil),
        ([], #""msg_id":"2049","start_no":1,"qry_len":500,"channels":"1""#, "0", "2"),
        ([], #""msg_id":"2051","qry_len":51,"person_id":"STRANGER""#, "-3596", nil),
        ([], #""msg_id":"2051","qry_len":50,"person_id":"STRANGER""#, "0", "5"),
        ([], #""msg_id":"2051","person_id":"nobody""#, "-105", nil), ([], #""msg_id":"2051""#, "-3596", nil),
        (["export_short_page"], #""msg_id":"2051","qry_len":6,"person_id":"STRANGER""#, "0", "3"),
        (["export_short_page"], #""msg_id":"1048""#, "0", "5"),
        (["empty_105"], #""msg_id":"1048","channel":32"#, "-105", nil),
        ([], #""msg_id":"2052","snap_ids":"PROFILE1""#, "-3596", nil),
        ([], #""msg_id":"2052","snap_ids":"PROFILE1","preson_id":"STRANGER""#, "0", "1"),
        (["preson_id_only"], #""msg_id":"2052","snap_ids":"PROFILE1","preson_id":"STRANGER""#, "0", "1"),
        (
            ["preson_id_only"], #""msg_id":"2052","snap_ids":"PROFILE1","person_id":"STRANGER""#,
            "-3596", nil
        ),
        ([], #""msg_id":"2052","snap_ids":"PROFILE6","person_id":"STRANGER""#, "-2100", nil),
        (["channels_max=4"], #""msg_id":"1048","channel":5"#, "-3596", nil),
        (["stop_optional"], #""msg_id":"1048","start_time":"2026-10-01 08:20:00""#, "0", "4"),
        ([], #""msg_id":"1048","start_time":"2026-10-01 08:20:00""#, "-3596", nil),
    ]

    @Test(arguments: limits)
    func limitsAndQuirks(quirks: [String], request: String, code: String, count: String?) async throws {
        try await Self.with(quirks) { bench async throws in
            let request = request.replacing("STRANGER", with: Self.stranger)
                .replacing("PROFILE1", with: Self.id(.profile, 1)).replacing("PROFILE6", with: Self.id(.profile, 6))
            let answer = try await bench.json("{\(request)}")
            #expect(answer["code"] == code)
            #expect(answer["data.result_num"] == count)
        }
    }

    @Test(arguments: [
        (["zip_passwd_missing"], 1070, "AES-128", nil), (["zip_zipcrypto"], 1070, "plain", nil),
        (["zip_zipcrypto"], 1048, "ZipCrypto", 16), (["zip_plain"], 1048, "plain", 16),
        (["zip_passwd_missing"], 1048, "AES-128", nil),
    ])
    func ciphers(quirks: [String], message: Int, cipher: String, password: Int?) async throws {
        try await Self.with(quirks) { bench async throws in
            let export = try await bench.export(#"{"msg_id":"\#(message)"}"#)
            #expect(export.archive?.ciphers == [cipher])
            #expect(export.answer["data.zippasswd"]?.count == password)
        }
    }

    @Test func theCSVHasTheFieldsOfTheQueryAndTheAttributes() async throws {
        try await Self.with { bench async throws in
            let export = try await bench.export(#"{"msg_id":"1042","snap_ids":"\#(Self.id(.alarms, 1))"}"#)
            let text = String(decoding: try export.contents()["alarm.csv"] ?? [], as: UTF8.self)
            let lines = text.split(separator: "\r\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
            #expect(lines.count == 2)
            let values = Dictionary(uniqueKeysWithValues: zip(lines[0], lines[1]))
            #expect(values["person_name"] == "Ann")
            #expect(values["person_idcard"] == "123456")
            #expect(values["trigger"] == "2026-10-01 08:00:11")
            #expect(values["snap_id"].map(String.init) == Self.id(.alarms, 1))
            #expect(values["st_respirator"]?.hasPrefix("st_respirator_") == true)
            #expect(values["st_age_value"]?.hasSuffix(".000000") == true)
        }
    }

    @Test(arguments: [("zip_masked", "******"), ("comma_shift", "123456")])
    func alarmsInArchivesAreInClearUnlessMasked(quirk: String, identity: String) async throws {
        try await Self.with([quirk]) { bench async throws in
            let export = try await bench.export(#"{"msg_id":"1039","lib_ids":"1"}"#)
            for line in try export.lines("alarm.csv") { #expect(line.contains(",\(identity),Ann,")) }
        }
    }

    @Test func commasInRecordsAreQuoted() async throws {
        try await Self.with(["comma_shift"]) { bench async throws in
            let export = try await bench.export(#"{"msg_id":"1070"}"#)
            #expect(try export.lines("body.csv").contains { $0.contains(#","388,389","#) })
        }
    }

    @Test func anAlarmsCaptureLeadsToItsPortrait() async throws {
        try await Self.with { bench async throws in
            func owner(_ kind: RecordKind, _ number: Int) async throws -> Answer {
                try await bench.json(#"{"msg_id":"1066","snap_id":"\#(Self.id(kind, number))"}"#)
            }
            #expect(try await owner(.alarms, 1)["data.record.0.img_id"] == "E-1")
            #expect(try await owner(.alarms, 1)["data.record.0.alarm_type"] == "1")
            let profile = try await owner(.profile, 6)
            #expect(profile["data.record.0.img_id"] == Self.id(.strangers, 2))
            #expect(profile["data.record.0.lib_id"] == "2147483647")
            #expect(profile["data.record.0.alarm_type"] == "3")
        }
    }
}
