// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import Foundation
import ScriptedServer
import Testing

@Suite(.timeLimit(.minutes(20))) struct PortraitTests {
    private let record = """
        {"create_time":"2019-01-23 12:00:19","img_id":"E-17","img_path":"img/1_a.png","lib_id":1,"person_addr":"******",\
        "person_age":14,"person_gender":"1","person_idcard":"130****12","person_name":"wang"}
        """

    @Test func aPageMasksWhatTheDeviceMasks() async throws {
        let record = record
        let appliance = try Appliance { message, _, _ in
            message == "1035" ? #"{"code":0,"data":{"record":[\#(record)],"result_num":1,"total_num":"120"}}"# : nil
        }
        let page = try await appliance.with { try await $0.portraits(in: 1, from: 51, count: 50) }
        #expect(page.total == 120)
        let listed = try #require(page.portraits.first)
        #expect(listed.id.text == "E-17")
        #expect(listed.address == nil)
        #expect(listed.identity == nil)
        #expect(listed.age == "14")
        #expect(listed.gender == "1")
        #expect(listed.name == "wang")
        #expect(appliance.calls("1035")[0].text == #"{"msg_id":"1035","lib_id":1,"start_no":51,"qry_len":50}"#)
    }

    @Test(arguments: [
        #"{"code":-105,"data":"","msg":""}"#, #"{"code":-110}"#, #"{"code":0,"data":""}"#,
        #"{"code":0,"data":{"record":[],"result_num":0,"total_num":0}}"#,
        #"{"code":0,"data":{"record":"","result_num":0,"total_num":0}}"#,
    ])
    func anEmptyLibraryIsNoError(text: String) async throws {
        let appliance = try Appliance { message, _, _ in message == "1035" ? text : nil }
        let page = try await appliance.with { try await $0.portraits(in: 1, from: 1, count: 50) }
        #expect(page.portraits.isEmpty)
        #expect(page.total == 0)
    }

    @Test(arguments: [
        #"{"record":[{"img_path":"x"}],"total_num":1}"#, #"{"record":[]}"#, #"{"total_num":3}"#,
        #"{"record":7,"total_num":3}"#,
    ])
    func aListingWithHolesIsNotTaken(data: String) async throws {
        let appliance = try Appliance { message, _, _ in message == "1035" ? #"{"code":0,"data":\#(data)}"# : nil }
        try await appliance.with { device in
            let error = await #expect(throws: DeviceError.self) {
                try await device.portraits(in: 1, from: 1, count: 50)
            }
            #expect(error?.code == .malformedReply)
        }
    }

    @Test(arguments: [-126, -105, -110])
    func aMissingPortraitIsNil(code: Int) async throws {
        let appliance = try Appliance { _, _, _ in #"{"code":\#(code),"data":"","msg":""}"# }
        try await appliance.with { device in
            check(try await device.portrait(try PortraitID("E-17"), in: 1) == nil, true)
            check(try await device.clearAttributes(of: try PortraitID("E-17"), in: 1), nil)
        }
    }

    @Test(arguments: [
        "/9j/4AAQSkZJRg==", "data:image/jpeg;base64,/9j/4AAQSkZJRg==", "/9j/\\r\\n4AAQSkZJRg==", "\\/9j\\/4AAQSkZJRg==",
        "", "\\ufffd\\u0001x", "bm90IGFuIGltYWdl", "data:nothing",
    ])
    func theImageIsReadOrFetched(img: String) async throws {
        let appliance = try Appliance(raw: { message, request in message == "GET" ? .reply(jpeg) : nil }) {
            message,
            _,
            _ in
            message == "1032" ? #"{"code":0,"data":{"img_id":"E-17","img":"\#(img)","img_path":"img/1_a.png"}}"# : nil
        }
        let stored = try await appliance.with { try await $0.portrait(try PortraitID("E-17"), in: 8) }
        #expect(stored?.image == jpeg)
        #expect(appliance.calls("GET").map(\.path) == (img.contains("4AAQ") ? [] : ["/ws/img/1_a.png"]))
        #expect(appliance.calls("1032")[0].text == #"{"msg_id":"1032","lib_id":8,"img_id":"E-17"}"#)
    }

    @Test(arguments: ["", "img/gone.jpg"])
    func aPortraitWithoutAnImageHasNone(path: String) async throws {
        let appliance = try Appliance(raw: { message, _ in message == "GET" ? .text("", status: 404) : nil }) {
            message,
            _,
            _ in
            message == "1032" ? #"{"code":0,"data":{"img_id":"E-17","img":"","img_path":"\#(path)"}}"# : nil
        }
        let stored = try await appliance.with { try await $0.portrait(try PortraitID("E-17"), in: 8) }
        #expect(stored != nil)
        #expect(stored?.image == nil)
    }

    @Test func anotherPortraitThanAskedForIsNotTaken() async throws {
        let appliance = try Appliance { _, _, _ in #"{"code":0,"data":{"img_id":"E-18","img":""}}"# }
        try await appliance.with { device in
            let error = await #expect(throws: DeviceError.self) {
                try await device.portrait(try PortraitID("E-17"), in: 8)
            }
            #expect(error?.code == .malformedReply)
        }
    }

    @Test(arguments: [
        #"{"record":[{"img_id":"E-17","person_addr":"Oslo"}],"result_num":1,"total_num":1}"#,
        #"{"record":{"img_id":"E-17","person_addr":"Oslo"}}"#, #"{"img_id":"E-17","person_addr":"Oslo"}"#,
        #"{"person_addr":"Oslo","person_age":""}"#,
    ])
    func clearAttributesComeInThreeForms(data: String) async throws {
        let appliance = try Appliance { message, _, _ in message == "1067" ? #"{"code":0,"data":\#(data)}"# : nil }
        let clear = try await appliance.with { try await $0.clearAttributes(of: try PortraitID("E-17"), in: 1) }
        #expect(clear?.address == "Oslo")
        #expect(clear?.id.text == "E-17")
        #expect(appliance.calls("1067")[0].text == #"{"msg_id":"1067","lib_id":1,"uuid":"E-17","img_id":"E-17"}"#)
    }

    @Test func onePortraitIsStoredWithItsFields() async throws {
        let appliance = try Appliance()
        try await appliance.with { try await $0.store(try portrait("E-17", name: "A_\"n\"\n"), in: 3) }
        #expect(
            appliance.calls("1051")[0].text == """
                {"msg_id":"1051","lib_id":3,"img_id":"E-17","person_name":"A_\\"n\\"\\n","person_gender":"0","person_age":"31",\
                "person_addr":"Oslo","img":{"filename":"E-17.jpg","data":"data:image/jpg;base64,/9j/4AAQSkZJRg=="}}
                """
        )
    }

    @Test func onlyGivenAttributesAreChanged() async throws {
        let appliance = try Appliance()
        var change = AttributeChange()
        change.age = "90"
        change.address = ""
        try await appliance.with { [change] in try await $0.updateAttributes(of: try PortraitID("t"), in: 8, to: change)
        }
        #expect(
            appliance.calls("1033")[0].text
                == #"{"msg_id":"1033","lib_id":8,"img_id":"t","person_age":"90","person_addr":""}"#
        )
    }

    @Test(arguments: [0, -126, -105])
    func deletedOrNotThereIsDone(code: Int) async throws {
        let appliance = try Appliance { message, _, _ in message == "1044" ? #"{"code":\#(code)}"# : nil }
        try await appliance.with { try await $0.deletePortraits([try PortraitID("a"), try PortraitID("b")], in: 2) }
        #expect(appliance.calls("1044")[0].text == #"{"msg_id":"1044","lib_id":2,"img_ids":"a,b"}"#)
    }

    @Test func aLargeImageWithEscapesIsReadWhole() async throws {
        let image = jpeg + (0..<500_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
        let base64 = Data(image).base64EncodedString().replacingOccurrences(of: "/", with: "\\/")
        let appliance = try Appliance { message, _, _ in
            message == "1032" ? #"{"code":0,"data":{"img_id":"E-17","img":"\#(base64)"}}"# : nil
        }
        try await appliance.with { device in
            check(try await device.portrait(try PortraitID("E-17"), in: 8)?.image, image)
        }
    }
}
