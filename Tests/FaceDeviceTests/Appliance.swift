// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import Logging
import ScriptedServer
import Synchronization
import Testing

/// A scripted device: it takes every login, unless told otherwise, and numbers its sessions `s1`, `s2`, ….
final class Appliance: Sendable {
    /// What a test answers: the message, the session it came with and the request.
    typealias Answer = @Sendable (_ message: String, _ session: String?, _ request: ScriptedServer.Request) -> String?

    let server: ScriptedServer

    /// Answers with an action from `raw`, else for 257 with `login` of the login's number, else with `answer`; where
    /// they have nothing to say, logins are taken and messages succeed without data.
    init(
        bodyLimit: Int = .max,
        login: @escaping @Sendable (Int) -> String? = { _ in nil },
        raw: @escaping @Sendable (String, ScriptedServer.Request) -> ScriptedServer.Action? = { _, _ in nil },
        answer: @escaping Answer
    ) throws {
        let logins = Counter()
        server = try ScriptedServer(bodyLimit: bodyLimit) { request in
            let message = Self.message(request)
            if let action = raw(message, request) { return action }
            if message == "257" {
                let number = logins.next()
                return .text(login(number) ?? #"{"code":0,"data":"s\#(number)","msg":""}"#)
            }
            return .text(answer(message, request.headers["sessionid"], request) ?? #"{"code":0,"data":"","msg":""}"#)
        }
    }

    /// A device that takes every message without data, but for what the parameters say.
    convenience init(
        bodyLimit: Int = .max,
        login: @escaping @Sendable (Int) -> String? = { _ in nil },
        raw: @escaping @Sendable (String, ScriptedServer.Request) -> ScriptedServer.Action? = { _, _ in nil }
    ) throws {
        try self.init(bodyLimit: bodyLimit, login: login, raw: raw, answer: { _, _, _ in nil })
    }

    static func message(_ request: ScriptedServer.Request) -> String {
        guard request.method == "POST" else { return "GET" }
        let isForm = request.path.hasSuffix("form")
        let mark = isForm ? "name=\"msg_id\"\r\n\r\n" : "\"msg_id\":\""
        let text = String(decoding: request.body.prefix(500), as: UTF8.self)
        guard let start = text.firstRange(of: mark)?.upperBound else { return "" }
        return String(text[start...].prefix { $0.isNumber })
    }

    func calls(_ message: String) -> [ScriptedServer.Request] {
        server.requests.filter { Self.message($0) == message }
    }

    func settings(upload: DeviceSettings.UploadMessage = .json, connections: Int = 4) -> DeviceSettings {
        DeviceSettings(
            name: "hq",
            url: server.url,
            user: "admin",
            password: Secret("Secret-1"),
            upload: upload,
            connections: connections
        )
    }

    func with<Value>(
        upload: DeviceSettings.UploadMessage = .json,
        _ body: (HTTPDevice) async throws -> Value
    ) async throws -> Value {
        try await HTTPDevice.with(settings(upload: upload), logger: Logger(label: "test"), body)
    }
}

/// Counts from 1.
final class Counter: Sendable {
    private let value = Mutex(0)

    func next() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }
}

/// The first bytes of a JPEG, enough to be taken for an image.
let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46, 0x49, 0x46]

func portrait(_ id: String, name: String = "Ann") throws -> OutgoingPortrait {
    OutgoingPortrait(
        id: try PortraitID(id),
        attributes: PersonAttributes(name: name, gender: .female, age: 31, address: "Oslo"),
        image: OutgoingImage(bytes: jpeg, fileExtension: "jpg")
    )
}

/// How a call fails, `nil` when it does not or when with another error.
func failure<Value>(_ call: () async throws -> Value) async -> DeviceError.Code? {
    do {
        _ = try await call()
        return nil
    } catch {
        return (error as? DeviceError)?.code
    }
}

/// Expects a value that had to be waited for; within a closure the macro itself does not take a throwing call.
func check<Value: Equatable>(
    _ value: Value,
    _ expected: Value,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(value == expected, sourceLocation: sourceLocation)
}
