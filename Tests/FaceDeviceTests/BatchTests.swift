// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import ScriptedServer
import Testing

@Suite(.timeLimit(.minutes(20))) struct BatchTests {
    private func batch() throws -> OutgoingBatch {
        OutgoingBatch(uuid: "u-1", portraits: [try portrait("E-17"), try portrait("E-18", name: "张三")])
    }

    private func appliance(_ reply: String, csv: [UInt8]? = nil) throws -> Appliance {
        try Appliance(raw: { message, _ in
            guard message == "GET" else { return nil }
            return csv.map { .reply($0) } ?? .text("", status: 404)
        }) { message, _, _ in message == "1052" || message == "1030" ? reply : nil }
    }

    @Test func aJSONBatchIsWrittenExactly() async throws {
        let appliance = try appliance(#"{"code":0,"data":{"err_count":0,"url":""},"msg":""}"#)
        let reply = try await appliance.with { try await $0.storeBatch(batch(), in: 11) }
        #expect(reply.code == 0)
        #expect(reply.errorCount == 0)
        #expect(reply.csvProblem == nil)
        #expect(
            appliance.calls("1052")[0].text == """
                {"msg_id":"1052","lib_id":11,"uuid":"u-1","imgs":[\
                {"filename":"Ann_E-17_#_0_31_Oslo.jpg","data":"data:image/jpg;base64,/9j/4AAQSkZJRg=="},\
                {"filename":"张三_E-18_#_0_31_Oslo.jpg","data":"data:image/jpg;base64,/9j/4AAQSkZJRg=="}]}
                """
        )
    }

    @Test func aFormBatchHasItsTextPartsFirst() async throws {
        let appliance = try appliance(#"{"code":0,"data":{"err_count":"0","url":""},"msg":""}"#)
        let reply = try await appliance.with(upload: .form) { try await $0.storeBatch(batch(), in: 11) }
        #expect(reply.errorCount == 0)
        let call = appliance.calls("1030")[0]
        #expect(call.path == "/api/form")
        let names = String(decoding: call.body, as: UTF8.self).split(separator: "\r\n").filter {
            $0.hasPrefix("Content-Disposition")
        }
        #expect(
            names == [
                #"Content-Disposition: form-data; name="msg_id""#, #"Content-Disposition: form-data; name="lib_id""#,
                #"Content-Disposition: form-data; name="uuid""#,
                #"Content-Disposition: form-data; name="img_1"; filename="Ann_E-17_#_0_31_Oslo.jpg""#,
                #"Content-Disposition: form-data; name="img_2"; filename="张三_E-18_#_0_31_Oslo.jpg""#,
            ]
        )
    }

    @Test(arguments: [0, -1101])
    func theVerdictsOfTheCSVAreRead(code: Int) async throws {
        let csv = "filename,img_id,code,msg\r\nAnn_E-17_#_0_31_Oslo.jpg,E-17,-1101,no face found\r\n"
        let appliance = try appliance(
            #"{"code":\#(code),"data":{"err_count":1,"url":"tmp/image_.csv"},"msg":"partly"}"#,
            csv: Array(csv.utf8)
        )
        let reply = try await appliance.with { try await $0.storeBatch(batch(), in: 11) }
        #expect(reply.code == code)
        #expect(reply.message == "partly")
        #expect(reply.verdicts == [try PortraitID("E-17"): .init(code: -1101, message: "no face found")])
        #expect(reply.csvProblem == nil)
    }

    @Test func aMissingCSVIsAProblemNotAnError() async throws {
        let appliance = try appliance(#"{"code":0,"data":{"err_count":1,"url":"tmp/image_.csv"}}"#)
        let reply = try await appliance.with { try await $0.storeBatch(batch(), in: 11) }
        #expect(reply.verdicts.isEmpty)
        #expect(reply.csvProblem?.contains("tmp/image_.csv") == true)
    }

    @Test func failuresWithoutAFileAreAProblem() async throws {
        let appliance = try appliance(#"{"code":0,"data":{"err_count":2,"url":""}}"#)
        let reply = try await appliance.with { try await $0.storeBatch(batch(), in: 11) }
        #expect(reply.csvProblem != nil)
    }

    @Test(arguments: [-3596, -1110, -122, -1])
    func aRefusalOfTheWholeCallIsAReply(code: Int) async throws {
        let appliance = try appliance(#"{"code":\#(code),"data":"","msg":"too many"}"#)
        let reply = try await appliance.with { try await $0.storeBatch(batch(), in: 11) }
        #expect(reply.code == code)
        #expect(reply.errorCount == nil)
    }

    @Test func aPortraitThatNoFileNameCanCarryIsNotSent() async throws {
        let appliance = try Appliance()
        let batch = OutgoingBatch(uuid: "u", portraits: [try portrait("E-17", name: "A_B")])
        try await appliance.with { device in
            let error = await #expect(throws: DeviceError.self) { try await device.storeBatch(batch, in: 1) }
            #expect(error?.message.contains("E-17") == true)
        }
        #expect(appliance.server.requests.isEmpty)
    }
}
