// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Foundation
import Testing

@testable import FaceSimulator

@Suite struct RecordQueryTests {
    /// A device with 24 records of each kind and portraits in two libraries.
    private static func with(_ quirks: [String] = [], perform body: (Bench) async throws -> Void) async throws {
        try await Bench.with(quirks, records: 24) { bench async throws in
            _ = try await bench.appliance.store.createLibrary(name: "wanted", type: .keyPersonnel)
            let ann = #""person_name":"Ann","person_idcard":"123456","person_addr":"Oslo","person_age":"31""#
            for id in ["E-1", "E-2"] { _ = try await bench.store(id, ann) }
            _ = try await bench.store("W-1", ann, library: 2)
            try await body(bench)
        }
    }

    private static let attributes: Set<String> = [
        "st_age", "mustache_style", "st_respirator", "respirator_color", "glass_style", "gender_code", "st_expression",
        "cap_style", "st_age_value",
    ]

    /// The fields of a record as the tables of the interface document list them.
    private static let tables: [(String, String, String)] = [
        (
            "1037", "",
            """
            camera_name channel lib_id lib_name lib_type position ranking similarity snap_id snap_path threshold \
            trigger alive_type face_attr
            """
        ),
        (
            "1036", "",
            """
            camera_name channel create_time img_id img_path lib_id lib_name lib_type person_addr person_age \
            person_gender person_idcard person_name position ranking similarity snap_id snap_path threshold trigger \
            alive_type face_attr
            """
        ),
        ("1046", "", "camera_name channel position quality snap_id snap_path trigger body_attr"),
        (
            "1068", "",
            """
            camera_name channel position quality snap_id snap_path trigger body_attr alarm_type helmet_type \
            work_cloth_type work_cloth_color person_nums_in_area person_nums_crossline person_nums_cross_backline
            """
        ),
        (
            "2053", "",
            """
            img_id person_id camera_name channel position trigger count similarity threshold snap_path lib_id quality \
            feature img_path face_attr wander_threshold appear_count wander_channels
            """
        ),
        (
            "2054", "",
            """
            camera_name channel create_time img_id img_path lib_id lib_name lib_type position ranking similarity \
            snap_id snap_path threshold trigger alive_type face_attr alarm_type appear_count event_type \
            wander_channels wander_deviceID wander_trigger stranger_appear_channel
            """
        ),
        (
            "1065", #","person_id":"STRANGER""#,
            """
            camera_name channel face_attr img_id lib_id lib_name lib_type alive_type appear_count img_path alarm_type \
            event_type stranger_appear_channel wander_channels wander_deviceID wander_trigger position ranking \
            similarity snap_id snap_path threshold trigger
            """
        ),
        (
            "1066", #","snap_id":"STRANGER""#,
            """
            camera_name channel alarm_type event_type img_id face_attr lib_id lib_name lib_type position ranking \
            similarity snap_id snap_path threshold trigger
            """
        ),
        (
            "2057", #","person_id":"STRANGER""#,
            """
            person_id camera_name channel position trigger count similarity threshold snap_path quality feature lib_id \
            img_id img_path face_attr wander_threshold appear_count wander_channels
            """
        ),
    ]

