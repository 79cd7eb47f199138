// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import ScriptedServer
import Testing

@Suite(.timeLimit(.minutes(20))) struct RecordTests {
    private func appliance(_ message: String, _ reply: String) throws -> Appliance {
        try Appliance { asked, _, _ in asked == message ? reply : nil }
    }

    private func page(_ record: String, kind: RecordKind = .captures) async throws -> RecordPage {
        let appliance = try Appliance { _, _, _ in #"{"code":0,"data":{"record":\#(record),"total_num":9},"msg":""}"# }
        return try await appliance.with { try await $0.records(kind, filter(kind), from: 1, count: 50) }
    }

    private func filter(_ kind: RecordKind) -> RecordFilter { RecordFilter(person: kind == .profile ? "p" : nil) }

    private let everything = RecordFilter(
        period: .init(from: "2026-11-01 00:00:00", to: "2026-11-02 23:59:59"),
        channel: 3
    )

    @Test(arguments: [
        (RecordKind.captures, "1037", #""channel":3,T,"alive_type":"0,1,2","#),
        (.alarms, "1036", #""channel":3,T,"alive_type":"0,1,2","#),
        (.bodies, "1046", #""channel":3,T,"#), (.bodyAlarms, "1068", #""channel":3,T,"#),
        (.strangers, "2053", #""channels":"3",T,"#), (.wandering, "2054", #""channel":3,T,"#),
        (.profile, "1065", #""person_id":"p","channels":"3",T,"#),
    ])
    func eachKindIsAskedForInItsOwnWords(kind: RecordKind, message: String, fields: String) async throws {
        let appliance = try appliance(message, #"{"code":0,"data":{"record":[],"result_num":0,"total_num":0}}"#)
        var filter = everything
        filter.person = kind == .profile ? "p" : nil
        let page = try await appliance.with { [filter] in try await $0.records(kind, filter, from: 51, count: 50) }
        #expect(page.records.isEmpty)
        let time = #""start_time":"2026-11-01 00:00:00","stop_time":"2026-11-02 23:59:59""#
        let expected = #"{"msg_id":"\#(message)",\#(fields.replacing("T", with: time))"start_no":51,"qry_len":50}"#
        #expect(appliance.calls(message).map(\.text) == [expected])
    }

    @Test(arguments: [
        (RecordKind.captures, "1043", "snap_ids"), (.alarms, "1042", "snap_ids"), (.bodies, "1047", "snap_ids"),
        (.bodyAlarms, "1069", "snap_ids"), (.strangers, "2050", "person_ids"), (.wandering, "2056", "snap_ids"),
        (.profile, "2052", "snap_ids"),
    ])
    func chosenRecordsAreExportedByTheirIDs(kind: RecordKind, message: String, parameter: String) async throws {
        let appliance = try appliance(
            message,
            #"{"code":0,"data":{"export_url":"tmp/a","failed_img_ids":["b"],"result_num":1,"total_num":2}}"#
        )
        let person = kind == .profile ? "p" : nil
        let reply = try await appliance.with { try await $0.exportRecords(kind, ["a", "b"], of: person) }
        #expect(reply.failed == ["b"])
        #expect(reply.passphrase == nil)
        let end = person == nil ? "}" : #","person_id":"p"}"#
        #expect(appliance.calls(message).map(\.text) == [#"{"msg_id":"\#(message)","\#(parameter)":"a,b"\#(end)"#])
    }

    @Test(arguments: [
        (RecordKind.captures, "1040", 500), (.alarms, "1039", 500), (.bodies, "1048", 500), (.bodyAlarms, "1070", 500),
        (.strangers, "2049", 500), (.wandering, "2055", 500), (.profile, "2051", 50),
    ])
    func pagesOfRecordsAreExportedAsLargeAsTheDeviceAllows(kind: RecordKind, message: String, limit: Int) async throws {
        #expect(kind.exportPageLimit == limit)
        let appliance = try appliance(
            message,
            #"{"code":0,"data":{"export_url":"tmp/a","result_num":1,"total_num":2,"zippasswd":"x"}}"#
        )
        var filter = filter(kind)
        if kind == .alarms { filter.libraries = [.init(id: 1, name: "a"), .init(id: 7, name: "b")] }
        let reply = try await appliance.with { [filter] device in
            try await device.exportRecords(kind, filter, from: 1, count: limit)
        }
        #expect(reply.passphrase?.revealed == "x")
        let text = appliance.calls(message).first?.text ?? ""
        #expect(text.hasSuffix(#""start_no":1,"qry_len":\#(limit)}"#))
        #expect(text.contains(#""lib_ids":"1,7""#) == (kind == .alarms))
    }

    @Test func capturesNameTheirLibraryAndAlarmsTheirLibraries() async throws {
        let appliance = try Appliance()
        let staff = RecordFilter.Library(id: 3, name: "staff")
        try await appliance.with { device in
            _ = try await device.records(.captures, RecordFilter(libraries: [staff]), from: 1, count: 1)
            _ = try await device.records(
                .alarms,
                RecordFilter(libraries: [staff], aliveness: [.alive]),
                from: 1,
                count: 1
            )
        }
        #expect(appliance.calls("1037").first?.text.contains(#""lib_name":"staff","alive_type":"0,1,2""#) == true)
        #expect(appliance.calls("1036").first?.text.contains(#""lib_ids":"3","alive_type":"2""#) == true)
    }

    @Test func whatAKindCannotBeChosenByIsRefusedBeforeAnythingIsSent() async throws {
        let libraries = [RecordFilter.Library(id: 1, name: "a"), RecordFilter.Library(id: 2, name: "b")]
        let refused: [(RecordKind, RecordFilter)] = [
            (.bodies, RecordFilter(libraries: [libraries[0]])), (.captures, RecordFilter(libraries: libraries)),
            (.strangers, RecordFilter(aliveness: [.alive])), (.captures, RecordFilter(person: "p")),
            (.profile, RecordFilter()),
        ]
        let appliance = try Appliance()
        try await appliance.with { device in
            for (kind, filter) in refused {
                check(await failure { try await device.records(kind, filter, from: 1, count: 1) }, .refused)
                #expect(kind.objection(to: filter) != nil)
            }
            // Mandatory for this export only.
            check(
                await failure { try await device.exportRecords(.alarms, RecordFilter(), from: 1, count: 1) },
                .refused
            )
            check(await failure { try await device.exportRecords(.profile, ["a"], of: nil) }, .refused)
        }
        #expect(appliance.server.requests.isEmpty)
    }

    @Test func aProfileIsExportedUnderTheMisspeltNameToo() async throws {
        let appliance = try Appliance { message, _, request in
            guard message == "2052" else { return nil }
            guard request.text.contains("preson_id") else { return #"{"code":-3596}"# }
            return #"{"code":0,"data":{"export_url":"tmp/a","result_num":1}}"#
        }
        let reply = try await appliance.with { try await $0.exportRecords(.profile, ["a"], of: "p") }
        #expect(reply.exported == 1)
        #expect(appliance.calls("2052").count == 2)
    }

    // MARK: Records

    @Test func aRecordKeepsEveryFieldInOrder() async throws {
        let page = try await page(
            #"""
            [{"camera_name":"no1","channel":3,"face_attr":{"cap_style":"cap","gender_code":"female",
            "st_age_value":"26.000000","st_helmet_style":"x"},"lib_id":"1","lib_type":1,"ranking":1,"new":null,
            "snap_id":"s1","snap_path":"record/s1.jpg","alive_type":2,"trigger":"2019-01-23 12:07:53",
            "numbers":[1,2.5,"x"],"objects":[{"a":1},{"a":true}]}]
            """#
        )
        let record = try #require(page.records.first)
        #expect(page.total == 9)
        #expect(record.id == "s1")
        #expect(record.imagePath == "record/s1.jpg")
        #expect(record.matchedImagePath == "")
        #expect(
            record.fields == [
                .init(name: "camera_name", text: "no1"), .init(name: "channel", text: "3"),
                .init(name: "face_attr.cap_style", text: "cap", words: "hat"),
                .init(name: "face_attr.gender_code", text: "female", words: "female"),
                .init(name: "face_attr.st_age_value", text: "26.000000", words: "26"),
                .init(name: "face_attr.st_helmet_style", text: "x"), .init(name: "lib_id", text: "1"),
                .init(name: "lib_type", text: "1", words: "key personnel"), .init(name: "ranking", text: "1"),
                .init(name: "new", text: ""), .init(name: "snap_id", text: "s1"),
                .init(name: "snap_path", text: "record/s1.jpg"), .init(name: "alive_type", text: "2", words: "alive"),
                .init(name: "trigger", text: "2019-01-23 12:07:53"), .init(name: "numbers", text: "1,2.5,x"),
                .init(name: "objects.1.a", text: "1"), .init(name: "objects.2.a", text: "1"),
            ]
        )
    }

    @Test func maskedValuesAreUnknown() async throws {
        let page = try await page(
            #"[{"snap_id":"s","person_idcard":"*****","person_addr":"Os***","person_name":"**","person_gender":""}]"#,
            kind: .alarms
        )
        let fields = page.records.first?.fields ?? []
        #expect(fields.map(\.text) == ["s", nil, nil, "**", ""])
    }

    @Test(arguments: [
        (#"{"snap_id":"s"}"#, ["s"]), (#"[]"#, []), (#"{}"#, []), (#""""#, []), ("null", []),
        (#"[{"snap_id":"s"},{"snap_id":17},{"camera_name":"no id"}]"#, ["s", "17", ""]),
        (#"[{"snap_id":"first","snap_id":"last"}]"#, ["last"]),
    ])
    func recordsComeInAListOrAlone(record: String, ids: [String]) async throws {
        let page = try await page(record)
        #expect(page.records.map(\.id) == ids)
    }

    @Test(arguments: [#"{"code":-105}"#, #"{"code":-110}"#, #"{"code":0,"data":""}"#, #"{"code":0}"#])
    func nothingFoundIsAnEmptyPage(reply: String) async throws {
        let appliance = try appliance("1037", reply)
        let page = try await appliance.with { try await $0.records(.captures, RecordFilter(), from: 51, count: 50) }
        #expect(page.records.isEmpty)
        #expect(page.total == 50)
    }

    @Test(arguments: [
        #"{"code":0,"data":{"record":7,"total_num":1}}"#, #"{"code":0,"data":{"total_num":1}}"#,
        #"{"code":0,"data":{"record":[{"snap_id":"s"}]}}"#,
    ])
    func aReplyWithoutRecordsOrTotalIsNone(reply: String) async throws {
        let appliance = try appliance("1037", reply)
        let code = await failure {
            try await appliance.with { try await $0.records(.captures, RecordFilter(), from: 1, count: 50) }
        }
        #expect(code == .malformedReply)
    }

    @Test(arguments: [#"{"person_id":"a","img_id":"a"}"#, #"{"person_id":"a"}"#, #"{"img_id":"a"}"#])
    func aStrangerHasItsIDOnceOrTwice(record: String) async throws {
        let page = try await page(record, kind: .strangers)
        #expect(page.records.map(\.id) == ["a"])
    }

    @Test func bothSpellingsOfTheThresholdAreOneField() async throws {
        for name in ["wander_thresHold", "wander_threshold"] {
            let page = try await page(
                #"[{"person_id":"a","\#(name)":5,"quality":0.9495999813079834}]"#,
                kind: .strangers
            )
            #expect(page.records.first?["wander_threshold"] == "5")
            #expect(page.records.first?["quality"] == "0.9495999813079834")
        }
    }

    @Test func placesAndTimesOfWanderingComeAsTextOrNumber() async throws {
        let page = try await page(#"[{"snap_id":"s","wander_deviceID":7,"wander_trigger":"now"}]"#, kind: .profile)
        #expect(page.records.first?["wander_deviceID"] == "7")
        #expect(page.records.first?["wander_trigger"] == "now")
    }

    @Test func aFilterCanBeHeldAgainstWhatCame() {
        func record(_ fields: (String, String)...) -> DeviceRecord {
            DeviceRecord(
                id: "s",
                imagePath: "",
                matchedImagePath: "",
                fields: fields.map { .init(name: $0.0, text: $0.1) }
            )
        }
        let filter = RecordFilter(channel: 3, libraries: [.init(id: 1, name: "a")], aliveness: [.alive])
        #expect(filter.covers(record(("channel", "3"), ("lib_id", "1"), ("alive_type", "2"))))
        #expect(filter.covers(record()))
        #expect(!filter.covers(record(("channel", "4"))))
        #expect(!filter.covers(record(("lib_id", "2"))))
        #expect(!filter.covers(record(("alive_type", "0"))))
        #expect(RecordFilter().covers(record(("channel", "4"))))
    }

    // MARK: Single queries

    @Test(arguments: [
        (#"{"record":[{"person_id":"a","appear_count":617}],"result_num":1,"total_num":1}"#, "617"),
        (#"{"record":{"img_id":"a","appear_count":"617"}}"#, "617"), (#"{"record":[],"total_num":0}"#, nil),
        (#""""#, nil),
    ])
    func oneStrangerIsAskedForByID(data: String, count: String?) async throws {
        let appliance = try appliance("2057", #"{"code":0,"data":\#(data)}"#)
        let stranger = try await appliance.with { try await $0.stranger("a") }
        #expect(stranger?["appear_count"] == count)
        #expect(appliance.calls("2057").map(\.text) == [#"{"msg_id":"2057","person_id":"a"}"#])
    }

    @Test func anotherStrangerIsNotTakenForTheOneAskedFor() async throws {
        let appliance = try appliance("2057", #"{"code":0,"data":{"record":[{"person_id":"b","img_id":"b"}]}}"#)
        let code = await failure { try await appliance.with { try await $0.stranger("a") } }
        #expect(code == .malformedReply)
    }

    @Test(arguments: [(#"{"code":-105}"#, nil), (#"{"code":0,"data":{"record":[{"img_id":"p"}]}}"#, "p")])
    func thePersonBehindACaptureIsNamed(reply: String, person: String?) async throws {
        let appliance = try appliance("1066", reply)
        let found = try await appliance.with { try await $0.person(behind: "s") }
        #expect(found?["img_id"] == person)
        #expect(appliance.calls("1066").map(\.text) == [#"{"msg_id":"1066","snap_id":"s"}"#])
    }
}
