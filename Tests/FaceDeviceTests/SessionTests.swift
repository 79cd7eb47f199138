// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import Logging
import ScriptedServer
import Testing

@Suite(.timeLimit(.minutes(20))) struct SessionTests {
    private let identity = #"{"code":0,"data":{"serial_id":"ST1","device_id":"666","version":"V2"},"msg":""}"#
    private let loggedOut = #"{"code":-141,"data":"","msg":"not logged in"}"#

    private func eightIdentities(_ device: HTTPDevice) async -> [Result<String, any Error>] {
        await withTaskGroup(of: Result<String, any Error>.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    do { return .success(try await device.identity().serial) } catch { return .failure(error) }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test func eightCallersShareOneLoginAndALogout() async throws {
        let appliance = try Appliance(
            raw: { message, _ in
                message == "257" ? .wait(.milliseconds(50), then: .text(#"{"code":0,"data":"s1"}"#)) : nil
            },
            answer: { [identity] message, _, _ in message == "1281" ? identity : nil }
        )
        try await appliance.with { device in
            for result in await eightIdentities(device) { check(try result.get(), "ST1") }
        }
        #expect(appliance.calls("257").count == 1)
        #expect(appliance.calls("257")[0].text == #"{"msg_id":"257","user_name":"admin","user_pwd":"Secret-1"}"#)
        #expect(appliance.calls("257")[0].headers["sessionid"] == nil)
        #expect(appliance.calls("1281").allSatisfy { $0.headers["sessionid"] == "s1" })
        #expect(appliance.calls("258").map { $0.headers["sessionid"] } == ["s1"])
    }

    @Test(arguments: [-141, -140, 401])
    func eightCallersShareOneRenewal(code: Int) async throws {
        let identity = identity
        let ended = Counter()
        let appliance = try Appliance(raw: { message, request in
            guard message == "1281", request.headers["sessionid"] == "s1", ended.next() > 1 else { return nil }
            return code == 401 ? .text("", status: 401) : .text(#"{"code":\#(code),"data":"","msg":""}"#)
        }) { message, _, _ in message == "1281" ? identity : nil }
        try await appliance.with { device in
            check(try await device.identity().serial, "ST1")
            for result in await eightIdentities(device) { check(try result.get(), "ST1") }
        }
        #expect(appliance.calls("257").count == 2)
    }

    @Test func aRefusedWriteIsRepeatedOnceWithTheNewSession() async throws {
        let appliance = try Appliance { message, session, _ in
            message == "1033" && session == "s1" ? #"{"code":-141,"data":"","msg":""}"# : nil
        }
        try await appliance.with { device in
            try await device.updateAttributes(of: try PortraitID("E-17"), in: 1, to: AttributeChange())
        }
        #expect(appliance.calls("1033").map { $0.headers["sessionid"] } == ["s1", "s2"])
    }

    @Test func aDeviceThatForgetsEverySessionIsNotAskedForEver() async throws {
        let appliance = try Appliance { [loggedOut] message, _, _ in message == "1281" ? loggedOut : nil }
        try await appliance.with { device in
            let error = await #expect(throws: DeviceError.self) { try await device.identity() }
            #expect(error?.code == .loginRefused)
        }
        #expect(appliance.calls("257").count == 2)
        #expect(appliance.calls("1281").count == 2)
    }

    @Test func aSessionThatEndsAfterEveryFewCallsIsRenewed() async throws {
        let identity = identity
        let calls = Counter()
        let appliance = try Appliance { [loggedOut] message, session, _ in
            guard message == "1281" else { return nil }
            // Every session lasts for three calls.
            let generation = Int(session?.dropFirst() ?? "") ?? 0
            return calls.next() > generation * 4 ? loggedOut : identity
        }
        try await appliance.with { device in
            for _ in 0..<12 { check(try await device.identity().serial, "ST1") }
        }
        #expect(appliance.calls("257").count <= 6)
    }

    @Test func missingPermissionCostsOneRenewalAndIsRemembered() async throws {
        let identity = identity
        let appliance = try Appliance { message, _, _ in
            switch message {
            case "1281": identity
            case "516": #"{"code":-140,"data":"","msg":"no right"}"#
            default: nil
            }
        }
        try await appliance.with { device in
            _ = try await device.identity()
            for _ in 0..<3 {
                let error = await #expect(throws: DeviceError.self) { try await device.cameras() }
                #expect(error?.code == .permissionRefused)
                #expect(error?.deviceCode == -140)
            }
        }
        #expect(appliance.calls("257").count == 2)
        #expect(appliance.calls("516").count == 4)
    }

    @Test(arguments: [
        (-113, #"{"retry_times":4}"#, "4 tries are left"), (-113, #"{"retry_times":"2"}"#, "verification code"),
        (-113, #"{"retry_times":0}"#, "locked"), (-145, "\"\"", "web page"), (-108, "null", "user does not exist"),
        (-142, "{}", "web page"), (-3596, "[]", "web page"),
    ])
    func aRefusedPasswordIsTriedOnce(code: Int, data: String, words: String) async throws {
        let appliance = try Appliance(login: { _ in #"{"code":\#(code),"data":\#(data),"msg":""}"# })
        try await appliance.with { device in
            let results = await eightIdentities(device) + eightIdentities(device)
            for result in results {
                let error = #expect(throws: DeviceError.self) { try result.get() }
                #expect(error?.code == .loginRefused)
                #expect(error?.deviceCode == code)
                #expect(error?.message.contains(words) == true)
                #expect(error?.message.contains("Secret-1") == false)
            }
        }
        #expect(appliance.server.requests.count == 1)
    }

    @Test(arguments: [
        #""1287281518932891256""#, "1287281518932891256", #"{"session_id":"1287281518932891256","retry_times":5}"#,
        #"{"sessionid":1287281518932891256,"mod_passwd_flag":1}"#,
    ])
    func everyFormOfASessionIsTaken(data: String) async throws {
        let identity = identity
        let appliance = try Appliance(login: { _ in #"{"code":0,"data":\#(data)}"# }) { message, _, _ in
            message == "1281" ? identity : nil
        }
        try await appliance.with { _ = try await $0.identity() }
        #expect(appliance.calls("1281")[0].headers["sessionid"] == "1287281518932891256")
    }
}
