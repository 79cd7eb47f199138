// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import Logging
import ScriptedServer
import Testing

@Suite(.timeLimit(.minutes(20))) struct EnvelopeTests {
    private func reply(_ message: String, _ text: String) throws -> Appliance {
        try Appliance { asked, _, _ in asked == message ? text : nil }
    }

    @Test(arguments: [#""data":"","msg":"""#, #""data":null"#, #""data":{}"#, #""data":[]"#, #""msg":"""#])
    func everyFormOfNothingIsSuccess(rest: String) async throws {
        let appliance = try reply("1026", #"{"code":0,\#(rest)}"#)
        let library = DeviceLibrary(id: 3, name: "staff", type: .whitelist, portraitCount: 0, updateTime: "")
        try await appliance.with { try await $0.deleteLibrary(library) }
        #expect(appliance.calls("1026")[0].text == #"{"msg_id":"1026","lib_id":3}"#)
    }

    @Test(arguments: [
        (#"{"msg_id":"1903","result":0,"store_obj":1,"saved_time":30}"#, 30),
        (#"{"msg_id":"1903","code":0,"result":0,"data":{"saved_time":"30"}}"#, 30),
        (#"{"result":"0","saved_time":30.0}"#, 30), ("\u{FEFF}{\"code\":\"0\",\"data\":{\"saved_time\":0}}", 0),
    ])
    func bothEnvelopesAndLooseTypesAreRead(text: String, days: Int) async throws {
        check(try await reply("1903", text).with { try await $0.retentionDays() }, days)
    }

    @Test func aResultOtherThanZeroIsARefusal() async throws {
        let appliance = try reply("1903", #"{"msg_id":"1903","result":-3596}"#)
        try await appliance.with { device in
            let error = await #expect(throws: DeviceError.self) { try await device.retentionDays() }
            #expect(error?.code == .refused)
            #expect(error?.deviceCode == -3596)
        }
    }

    @Test(arguments: [
        (#"[{"lib_id":1,"lib_name":"a","lib_type":2,"picture_no":6,"update_time":"t"}]"#, 1),
        (#"{"record":[{"lib_id":"1","lib_name":"a","lib_type":"2","picture_no":"6"},{"lib_id":2147483647}]}"#, 1),
        ("\"\"", 0), ("[]", 0), ("null", 0), (#"{"record":[]}"#, 0),
    ])
    func librariesAreReadFromAListOrAnObject(data: String, count: Int) async throws {
        let appliance = try reply("1028", #"{"code":0,"data":\#(data),"msg":""}"#)
        let libraries = try await appliance.with { try await $0.libraries() }
        #expect(libraries.count == count)
        if let first = libraries.first {
            #expect(first.id == 1)
            #expect(first.type == .whitelist)
            #expect(first.portraitCount == 6)
        }
    }

    @Test func theRefusalSaysWhatAndWhy() async throws {
        let appliance = try reply("1025", #"{"code":-119,"data":"","msg":"exists"}"#)
        try await appliance.with { device in
            let error = await #expect(throws: DeviceError.self) {
                try await device.createLibrary(named: "a", type: .whitelist)
            }
            #expect(
                error?.message
                    == "device hq refused to create the library: code -119 (the face library already exists): exists"
            )
            #expect(error?.mayPass == false)
        }
    }

    @Test func aMadeLibraryIsFoundInTheListAfterwards() async throws {
        let appliance = try Appliance { message, _, _ in
            switch message {
            case "1025": #"{"code":0,"data":{"lib_id":2,"lib_name":"b"},"msg":""}"#
            case "1028":
                #"{"code":0,"data":[{"lib_id":1,"lib_name":"a","lib_type":1},{"lib_id":2,"lib_name":"b","lib_type":2}]}"#
            default: nil
            }
        }
        let library = try await appliance.with { try await $0.createLibrary(named: "b", type: .whitelist) }
        #expect(library.id == 2)
        #expect(appliance.calls("1025")[0].text == #"{"msg_id":"1025","lib_name":"b","lib_type":2}"#)
    }

    @Test(arguments: [
        ("{\"code\":0,}", DeviceError.Code.malformedReply), ("", .malformedReply), ("<html>", .notADevice),
        ("{}", .malformedReply), ("[0]", .malformedReply), ("{\"code\":0} x", .malformedReply),
    ])
    func whatIsNoReplyIsSaidSo(text: String, code: DeviceError.Code) async throws {
        let appliance = try reply("1283", text)
        try await appliance.with { device in
            #expect(await failure { try await device.clock() } == code)
        }
    }

    @Test(arguments: [
        (500, #"{"code":-3524,"data":"","msg":""}"#, DeviceError.Code.refused, DeviceError.Code.refused),
        (500, "oops", .unreachable, .replyLost), (503, "", .unreachable, .replyLost), (413, "", .tooLarge, .tooLarge),
    ])
    func otherStatusesAreJudgedByWhatTheyCarry(
        status: Int,
        body: String,
        reading: DeviceError.Code,
        writing: DeviceError.Code
    ) async throws {
        let appliance = try Appliance(raw: { message, _ in
            message == "257" || message == "258" ? nil : .text(body, status: status)
        })
        try await appliance.with { device in
            #expect(await failure { try await device.clock() } == reading)
            #expect(await failure { try await device.store(portrait("E-1"), in: 1) } == writing)
        }
    }

    @Test func aLostAnswerIsUnknownForAWriteAndUnreachableForARead() async throws {
        let appliance = try Appliance(raw: { message, _ in message == "257" ? nil : .hangUp })
        try await appliance.with { device in
            #expect(await failure { try await device.store(portrait("E-1"), in: 1) } == .replyLost)
            #expect(await failure { try await device.clock() } == .unreachable)
        }
        #expect(appliance.calls("1051").count == 1)
    }

    @Test func aDeviceThatClosesWhileSentToWasNotGivenTheRequest() async throws {
        let appliance = try Appliance(
            bodyLimit: 100_000,
            raw: { message, request in request.body.isEmpty ? .hangUp : nil }
        )
        var large = try portrait("E-1")
        large.image.bytes += [UInt8](repeating: 0, count: 12 << 20)
        try await appliance.with { [large] device in
            let error = await #expect(throws: DeviceError.self) { try await device.store(large, in: 1) }
            #expect(error?.code == .cutOff, "\(error?.message ?? "")")
        }
        #expect(appliance.server.requests.count { ($0.headers["content-length"]?.count ?? 0) > 5 } == 1)
    }

    @Test(arguments: ["10.5.2.81", "ftp://a", "https://", "https://a/b", "https://u:p@a", ""])
    func anAddressIsSchemeHostAndPort(url: String) {
        let settings = DeviceSettings(name: "hq", url: url, user: "u", password: Secret("p"))
        #expect(throws: DeviceError.self) { try HTTPDevice(settings, logger: .init(label: "test")) }
    }

    @Test func statusMessagesAreRead() async throws {
        let appliance = try Appliance { message, _, _ in
            switch message {
            case "516":
                #"{"code":0,"data":{"camera":[{"channel":4,"camera_name":"gate","lib_ids":"22, 3","camera_pwd":"x"}]}}"#
            case "1283": #"{"code":0,"data":{"sys_time":"2019-01-23 14:51:18","time_zone":"GMT+08:00"}}"#
            case "1288": #"{"code":0,"data":{"cur_storage":"5","max_storage":2048,"storage_strategy":1}}"#
            case "1900": #"{"code":0,"data":{"capture":"11","face":"0"}}"#
            case "1306": #"{"code":0,"data":{"https_stat":"HTTPS"}}"#
            case "779": #"{"code":0,"data":{"quality":67,"coordinate":"56,10,432,678"}}"#
            case "782": #"{"code":0,"data":[{"quality":67},{"quality":60}]}"#
            default: nil
            }
        }
        let image = OutgoingImage(bytes: jpeg, fileExtension: "jpg")
        try await appliance.with { device in
            check(try await device.cameras(), [Camera(channel: 4, name: "gate", libraryIDs: [22, 3])])
            check(try await device.clock(), DeviceClock(time: "2019-01-23 14:51:18", zone: "GMT+08:00"))
            check(try await device.storage(), DeviceStorage(used: 5, capacity: 2048, strategy: 1))
            check(try await device.kept(), KeptData(portraitImages: false, captures: "11"))
            check(try await device.protocolMode(), "https")
            check(try await device.detectFace(in: image), FaceDetection(quality: 67, box: "56,10,432,678"))
            check(try await device.countFaces(in: image), 2)
        }
        #expect(
            appliance.calls("779")[0].text.contains(#""img":{"filename":"face.jpg","data":"data:image/jpg;base64,/9j/"#)
        )
        #expect(appliance.calls("782")[0].path == "/api/form")
    }

    @Test func aRawMessageGoesOutAsItIs() async throws {
        let appliance = try reply("1050", #"{"code":-1,"data":{"x":1}}"#)
        try await appliance.with { device in
            let text = try await device.call(
                message: "1050",
                fieldsJSON: #"{"a":[1.50,null,true],"msg_id":"9","b":{"c":"\u5f20\""}}"#
            )
            #expect(text == #"{"code":-1,"data":{"x":1}}"#)
            await #expect(throws: DeviceError.self) { try await device.call(message: "1050", fieldsJSON: "[1]") }
            await #expect(throws: DeviceError.self) { try await device.call(message: "1050", fieldsJSON: "{") }
        }
        #expect(appliance.calls("1050").map(\.text) == [#"{"msg_id":"1050","a":[1.50,null,true],"b":{"c":"张\""}}"#])
    }
}
