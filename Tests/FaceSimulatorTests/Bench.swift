// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Foundation
import Logging
import Synchronization
import SystemPackage

@testable import FaceSimulator

/// A clock that stands still until a test moves it.
final class ManualTime: Sendable {
    private let seconds = Mutex(1_800_000_000.0)

    var clock: DeviceClock { DeviceClock { self.seconds.withLock { $0 } } }

    func advance(_ by: Double) { seconds.withLock { $0 += by } }
}

/// A reply as a client sees it: JSON, read by a reader that is not the simulator's.
// SAFETY: `json` is built in `init` and never changed afterwards.
struct Answer: @unchecked Sendable {
    let raw: String
    private let json: Any

    init(_ bytes: [UInt8]) throws {
        raw = String(decoding: bytes, as: UTF8.self)
        json = try JSONSerialization.jsonObject(with: Data(bytes))
    }

    var code: Int? { self["code"].flatMap { Int($0) } }

    /// The names of the members at a path.
    func keys(_ path: String) -> Set<String> { Set((value(path) as? [String: Any])?.keys ?? [:].keys) }

    /// The scalar at a path such as `data.record.0.img_id`, as text.
    subscript(path: String) -> String? {
        return switch value(path) {
        case let text as String: text
        case let number as NSNumber: number.stringValue
        case is NSNull: "null"
        case let list as [Any]: "[\(list.count)]"
        case let object as [String: Any]: "{\(object.count)}"
        default: nil
        }
    }

    private func value(_ path: String) -> Any? {
        var value: Any? = json
        for step in path.split(separator: ".") {
            switch value {
            case let list as [Any]: value = Int(step).flatMap { list.indices.contains($0) ? list[$0] : nil }
            case let object as [String: Any]: value = object[String(step)]
            default: value = nil
            }
        }
        return value
    }
}

/// A device without the wire, with a library `staff` and a session, for the length of a test.
struct Bench: Sendable {
    let appliance: Appliance
    let time: ManualTime
    let session: String

    /// The answer to a JSON message.
    func json(_ body: String, session: String? = nil) async throws -> Answer {
        let call: Call
        do {
            call = try Call(json: Array(body.utf8), sessionID: session ?? self.session, quirks: appliance.quirks)
        } catch {
            return try Answer(ReplyEncoder(quirks: appliance.quirks).encode(.failure(error)))
        }
        return try await answer(call)
    }

    /// The answer to a form with files: part, file name, bytes.
    func form(_ texts: [String: String], _ files: [(String, String, [UInt8])]) async throws -> Answer {
        var form = ReceivedForm(texts: texts)
        form.files = files.map { .init(part: $0.0, name: $0.1, bytes: $0.2) }
        return try await answer(Call(form: form, sessionID: session, quirks: appliance.quirks))
    }

    /// Stores a portrait by 1051.
    func store(_ id: String, _ extra: String = "", library: Int = 1, _ bytes: [UInt8]? = nil) async throws -> Answer {
        let data = Self.base64(try bytes ?? Pictures.jpeg(seed: id.hashValue & 0xFF))
        return try await json(
            """
            {"msg_id":"1051","lib_id":\(library),"img_id":"\(id)",\
            "img":{"filename":"x.jpg","data":"data:image/jpg;base64,\(data)"}\(extra.isEmpty ? "" : "," + extra)}
            """
        )
    }

    /// Stores a batch by 1052 and fetches its CSV.
    func batch(_ images: [(String, [UInt8])], uuid: String = "b1", library: Int = 1) async throws -> (Answer, [UInt8]?)
    {
        let items = images.map { #"{"filename":"\#($0.0)","data":"\#(Self.base64($0.1))"}"# }
        let answer = try await json(
            #"{"msg_id":"1052","lib_id":\#(library),"uuid":"\#(uuid)","imgs":[\#(items.joined(separator: ","))]}"#
        )
        let url = answer["data.url"].map { String($0.drop { $0 == "/" }) }
        let file = url.flatMap { appliance.store.folder.served($0) }
        return (answer, file.flatMap { try? appliance.store.folder.read($0) })
    }

    static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    private func answer(_ call: Call) async throws -> Answer {
        let reply = await appliance.answer(call).reply
        return try Answer(ReplyEncoder(quirks: appliance.quirks).encode(reply))
    }

    /// Runs `body` with a new device.
    static func with(
        _ quirks: String...,
        decodes: Bool = true,
        perform body: (Bench) async throws -> Void
    ) async throws {
        try await with(quirks, decodes: decodes, perform: body)
    }

    /// Runs `body` with a new device.
    static func with(
        _ quirks: [String],
        decodes: Bool = true,
        keepsArchives: Bool = false,
        records: Int = 0,
        cameras: Int = 0,
        perform body: (Bench) async throws -> Void
    ) async throws {
        try await TemporaryFolder.with { path in
            let time = ManualTime()
            var configuration = SimulatorConfiguration(data: path)
            configuration.quirks = try Quirks(parsing: quirks)
            configuration.clock = time.clock
            configuration.decodesImages = decodes
            configuration.keepsArchives = keepsArchives
            configuration.records = records
            configuration.cameras = cameras
            let appliance = try Appliance(
                configuration,
                folder: DeviceFolder(path),
                usesTLS: false,
                logger: Logger(label: "bench")
            )
            let session = try appliance.sessions.logIn(name: "admin", pwd: "Facelib-2026", code: nil).id
            _ = try await appliance.store.createLibrary(name: "staff", type: .whitelist)
            try await body(Bench(appliance: appliance, time: time, session: session))
        }
    }
}

/// A folder for the length of a test.
enum TemporaryFolder {
    static func with(_ body: (FilePath) async throws -> Void) async throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "facelib-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        try await body(FilePath(url.path(percentEncoded: false)))
    }
}