    @Test(arguments: tables)
    func aRecordHasTheFieldsOfItsTable(message: String, extra: String, fields: String) async throws {
        try await Self.with { bench async throws in
            let stranger = DrawnRecord(kind: .strangers, number: 1).snapID
            let request = #"{"msg_id":"\#(message)"\#(extra)}"#
            let answer = try await bench.json(request.replacing("STRANGER", with: stranger))
            #expect(answer.code == 0)
            #expect(answer.keys("data.record.0") == Set(fields.split(separator: " ").map(String.init)))
            #expect(answer.keys("data") == ["record", "result_num", "total_num"])
            if !fields.contains("body_attr") { #expect(answer.keys("data.record.0.face_attr") == Self.attributes) }
            let body = answer.keys("data.record.0.body_attr")
            #expect(body.isSubset(of: BodyAttributes.names))
            let path = try #require(answer["data.record.0.snap_path"])
            let file = try #require(bench.appliance.store.folder.served(path))
            #expect(try bench.appliance.store.folder.read(file).starts(with: [0xFF, 0xD8, 0xFF]))
        }
    }

    /// How many records a query finds, or its code.
    private static let filters: [(String, String, Int)] = [
        // 12 of 24 captures are matched with a portrait; a quarter are not alive.
        ("1037", "", 24), ("1037", #","channel":3"#, 3), ("1037", #","channel":"3""#, 3),
        ("1037", #","channel":32"#, 0),
        ("1037", #","channel":33"#, -3596), ("1037", #","channel":0"#, -3596), ("1037", #","alive_type":"1""#, 6),
        ("1037", #","alive_type":"0,2""#, 18), ("1037", #","alive_type":"3""#, -3596), ("1037", #","lib_type":2"#, 8),
        ("1037", #","lib_type":1"#, 4), ("1037", #","lib_type":3"#, -3596), ("1037", #","lib_name":"wanted""#, 4),
        ("1037", #","lib_name":"want""#, 0), ("1037", #","lib_name":"wanted","lib_type":2"#, 0),
        ("1037", #","qry_len":51"#, -3596), ("1037", #","start_no":0"#, -3596), ("1037", #","start_no":99"#, 24),
        // Pairs share a second: 08:00:00, 08:05:07, 08:10:14, …
        ("1037", #","start_time":"2026-10-01 08:05:07","stop_time":"2026-10-01 08:10:14""#, 4),
        ("1037", #","stop_time":"2026-10-01 08:05:06""#, 2),
        ("1037", #","start_time":"2026-10-01 08:05:07""#, -3596), ("1037", #","stop_time":"yesterday""#, -3596),
        ("1037", #","start_time":"","stop_time":"""#, 24), ("1036", "", 24), ("1036", #","alive_type":"2""#, 16),
        ("1036", #","alive_type":"1""#, 0), ("1036", #","lib_ids":"2""#, 8), ("1036", #","lib_ids":"1,2""#, 24),
        ("1036", #","lib_ids":"x""#, -3596), ("1036", #","lib_name":"wanted","lib_ids":"1""#, 0),
        ("1046", #","channel":8"#, 3), ("1046", #","alive_type":"1""#, 24), ("1068", "", 24),
        ("1068", #","alarm_type":385"#, 2), ("1068", #","alarm_type":"385,386""#, 4),
        ("1068", #","alarm_type":"371,372""#, 0), ("1068", #","start_time":"2026-10-01 08:05:07""#, -3596),
        ("2053", "", 24), ("2053", #","channels":"1, 2,3""#, 9), ("2053", #","channels":"""#, 24),
        ("2053", #","channels":"1,99""#, -3596), ("2053", #","appear_time":6"#, 24), ("2054", #","channel":1"#, 3),
        ("1065", #","person_id":"STRANGER""#, 5), ("1065", #","person_id":"STRANGER","channels":"1""#, 1),
        ("1065", "", -3596), ("1065", #","person_id":"nobody""#, -105), ("2057", #","person_id":"STRANGER""#, 1),
        ("2057", #","person_id":"nobody""#, -105), ("2057", "", -3596), ("1066", #","snap_id":"CAPTURE""#, 1),
        ("1066", #","snap_id":"BODY""#, -105), ("1066", #","snap_id":"nobody""#, -105), ("1066", "", -3596),
    ]

    @Test func filtersSelect() async throws {
        try await Self.with { bench async throws in
            for (message, fields, outcome) in Self.filters {
                let request = #"{"msg_id":"\#(message)"\#(fields)}"#
                    .replacing("STRANGER", with: DrawnRecord(kind: .strangers, number: 1).snapID)
                    .replacing("CAPTURE", with: DrawnRecord(kind: .captures, number: 2).snapID)
                    .replacing("BODY", with: DrawnRecord(kind: .bodies, number: 1).snapID)
                let answer = try await bench.json(request)
                #expect(answer["data.total_num"] ?? answer["code"] == String(outcome), "\(request)")
            }
        }
    }

    /// What a quirk does to a query.
    private static let quirks: [(String, String, String, String, String)] = [
        ("stop_optional", "1037", #","start_time":"2026-10-01 08:05:07""#, "data.total_num", "22"),
        ("channels_max=8", "1037", #","channel":9"#, "code", "-3596"),
        ("channels_max=8", "2053", #","channels":"9""#, "code", "-3596"),
        ("channels_max=8", "1037", #","channel":8"#, "data.total_num", "3"),
        (
            "record_single_object", "1037", #","channel":1,"stop_time":"2026-10-01 08:05:07""#, "data.record.channel",
            "1"
        ),
        ("record_single_object", "1037", #","channel":1"#, "data.record", "[3]"),
        ("sort_desc", "1037", "", "data.record.0.trigger", "2026-10-01 08:56:17"),
        ("empty_105", "1037", #","channel":32"#, "code", "-105"),
        ("past_end_105", "1037", #","start_no":25"#, "code", "-105"),
        ("clamp", "1037", #","qry_len":99"#, "data.result_num", "24"),
        (
            "leading_slash", "1037", "", "data.record.0.snap_path",
            "/record/\(DrawnRecord(kind: .captures, number: 1).snapID).jpg"
        ),
        ("loose_types", "2057", #","person_id":"STRANGER""#, "data.record.0.count", "0"),
        ("pre_privacy", "1036", "", "data.record.0.person_addr", "Oslo"),
        ("mask_name", "1036", "", "data.record.0.person_name", "******"),
        ("mask_off", "1036", "", "data.record.0.person_addr", "******"),
    ]

    @Test(arguments: quirks)
    func whatAQuirkDoes(quirk: String, message: String, fields: String, path: String, value: String) async throws {
        try await Self.with([quirk]) { bench async throws in
            let request = #"{"msg_id":"\#(message)"\#(fields)}"#
                .replacing("STRANGER", with: DrawnRecord(kind: .strangers, number: 1).snapID)
            #expect(try await bench.json(request)[path] == value)
        }
    }

    @Test func alarmsAreOfPortraitsAndMasked() async throws {
        try await Self.with { bench async throws in
            let answer = try await bench.json(#"{"msg_id":"1036","qry_len":50}"#)
            var found: Set<String> = []
            for index in 0..<24 {
                let record = "data.record.\(index)."
                let imgID = try #require(answer[record + "img_id"])
                let library = try #require(answer[record + "lib_id"].flatMap { Int($0) })
                let portrait = try await bench.appliance.store.portrait(imgID, in: library)
                #expect(answer[record + "img_path"] == portrait.imgPath)
                #expect(answer[record + "person_name"] == "Ann")
                #expect(answer[record + "person_idcard"] == "******")
                #expect(answer[record + "person_gender"] == "")
                #expect(answer[record + "lib_name"] == (library == 1 ? "staff" : "wanted"))
                #expect(answer[record + "alive_type"] != "1")
                found.insert(imgID)
            }
            #expect(found == ["E-1", "E-2", "W-1"])
        }
    }

    @Test func alarmsAppearWithTheFirstPortraitAndStayWhenItGoes() async throws {
        try await Bench.with([], records: 4) { bench async throws in
            #expect(try await bench.json(#"{"msg_id":"1036"}"#)["data.total_num"] == "0")
            #expect(try await bench.json(#"{"msg_id":"1037"}"#)["data.record.1.lib_id"] == "0")
            _ = try await bench.store("E-1", #""person_name":"Ann""#)
            #expect(try await bench.json(#"{"msg_id":"1036"}"#)["data.total_num"] == "4")
            #expect(try await bench.json(#"{"msg_id":"1037"}"#)["data.record.1.lib_name"] == "staff")
            _ = try await bench.json(#"{"msg_id":"1027","lib_id":1,"lib_name":"crew","lib_type":1}"#)
            _ = try await bench.json(#"{"msg_id":"1031","lib_id":1,"img_id":"E-1"}"#)
            let answer = try await bench.json(#"{"msg_id":"1036"}"#)
            #expect(answer["data.total_num"] == "4")
            #expect(answer["data.record.0.img_id"] == "E-1")
            #expect(answer["data.record.0.person_name"] == "")
            #expect(answer["data.record.0.lib_name"] == "crew")
        }
    }

    @Test func pagesHaveEveryRecordOnce() async throws {
        try await Self.with { bench async throws in
            var ids: [String] = []
            var times: [String] = []
            for start in stride(from: 1, through: 24, by: 7) {
                let answer = try await bench.json(#"{"msg_id":"2054","start_no":\#(start),"qry_len":7}"#)
                for index in 0..<7 {
                    guard let id = answer["data.record.\(index).snap_id"] else { break }
                    ids.append(id)
                    times.append(answer["data.record.\(index).trigger"] ?? "")
                }
            }
            #expect(ids.count == 24)
            #expect(Set(ids).count == 24)
            #expect(times == times.sorted())
        }
    }

    @Test func recordsComeAndGoBetweenPages() async throws {
        try await Self.with(["mutate_during_paging=1"]) { bench async throws in
            func total() async throws -> String? {
                try await bench.json(#"{"msg_id":"1046","qry_len":5}"#)["data.total_num"]
            }
            #expect(try await [total(), total(), total()] == ["24", "23", "23"])
        }
    }

    @Test func recordsAreTheSameOnEveryDeviceAndGrowInNumber() async throws {
        try await TemporaryFolder.with { path in
            func start(_ count: Int) throws -> DeviceStore {
                let store = try DeviceStore(folder: DeviceFolder(path), quirks: Quirks(), clock: .system)
                try store.drawRecords(count)
                return store
            }
            let few = try await start(2).recordDigests(.captures, after: 0)
            let more = try await start(5).recordDigests(.captures, after: 0)
            let again = try await start(0).recordDigests(.captures, after: 0)
            #expect(few.map(\.sha256) == more.prefix(2).map(\.sha256))
            #expect(more.map(\.snapID) == again.map(\.snapID))
            #expect(more.count == 5)
        }
        let drawn = DrawnRecord(kind: .captures, number: 1)
        #expect(drawn.snapID == DrawnRecord(kind: .captures, number: 1).snapID)
        #expect(UUID(uuidString: drawn.snapID) != nil)
    }

    @Test func noTwoPicturesAndIdsAreAlike() throws {
        var pictures: Set<[UInt8]> = []
        var ids: Set<String> = []
        for kind in RecordKind.allCases {
            for number in 1...200 { ids.insert(DrawnRecord(kind: kind, number: number).snapID) }
        }
        for number in 1...1000 { pictures.insert(try DrawnPicture.jpeg(number)) }
        for number in 16...24 { pictures.insert(try DrawnPicture.jpeg(1 << number)) }
        #expect(ids.count == RecordKind.allCases.count * 200)
        #expect(pictures.count == 1009)
    }
}
