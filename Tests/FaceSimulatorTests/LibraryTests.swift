// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import FaceSimulator

@Suite struct LibraryTests {
    @Test func librariesAreCreatedChangedListedAndDeleted() async throws {
        try await Bench.with { bench async throws in
            let created = try await bench.json(#"{"msg_id":"1025","lib_name":"guests","lib_type":"1"}"#)
            #expect(created.raw == #"{"code":0,"data":{"lib_id":2,"lib_name":"guests"},"msg":""}"#)
            bench.time.advance(5)
            let changed = try await bench.json(#"{"msg_id":"1027","lib_id":2,"lib_name":"visitors","lib_type":2}"#)
            #expect(changed["data.lib_name"] == "visitors")
            let list = try await bench.json(#"{"msg_id":"1028"}"#)
            #expect(list["data"] == "[2]")
            #expect(list["data.1.lib_name"] == "visitors")
            #expect(list["data.1.lib_type"] == "2")
            #expect(list["data.1.create_time"] == "2027-01-15 08:00:00")
            #expect(list["data.1.update_time"] == "2027-01-15 08:00:05")
            #expect(try await bench.json(#"{"msg_id":"1026","lib_id":2}"#).code == 0)
            #expect(try await bench.json(#"{"msg_id":"1026","lib_id":2}"#).code == -117)
            #expect(try await bench.json(#"{"msg_id":"1025","lib_name":"new","lib_type":1}"#)["data.lib_id"] == "3")
        }
    }

    @Test(arguments: [
        (#"{"msg_id":"1025","lib_name":"staff","lib_type":1}"#, -119), (#"{"msg_id":"1025","lib_name":"x"}"#, -3596),
        (#"{"msg_id":"1025","lib_name":"","lib_type":1}"#, -3596),
        (#"{"msg_id":"1025","lib_name":"x","lib_type":3}"#, -3596),
        (#"{"msg_id":"1025","lib_name":"Staff","lib_type":1}"#, 0),
        (#"{"msg_id":"1027","lib_id":1,"lib_name":"x"}"#, -3596),
        (#"{"msg_id":"1027","lib_id":1,"lib_name":"staff","lib_type":1}"#, 0),
        (#"{"msg_id":"1027","lib_id":9,"lib_name":"x","lib_type":1}"#, -117),
        (#"{"msg_id":"1026","lib_id":"x"}"#, -3596), (#"{"msg_id":"1026"}"#, -3596),
        (#"{"msg_id":"1034","qry_len":51}"#, -3596), (#"{"msg_id":"1034","start_no":0}"#, -3596),
        (#"{"msg_id":"1029","lib_id":1}"#, -3599), (#"{"msg_id":"4711"}"#, -3599), (#"{"lib_id":1}"#, -3599),
        ("[]", -3596), ("not json", -3596), (#"{"msg_id":1028}"#, 0), (#"{"msg_id":"1028"}"#, 0),
    ])
    func codes(request: String, code: Int) async throws {
        try await Bench.with { bench async throws in #expect(try await bench.json(request).code == code) }
    }

    @Test func queriesAreFilteredAndPaged() async throws {
        try await Bench.with { bench async throws in
            for name in ["a", "b", "c"] {
                _ = try await bench.json(#"{"msg_id":"1025","lib_name":"\#(name)","lib_type":1}"#)
            }
            let all = try await bench.json(#"{"msg_id":"1034","start_no":2,"qry_len":2}"#)
            #expect(all["data.result_num"] == "2")
            #expect(all["data.total_num"] == "4")
            #expect(all["data.record.0.lib_name"] == "a")
            #expect(try await bench.json(#"{"msg_id":"1034","lib_name":"sta"}"#)["data.total_num"] == "0")
            #expect(
                try await bench.json(#"{"msg_id":"1034","lib_type":1,"lib_id":3}"#)["data.record.0.lib_name"] == "b"
            )
            let past = try await bench.json(#"{"msg_id":"1034","start_no":9}"#)
            #expect(past.code == 0)
            #expect(past["data.record"] == "[0]")
            #expect(past["data.total_num"] == "4")
        }
    }

    @Test(
        arguments: [
            ("lib_name_ci", #"{"msg_id":"1025","lib_name":"STAFF","lib_type":1}"#, "code", "-119"),
            ("lib_name_dups", #"{"msg_id":"1025","lib_name":"staff","lib_type":1}"#, "code", "0"),
            ("lib_name_max=5", #"{"msg_id":"1025","lib_name":"longer","lib_type":1}"#, "code", "-3596"),
            ("limit_libs=1", #"{"msg_id":"1025","lib_name":"x","lib_type":1}"#, "code", "-118"),
            ("modify_partial", #"{"msg_id":"1027","lib_id":1,"lib_type":1}"#, "data.lib_name", "staff"),
            ("list_includes_greylist", #"{"msg_id":"1028"}"#, "data.1.lib_id", "2147483647"),
            ("list_as_record", #"{"msg_id":"1028"}"#, "data.record.0.lib_name", "staff"),
            ("name_substring", #"{"msg_id":"1034","lib_name":"taf"}"#, "data.total_num", "1"),
            ("clamp", #"{"msg_id":"1034","qry_len":500,"start_no":-4}"#, "data.result_num", "1"),
            ("past_end_105", #"{"msg_id":"1034","start_no":9}"#, "code", "-105"),
            ("zero_based", #"{"msg_id":"1034","start_no":0}"#, "data.result_num", "1"),
            ("page_number", #"{"msg_id":"1034","start_no":2}"#, "data.result_num", "0"),
            ("empty_105", #"{"msg_id":"1034","lib_id":9}"#, "code", "-105"),
            ("empty_110", #"{"msg_id":"1035","lib_id":1}"#, "code", "-110"),
            ("camera_binds=1,7", #"{"msg_id":"1026","lib_id":1}"#, "code", "-123"),
            ("camera_binds=1,7", #"{"msg_id":"516"}"#, "data.camera.0.lib_ids", "1,7"),
            ("loose_types", #"{"msg_id":"1028"}"#, "data.0.lib_id", "1"),
            ("unknown_code", #"{"msg_id":"4711"}"#, "code", "-1"),
            ("strict_msg_id_string", #"{"msg_id":1028}"#, "code", "-3599"),
            ("strict_types", #"{"msg_id":"1025","lib_name":"x","lib_type":"1"}"#, "code", "-3596"),
            ("empty_msg", #"{"msg_id":"4711"}"#, "msg", ""),
            ("empty_data=null", #"{"msg_id":"1026","lib_id":1}"#, "data", "null"),
            ("empty_data={}", #"{"msg_id":"1026","lib_id":1}"#, "data", "{0}"),
            ("empty_data=absent", #"{"msg_id":"1026","lib_id":1}"#, "data", nil),
            ("failure_without_data", #"{"msg_id":"4711"}"#, "data", nil),
            ("pre_privacy", #"{"msg_id":"1067","lib_id":1,"uuid":"x"}"#, "code", "-3599"),
            ("retention=30", #"{"msg_id":"1903","store_obj":1}"#, "saved_time", "30"),
            ("result_envelope_errors", #"{"msg_id":"1903","store_obj":2}"#, "result", "-3596"),
            ("result_also_code", #"{"msg_id":"1903","store_obj":1}"#, "code", "0"),
            ("face_off", #"{"msg_id":"1900"}"#, "data.face", "0"),
        ] as [(String, String, String, String?)]
    )
    func quirks(quirk: String, request: String, path: String, value: String?) async throws {
        try await Bench.with(quirk) { bench async throws in #expect(try await bench.json(request)[path] == value) }
    }

    @Test func looseTypesSwapNumbersAndDigits() async throws {
        try await Bench.with("loose_types") { bench async throws in
            _ = try await bench.store("17", #""person_age":"31""#)
            let raw = try await bench.json(#"{"msg_id":"1035","lib_id":1}"#).raw
            #expect(raw.contains(#""person_age":31"#))
            #expect(raw.contains(#""img_id":17"#))
            #expect(raw.contains(#""lib_id":"1""#))
            #expect(raw.contains(#""code":0"#))
        }
    }

    @Test func aLibraryTakesItsPortraitsAlong() async throws {
        try await Bench.with("lib_id_reuse") { bench async throws in
            _ = try await bench.store("E-1")
            #expect(try await bench.json(#"{"msg_id":"1028"}"#)["data.0.picture_no"] == "1")
            #expect(try await bench.json(#"{"msg_id":"1026","lib_id":1}"#).code == 0)
            #expect(try await bench.appliance.store.tally().deleted == 1)
            #expect(try await bench.json(#"{"msg_id":"1025","lib_name":"x","lib_type":1}"#)["data.lib_id"] == "1")
            #expect(try await bench.json(#"{"msg_id":"1035","lib_id":1}"#)["data.total_num"] == "0")
        }
        try await Bench.with("delete_nonempty") { bench async throws in
            _ = try await bench.store("E-1")
            #expect(try await bench.json(#"{"msg_id":"1026","lib_id":1}"#).code == -1)
        }
    }

    @Test(arguments: [
        ("1050", "data.stranger_cnt", "0"), ("516", "data.camera", "[0]"),
        ("1281", "data.device_id", "facelib-simulator"),
        ("1283", "data.sys_time", "2027-01-15 08:00:00"), ("1288", "data.storage_strategy", "1"),
        ("1301", "data.device_id", "facelib-simulator"), ("1306", "data.https_stat", "http"),
        ("1900", "data.face", "1"),
    ])
    func systemMessages(message: String, path: String, value: String) async throws {
        try await Bench.with { bench async throws in
            #expect(try await bench.json(#"{"msg_id":"\#(message)"}"#)[path] == value)
            #expect(try await bench.json(#"{"msg_id":"\#(message)"}"#, session: "").code == -141)
        }
    }
}
