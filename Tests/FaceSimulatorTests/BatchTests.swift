// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import FaceSimulator

@Suite struct BatchTests {
    private static func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    private static func total(_ bench: Bench) async throws -> String? {
        try await bench.json(#"{"msg_id":"1035","lib_id":1}"#)["data.total_num"]
    }

    /// Two good images around three bad ones.
    private static func mixed() throws -> [(String, [UInt8])] {
        let good = try Pictures.jpeg()
        return [
            ("Ann_E-1_123_0_31_Oslo.jpg", good), ("Bob_E-2_#_1_#_#.jpg", Array("no picture".utf8)),
            ("haha.jpg", good), ("Cy_E-1_#_#_#_#.jpg", good), ("Dee_E-3_#_#_#_St. Gallen.png", Pictures.png()),
        ]
    }

    @Test func failuresAreInTheCSVAndTheRestIsStored() async throws {
        try await Bench.with("mask_off") { bench async throws in
            let (answer, csv) = try await bench.batch(Self.mixed())
            #expect(answer.raw == #"{"code":0,"data":{"err_count":3,"url":"tmp/image_b1.csv"},"msg":""}"#)
            #expect(
                Self.text(csv) == """
                    filename,img_id,code,msg\r
                    Bob_E-2_#_1_#_#.jpg,E-2,-1104,wrong image format or broken image\r
                    haha.jpg,,-3596,parameter input error\r
                    Cy_E-1_#_#_#_#.jpg,E-1,-1100,img_id exists\r

                    """
            )
            let list = try await bench.json(#"{"msg_id":"1035","lib_id":1}"#)
            #expect(list["data.total_num"] == "2")
            #expect(list["data.record.0.person_idcard"] == "123")
            #expect(list["data.record.0.person_gender"] == "0")
            #expect(list["data.record.1.person_addr"] == "St. Gallen")
            #expect(list["data.record.1.person_age"] == "")
        }
    }

    @Test func theFormDoesTheSame() async throws {
        try await Bench.with { bench async throws in
            let files = try Self.mixed().enumerated().map { ("img_\($0.offset + 1)", $0.element.0, $0.element.1) }
            let answer = try await bench.form(["msg_id": "1030", "lib_id": "1", "uuid": "../x"], files)
            #expect(answer["data.err_count"] == "3")
            #expect(answer["data.url"]?.contains("..") == false)
            #expect(try await Self.total(bench) == "2")
        }
    }

    @Test func aBatchWithoutFailuresHasAnEmptyCSV() async throws {
        try await Bench.with { bench async throws in
            let (answer, csv) = try await bench.batch([("A_a_#_#_#_#.jpg", Pictures.jpeg())])
            #expect(answer["data.err_count"] == "0")
            #expect(csv == [])
        }
    }

    @Test(arguments: [
        ("A_B_C", -3596), ("A_id_1_0_5_Rue_2.jpg", -3596), ("A_id_1_0_x_Rue.jpg", -3596), ("A_id_1_3_1_Rue.jpg", -3596),
        ("A_i.d_1_0_1_Rue.jpg", -3596), ("#_#_#_#_#_#.jpg", 0), ("A_id____.jpg", 0), ("A_id_1_0_1_v1.2", 0),
        ("A_\(String(repeating: "i", count: 49))_1_0_1_Rue.jpg", -2754),
    ])
    func namesAreReadAsDocumented(name: String, code: Int) async throws {
        try await Bench.with("csv_all_rows") { bench async throws in
            let (_, csv) = try await bench.batch([(name, Pictures.jpeg())])
            #expect(Self.text(csv)?.contains(",\(code),") == true)
        }
    }

    @Test func wholeCallErrorsStoreNothing() async throws {
        try await Bench.with("batch_max=2", "limit_images=1") { bench async throws in
            let image = try Pictures.jpeg()
            let named = { (id: String) in ("A_\(id)_#_#_#_#.jpg", image) }
            #expect(try await bench.batch([named("a"), named("b"), named("c")]).0.code == -3596)
            #expect(try await bench.batch([]).0.code == -3596)
            #expect(try await bench.batch([named("a")], library: 9).0.code == -117)
            let (answer, csv) = try await bench.batch([named("a"), named("b")])
            #expect(answer["data.err_count"] == "1")
            #expect(Self.text(csv)?.contains("A_b_#_#_#_#.jpg,b,-122,") == true)
            #expect(try await bench.batch([named("c")]).0.code == -122)
            #expect(try await Self.total(bench) == "1")
        }
    }

    @Test func fiftyIsTheMostByDefault() async throws {
        try await Bench.with { bench async throws in
            let image = try Pictures.jpeg()
            let images = (0..<51).map { ("A_a\($0)_#_#_#_#.jpg", image) }
            #expect(try await bench.batch(images).0.code == -3596)
            #expect(try await bench.batch(Array(images.dropLast())).0["data.err_count"] == "0")
        }
    }

    /// What the CSV of the mixed batch begins with, by quirk.
    @Test(
        arguments: [
            ("csv_all_rows", "filename,img_id,code,msg\r\nAnn_E-1_123_0_31_Oslo.jpg,E-1,0,\r\n"),
            ("csv_no_header", "Bob_E-2_"),
            ("csv_missing", nil), ("batch_stops_at_first", "filename,img_id,code,msg\r\nBob_E-2_"),
        ] as [(String, String?)]
    )
    func csvQuirks(quirk: String, start: String?) async throws {
        try await Bench.with(quirk) { bench async throws in
            let (_, csv) = try await bench.batch(Self.mixed())
            #expect(Self.text(csv).map { $0.hasPrefix(start ?? "never") } == (start == nil ? nil : true))
        }
    }

    @Test func theCSVMayBeInGB18030() async throws {
        try await Bench.with("gbk_csv") { bench async throws in
            let (_, csv) = try await bench.batch([("张三_a_#_#_#_#.jpg", [1])])
            // 张三 in GB18030.
            let name: [UInt8] = [0xD5, 0xC5, 0xC8, 0xFD, 0x5F, 0x61]
            #expect(csv.map { $0.indices.contains { index in csv?[index...].starts(with: name) ?? false } } == true)
        }
    }

    @Test func batchQuirks() async throws {
        try await Bench.with("csv_name_blank", "csv_unreachable_url") { bench async throws in
            #expect(try await bench.batch(Self.mixed()).0["data.url"] == "tmp/image_.csv")
            #expect(try await bench.batch([("A_z_#_#_#_#.jpg", Pictures.jpeg())]).0["data.url"] == "")
        }
        try await Bench.with("batch_code_on_error") { bench async throws in
            let answer = try await bench.batch(Self.mixed()).0
            #expect(answer.code == -1104)
            #expect(answer["data.err_count"] == "3")
            #expect(try await Self.total(bench) == "2")
        }
        try await Bench.with("batch_stops_at_first") { bench async throws in
            #expect(try await bench.batch(Self.mixed()).0["data.err_count"] == "1")
            #expect(try await Self.total(bench) == "1")
        }
        try await Bench.with("uuid_reuse_rejected") { bench async throws in
            _ = try await bench.batch(Self.mixed())
            #expect(try await bench.batch(Self.mixed()).0.code == -3596)
        }
        try await Bench.with("uuid_accumulates") { bench async throws in
            _ = try await bench.batch(Self.mixed())
            #expect(try await bench.batch(Self.mixed()).0["data.err_count"] == "8")
        }
        try await Bench.with("free_name") { bench async throws in
            _ = try await bench.batch([("haha.jpg", Pictures.jpeg())])
            #expect(try await bench.json(#"{"msg_id":"1035","lib_id":1}"#)["data.record.0.person_name"] == "haha")
        }
        try await Bench.with("extra_parts_address", "mask_off") { bench async throws in
            _ = try await bench.batch([("A_a_#_#_#_Rue_2_b.jpg", Pictures.jpeg())])
            #expect(try await bench.json(#"{"msg_id":"1035","lib_id":1}"#)["data.record.0.person_addr"] == "Rue_2_b")
        }
        try await Bench.with("hash_literal", "mask_off") { bench async throws in
            _ = try await bench.batch([("A_a_#_0_1_#.jpg", Pictures.jpeg())])
            #expect(try await bench.json(#"{"msg_id":"1035","lib_id":1}"#)["data.record.0.person_addr"] == "#")
        }
    }

    @Test func rowsMayAppearLater() async throws {
        try await Bench.with("async_ingest=1500") { bench async throws in
            _ = try await bench.batch(Self.mixed())
            #expect(try await Self.total(bench) == "0")
            #expect(try await bench.json(#"{"msg_id":"1032","lib_id":1,"img_id":"E-1"}"#).code == -126)
            bench.time.advance(1.5)
            #expect(try await Self.total(bench) == "2")
            #expect(try await bench.json(#"{"msg_id":"1032","lib_id":1,"img_id":"E-1"}"#).code == 0)
        }
    }

    @Test func everyNthStoreCallIsLostAfterItsWorkIsDone() async throws {
        try await Bench.with("timeout_after_commit=2") { bench async throws in
            let lost = try await ["a", "b", "c", "d"].asyncMap { id in
                let body = Bench.base64(try Pictures.jpeg())
                let json = #"{"msg_id":"1051","lib_id":1,"img_id":"\#(id)","img":{"filename":"x","data":"\#(body)"}}"#
                let call = try Call(json: Array(json.utf8), sessionID: bench.session, quirks: bench.appliance.quirks)
                return await bench.appliance.answer(call).isLost
            }
            #expect(lost == [false, true, false, true])
            #expect(try await Self.total(bench) == "4")
        }
    }
}
