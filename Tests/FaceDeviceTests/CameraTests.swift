// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import ScriptedServer
import Synchronization
import Testing

/// A device with a camera that keeps the libraries it is told.
private struct Gate: Sendable {
    /// What 516 shows of the camera besides its channel and libraries.
    var fields = ""
    /// What 515 answers instead of taking the libraries.
    var refusal: @Sendable (ScriptedServer.Request) -> String? = { _ in nil }
    /// Whether 515 with no libraries leaves them as they are.
    var keepsWhenEmpty = false

    func appliance() throws -> Appliance {
        let bound = Mutex("1,2")
        return try Appliance { message, _, request in
            switch message {
            case "515":
                if let refusal = refusal(request) { return refusal }
                let mark = #""lib_ids":""#
                let ids = request.text.firstRange(of: mark).map { request.text[$0.upperBound...].prefix { $0 != "\"" } }
                if let ids, !(keepsWhenEmpty && ids.isEmpty) { bound.withLock { $0 = String(ids) } }
                return #"{"code":0,"data":{"channel":7},"msg":""}"#
            case "516":
                return #"{"code":0,"data":{"camera":[{"channel":7,"lib_ids":"\#(bound.withLock(\.self))"\#(fields)}]}}"#
            default: return nil
            }
        }
    }
}

@Suite(.timeLimit(.minutes(20))) struct CameraTests {
    private let camera = Camera(channel: 7, name: "gate", libraryIDs: [1, 2])
    private static let platform =
        #","trd_login_user":"u","trd_login_pwd":"p\"w","trd_login_url":"http://a","trd_fetch_stream_url":"http://b""#

    @Test(arguments: [([22, 3], "22,3"), ([5], "5"), ([], "")])
    func theWholeSetIsSentAndNothingElse(libraries: [Int], text: String) async throws {
        let appliance = try Gate().appliance()
        try await appliance.with { device in
            try await device.bind(libraries, to: camera)
            check(try await device.cameras().map(\.libraryIDs), [libraries])
        }
        #expect(appliance.calls("515").map(\.text) == [#"{"msg_id":"515","channel":7,"lib_ids":"\#(text)"}"#])
    }

    @Test(arguments: [-3596, -1])
    func aDeviceThatAsksForThePlatformIsToldWhatItSaysOfIt(code: Int) async throws {
        var gate = Gate(fields: #","protocol":"GB28181","camera_pwd":"c""# + Self.platform)
        gate.refusal = { $0.text.contains("trd_") ? nil : #"{"code":\#(code),"data":"","msg":""}"# }
        let appliance = try gate.appliance()
        try await appliance.with { try await $0.bind([9], to: camera) }
        #expect(
            appliance.calls("515").map(\.text) == [
                #"{"msg_id":"515","channel":7,"lib_ids":"9"}"#,
                #"{"msg_id":"515","channel":7,"lib_ids":"9""# + Self.platform + "}",
            ]
        )
    }

    @Test func aCameraWithoutPlatformIsNotAskedForTwice() async throws {
        var gate = Gate(fields: #","protocol":"rtsp""#)
        gate.refusal = { _ in #"{"code":-3596,"data":"","msg":""}"# }
        let appliance = try gate.appliance()
        try await appliance.with { device in
            let error = await #expect(throws: DeviceError.self) { try await device.bind([9], to: camera) }
            #expect(error?.code == .refused)
            #expect(error?.deviceCode == -3596)
        }
        #expect(appliance.calls("515").count == 1)
    }

    @Test func aMaskedPlatformPasswordIsNeverSent() async throws {
        var gate = Gate(fields: #","trd_login_user":"u","trd_login_pwd":"******""#)
        gate.refusal = { _ in #"{"code":-3596,"data":"","msg":""}"# }
        let appliance = try gate.appliance()
        try await appliance.with { device in
            let error = await #expect(throws: DeviceError.self) { try await device.bind([9], to: camera) }
            #expect(error?.code == .refused)
            #expect(error?.message.contains("masked") == true, "\(error?.message ?? "")")
        }
        #expect(appliance.calls("515").count == 1)
    }

    @Test func aBindingThatDoesNotTakeIsAnError() async throws {
        let appliance = try Gate(keepsWhenEmpty: true).appliance()
        try await appliance.with { device in
            #expect(await failure { try await device.bind([], to: camera) } == .malformedReply)
        }
    }

    @Test func aBindingIsNeverRepeated() async throws {
        let appliance = try Gate(refusal: { _ in #"{"code":-3524,"data":"","msg":""}"# }).appliance()
        try await appliance.with { device in
            #expect(await failure { try await RetryingDevice(device).bind([9], to: camera) } == .refused)
        }
        #expect(appliance.calls("515").count == 1)
    }

    @Test(arguments: [("0", ArchiveCipher.aes128), ("1", .aes256), ("\"1\"", .aes256), ("2", nil), ("\"\"", nil)])
    func theCipherOfArchivesIsRead(flag: String, cipher: ArchiveCipher?) async throws {
        let appliance = try Appliance { message, _, _ in
            message == "1363" ? #"{"code":0,"data":{"aes_crypto_flag":\#(flag)},"msg":""}"# : nil
        }
        try await appliance.with { device in
            if let cipher {
                check(try await device.archiveCipher(), cipher)
            } else {
                #expect(await failure { try await device.archiveCipher() } == .malformedReply)
            }
        }
    }
}
