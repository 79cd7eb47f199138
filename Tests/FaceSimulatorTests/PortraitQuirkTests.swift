// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import FaceSimulator

@Suite struct PortraitQuirkTests {
    private static let person = #""person_name":"Ann Smith","person_idcard":"123456","person_addr":"Oslo""#

    private static let single = #"{"msg_id":"1032","lib_id":1,"img_id":"E-1"}"#
    private static let list = #"{"msg_id":"1035","lib_id":1}"#

    /// What a request says of one portrait, by quirk.
    @Test(arguments: [
        ("mask_off", list, "data.record.0.person_idcard", "123456"),
        ("mask_off", single, "data.person_idcard", "*****"),
        ("mask_name", list, "data.record.0.person_name", "******"),
        ("single_clear", single, "data.person_addr", "Oslo"),
        ("mask_partial", single, "data.person_idcard", "123****56"),
        ("mask_partial", single, "data.person_addr", "*****"),
        ("pre_privacy", single, "data.person_addr", "Oslo"),
        ("strict_uuid", #"{"msg_id":"1067","lib_id":1,"img_id":"E-1"}"#, "code", "-3596"),
        ("strict_img_id", #"{"msg_id":"1067","lib_id":1,"uuid":"E-1"}"#, "code", "-3596"),
        ("decrypt_flat", #"{"msg_id":"1067","lib_id":1,"uuid":"E-1"}"#, "data.person_addr", "Oslo"),
        ("img_empty", single, "data.img", ""), ("face_off", single, "data.img_path", ""),
        (
            "create_time_from", #"{"msg_id":"1035","lib_id":1,"create_time":"2020-01-01 00:00:00"}"#, "data.total_num",
            "1"
        ),
        (
            "create_time_ignored", #"{"msg_id":"1035","lib_id":1,"create_time":"2099-01-01 00:00:00"}"#,
            "data.total_num", "1"
        ),
        ("delete_all_or_nothing", #"{"msg_id":"1044","lib_id":1,"img_ids":"E-1,x"}"#, "code", "-126"),
        ("delete_partial_error", #"{"msg_id":"1044","lib_id":1,"img_ids":"E-1,x"}"#, "code", "-126"),
        ("img_id_global", #"{"msg_id":"1032","lib_id":1,"img_id":"E-1"}"#, "code", "0"),
    ])
    func replies(quirk: String, request: String, path: String, value: String) async throws {
        try await Bench.with(quirk) { bench async throws in
            #expect(try await bench.store("E-1", Self.person).code == 0)
            #expect(try await bench.json(request)[path] == value)
        }
    }

    /// The code of storing E-1 again or something odd, by quirk.
    @Test(arguments: [
        ("dup_116", "E-1", "", -116), ("img_id_any", "a_b c", "", 0), ("img_id_any", "a,b", "", -3596),
        ("dup_picture", "E-2", "", -116), ("field_max=3", "E-2", #""person_name":"long""#, -3596),
        ("reject_masks", "E-2", #""person_addr":"******""#, -3596), ("limit_images=1", "E-2", "", -122),
        ("limit_images=1,library", "E-2", "", -122), ("image_max_bytes=500", "E-2", "", -1110),
        ("image_max_side=63", "E-2", "", -1110), ("forbid_prefix", "E-2", "", -1104), ("require_prefix", "E-2", "", 0),
        ("format_by_name", "E-2", "", 0),
    ])
    func storing(quirk: String, id: String, extra: String, code: Int) async throws {
        try await Bench.with(quirk) { bench async throws in
            let bytes = try Pictures.jpeg()
            _ = try await bench.store("E-1", "", bytes)
            #expect(try await bench.store(id, extra, bytes).code == code)
        }
    }

    @Test func fieldsAreCutSilently() async throws {
        try await Bench.with("field_max=3", "truncate_fields", "mask_off") { bench async throws in
            _ = try await bench.store("E-1", Self.person)
            #expect(try await bench.json(Self.list)["data.record.0.person_name"] == "Ann")
        }
    }

    @Test func anEmptyFieldKeepsTheOldValue() async throws {
        try await Bench.with("empty_keeps", "mask_off") { bench async throws in
            _ = try await bench.store("E-1", Self.person)
            _ = try await bench.json(#"{"msg_id":"1033","lib_id":1,"img_id":"E-1","person_addr":""}"#)
            #expect(try await bench.json(Self.list)["data.record.0.person_addr"] == "Oslo")
        }
    }

    @Test func idsMayBeUniqueOverAllLibraries() async throws {
        try await Bench.with("img_id_global") { bench async throws in
            _ = try await bench.json(#"{"msg_id":"1025","lib_name":"two","lib_type":1}"#)
            _ = try await bench.store("E-1")
            #expect(try await bench.store("E-1", library: 2).code == -1100)
        }
        try await Bench.with("limit_images=1,library") { bench async throws in
            _ = try await bench.json(#"{"msg_id":"1025","lib_name":"two","lib_type":1}"#)
            _ = try await bench.store("E-1")
            #expect(try await bench.store("E-1", library: 2).code == 0)
        }
    }

    @Test(arguments: ["jpeg", "png", "bmp"]) func reencodedPicturesHaveOtherBytes(format: String) async throws {
        try await Bench.with("reencode") { bench async throws in
            let bytes = format == "png" ? Pictures.png() : format == "bmp" ? Pictures.bmp() : try Pictures.jpeg()
            #expect(try await bench.store("E-1", "", bytes).code == 0)
            let portrait = try await bench.appliance.store.portrait("E-1", in: 1)
            #expect(portrait.sha256 != portrait.receivedSHA256)
            let stored = try bench.appliance.store.folder.read(bench.appliance.store.folder.file(portrait.imgPath))
            #expect(JPEGCodec.size(of: stored) == Pictures.size)
            #expect(portrait.byteCount == stored.count)
        }
    }

    @Test func pictureRepliesVary() async throws {
        let bytes = try Pictures.jpeg()
        try await Bench.with("img_data_uri", "leading_slash") { bench async throws in
            _ = try await bench.store("E-1", "", bytes)
            let answer = try await bench.json(Self.single)
            #expect(answer["data.img"] == "data:image/jpeg;base64," + Bench.base64(bytes))
            #expect(answer["data.img_path"]?.hasPrefix("/img/1_") == true)
        }
        try await Bench.with("ext_jpg") { bench async throws in
            _ = try await bench.store("E-1", "", Pictures.png())
            #expect(try await bench.json(Self.single)["data.img_path"]?.hasSuffix(".jpg") == true)
        }
        try await Bench.with("img_garbage") { bench async throws in
            _ = try await bench.store("E-1", "", bytes)
            #expect(try await bench.json(Self.single)["data.img"].map { Data(base64Encoded: $0) == nil } == true)
        }
        try await Bench.with("largest_face") { bench async throws in
            #expect(try await bench.store("E-1", "", Pictures.jpeg(comment: "facelib-fixture:faces=3")).code == 0)
        }
        try await Bench.with("face_off", "face_off_rejects") { bench async throws in
            #expect(try await bench.store("E-1", "", bytes).code == -1)
        }
    }

    @Test func deletesKeepOrDropTheOthers() async throws {
        for (quirk, left) in [("delete_all_or_nothing", "1"), ("delete_partial_error", "0")] {
            try await Bench.with(quirk) { bench async throws in
                _ = try await bench.store("E-1")
                _ = try await bench.json(#"{"msg_id":"1044","lib_id":1,"img_ids":"E-1,x"}"#)
                #expect(try await bench.json(Self.list)["data.total_num"] == left)
            }
        }
    }

    @Test func pagesShiftWhileTheyAreRead() async throws {
        try await Bench.with("mutate_during_paging=1") { bench async throws in
            for id in ["a", "b", "c"] { _ = try await bench.store(id) }
            let first = try await bench.json(#"{"msg_id":"1035","lib_id":1,"qry_len":2}"#)
            let second = try await bench.json(#"{"msg_id":"1035","lib_id":1,"start_no":3,"qry_len":2}"#)
            #expect(first["data.total_num"] == "3")
            #expect(second["data.total_num"] == "4")
            #expect(second["data.record.0.img_id"] == "b")
            #expect(try await bench.json(#"{"msg_id":"1035","lib_id":1,"qry_len":1}"#)["data.total_num"] == "4")
        }
    }

    @Test func orderIsTurnedRound() async throws {
        try await Bench.with("sort_desc") { bench async throws in
            for id in ["a", "b"] { _ = try await bench.store(id) }
            #expect(try await bench.json(Self.list)["data.record.0.img_id"] == "b")
        }
    }
}
