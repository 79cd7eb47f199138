// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import FaceSimulator

@Suite struct ExportQuirkTests {
    private static let page = #"{"msg_id":"1038","lib_id":1}"#
    private static let chosen = #"{"msg_id":"1041","lib_id":1,"img_ids":"E-1,E-2"}"#
    private static let partial = #"{"msg_id":"1041","lib_id":1,"img_ids":"E-1,x,y"}"#

    private static func with(_ quirks: [String], perform body: (Bench) async throws -> Void) async throws {
        try await Bench.with(quirks) { bench async throws in
            _ = try await bench.store("E-1", #""person_name":"张三","person_idcard":"123456","person_addr":"Oslo""#)
            _ = try await bench.store("E-2", #""person_name":"Bo""#)
            _ = try await bench.store("E-3")
            try await body(bench)
        }
    }

    @Test(arguments: [
        ("failed_as_array", partial, "data.failed_img_ids", "[2]"),
        ("failed_as_array", chosen, "data.failed_img_ids", "[0]"),
        ("failed_missing", chosen, "data.failed_img_ids", nil),
        ("failed_missing", partial, "data.failed_img_ids", "x,y"),
        ("zip_passwd_missing", page, "data.zippasswd", nil), ("export_short_page", page, "data.result_num", "3"),
        ("export_short_page", #"{"msg_id":"1038","lib_id":1,"qry_len":3}"#, "data.result_num", "2"),
        ("export_short_page", #"{"msg_id":"1038","lib_id":1,"qry_len":3}"#, "data.total_num", "3"),
        ("export_short_page", #"{"msg_id":"1038","lib_id":1,"qry_len":1}"#, "data.result_num", "1"),
        ("leading_slash", page, "data.export_url", "/tmp/face_2027-01-15-08-00-00.zip"),
        ("export_absolute_url", page, "data.export_url", "http://127.0.0.1/ws/tmp/face_2027-01-15-08-00-00.zip"),
        ("empty_105", #"{"msg_id":"1041","lib_id":1,"img_ids":"x"}"#, "code", "-105"),
        ("clamp", #"{"msg_id":"1038","lib_id":1,"qry_len":900}"#, "data.result_num", "3"),
        ("zero_based", #"{"msg_id":"1038","lib_id":1,"start_no":0,"qry_len":2}"#, "data.result_num", "2"),
        ("page_number", #"{"msg_id":"1038","lib_id":1,"start_no":2,"qry_len":2}"#, "data.result_num", "1"),
    ])
    func replies(quirk: String, request: String, path: String, value: String?) async throws {
        try await Self.with([quirk]) { bench async throws in
            #expect(try await bench.json(request)[path] == value)
        }
    }

    @Test(arguments: [
        (
            ["zip_zipcrypto"], "ZipCrypto",
            ["#_E-3_#_#_#_#.jpg", "Bo_E-2_#_#_#_#.jpg", "face.csv", "张三_E-1_123456_#_#_Oslo.jpg"]
        ),
        (
            ["zip_plain"], "plain",
            ["#_E-3_#_#_#_#.jpg", "Bo_E-2_#_#_#_#.jpg", "face.csv", "张三_E-1_123456_#_#_Oslo.jpg"]
        ),
        (["zip_id_names"], "AES-128", ["E-1.jpg", "E-2.jpg", "E-3.jpg", "face.csv"]),
        (
            ["zip_id_names", "zip_nested"], "AES-128",
            [
                "face_2027-01-15-08-00-00/", "face_2027-01-15-08-00-00/E-1.jpg", "face_2027-01-15-08-00-00/E-2.jpg",
                "face_2027-01-15-08-00-00/E-3.jpg", "face_2027-01-15-08-00-00/face.csv",
            ]
        ),
        (["zip_id_names", "zip_no_manifest"], "AES-128", ["E-1.jpg", "E-2.jpg", "E-3.jpg"]),
        (
            ["zip_masked"], "AES-128",
            ["#_E-3_#_#_#_#.jpg", "Bo_E-2_#_#_#_#.jpg", "face.csv", "张三_E-1_******_#_#_******.jpg"]
        ),
        (
            ["zip_masked", "mask_name", "zip_no_manifest"], "AES-128",
            ["#_E-3_#_#_#_#.jpg", "******_E-1_******_#_#_******.jpg", "******_E-2_#_#_#_#.jpg"]
        ),
    ])
    func layouts(quirks: [String], cipher: String, names: [String]) async throws {
        try await Self.with(quirks) { bench async throws in
            let export = try await bench.export(Self.page)
            #expect(export.archive?.names == names)
            #expect(export.archive?.ciphers == [cipher])
            #expect(export.password.count == 16)
            #expect(try export.archive?.isSound(password: export.password) == true)
            let pictures = try export.contents().values.filter { $0.starts(with: [0xFF, 0xD8]) }
            #expect(pictures.count == 3)
        }
    }

    @Test func uuidNamesAreExplainedByTheCSV() async throws {
        try await Self.with(["zip_uuid_names"]) { bench async throws in
            let export = try await bench.export(Self.page)
            let contents = try export.contents()
            let lines = try export.lines().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
            #expect(lines.map { $0[1] } == ["E-1", "E-2", "E-3"])
            for line in lines {
                #expect(UUID(uuidString: String(line[0].dropLast(4))) != nil)
                let stored = try await bench.appliance.store.portrait(String(line[1]), in: 1)
                let file = bench.appliance.store.folder.file(stored.imgPath)
                #expect(contents[String(line[0])] == (try bench.appliance.store.folder.read(file)))
            }
        }
    }

    @Test func maskedOnesAreMaskedInTheCSV() async throws {
        try await Self.with(["zip_masked"]) { bench async throws in
            let export = try await bench.export(Self.page)
            #expect(try export.lines()[0].hasSuffix(",E-1,1,staff,张三,******,,,******,2027-01-15 08:00:00"))
            #expect(try export.lines()[1].hasSuffix(",E-2,1,staff,Bo,,,,,2027-01-15 08:00:00"))
        }
    }

    @Test func aPasswordMayBeWrong() async throws {
        try await Self.with(["zip_passwd_wrong"]) { bench async throws in
            let export = try await bench.export(Self.page)
            #expect(export.password.count == 16)
            #expect(export.archive?.ciphers == ["AES-128"])
            #expect(try export.archive?.isSound(password: export.password) == false)
        }
    }

    @Test func namesInGB18030HaveNoFlag() async throws {
        try await Self.with(["zip_gbk"]) { bench async throws in
            let export = try await bench.export(Self.page)
            let entry = try #require(export.archive?.entries.first)
            #expect(entry.name == [0xD5, 0xC5, 0xC8, 0xFD] + Array("_E-1_123456_#_#_Oslo.jpg".utf8))
            #expect(!entry.isFlaggedUTF8)
            #expect(try export.archive?.isSound(password: export.password) == true)
            #expect(try export.lines()[0].contains("张三"))
        }
        try await Self.with(["gbk_csv", "zip_id_names"]) { bench async throws in
            let bytes = try await bench.export(Self.page).contents()["face.csv"] ?? []
            #expect(bytes.split(separator: 0x0A)[1].starts(with: Array("E-1.jpg,E-1,1,staff,".utf8) + [0xD5, 0xC5]))
        }
    }

    @Test(arguments: [
        ([], page, "-1", nil, nil), ([], chosen, "-1", nil, nil), (["comma_code"], page, "-2100", nil, nil),
        (["comma_code=-3524"], page, "-3524", nil, nil), (["comma_partial"], page, "0", "2", nil),
        (["comma_partial"], chosen, "0", "1", "E-1"), (["comma_shift"], page, "0", "3", nil),
        (["comma_partial"], #"{"msg_id":"1041","lib_id":1,"img_ids":"E-1"}"#, "-2100", nil, nil),
        ([], #"{"msg_id":"1041","lib_id":1,"img_ids":"E-2,E-3"}"#, "0", "2", ""),
        ([], #"{"msg_id":"1038","lib_id":1,"start_no":2}"#, "0", "2", nil),
    ])
    func commas(quirks: [String], request: String, code: String, count: String?, failed: String?) async throws {
        try await Self.with(quirks) { bench async throws in
            _ = try await bench.json(#"{"msg_id":"1033","lib_id":1,"img_id":"E-1","person_addr":"Oslo, Norway"}"#)
            let export = try await bench.export(request)
            #expect(export.answer["code"] == code)
            #expect(export.answer["data.result_num"] == count)
            #expect(export.answer["data.failed_img_ids"] == failed)
            if quirks == ["comma_shift"] {
                #expect(try export.lines()[0].hasSuffix(",E-1,1,staff,张三,123456,,,Oslo, Norway,2027-01-15 08:00:00"))
            }
        }
    }

    @Test(arguments: [([], "-1"), (["comma_partial"], "-2100"), (["comma_shift"], "0")])
    func aCommaInTheLibrarysNameConcernsAllOfThem(quirks: [String], code: String) async throws {
        try await Self.with(quirks) { bench async throws in
            _ = try await bench.json(#"{"msg_id":"1027","lib_id":1,"lib_name":"staff, old","lib_type":2}"#)
            #expect(try await bench.json(Self.page)["code"] == code)
        }
    }

    @Test func pagesShiftWhileTheyAreExported() async throws {
        try await Self.with(["mutate_during_paging=1"]) { bench async throws in
            func total(_ start: Int) async throws -> String? {
                try await bench.json(#"{"msg_id":"1038","lib_id":1,"start_no":\#(start),"qry_len":1}"#)[
                    "data.total_num"
                ]
            }
            #expect(try await [total(1), total(2), total(3)] == ["3", "4", "4"])
        }
    }

    @Test func slowExportsTakeTheirTime() async throws {
        try await Self.with(["export_slow=30"]) { bench async throws in
            let start = ContinuousClock.now
            #expect(try await bench.json(Self.page).code == 0)
            #expect(ContinuousClock.now - start >= .milliseconds(90))
        }
    }
}
