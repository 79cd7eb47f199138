// SPDX-License-Identifier: Apache-2.0
import FaceCommands
import FaceDevice
import Foundation
import Logging
import Synchronization
import Testing

/// Runs command lines in this process, with a folder, an environment and devices of their own.
final class CommandHarness: Sendable {
    /// What a run ended with and said.
    struct Result {
        let status: Int32
        let output: String
        let errors: String

        /// The JSON objects on standard output.
        var objects: [[String: Any]] {
            get throws {
                try output.split(separator: "\n").map { line in
                    try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
                }
            }
        }
    }

    /// A folder that is removed afterwards.
    let folder: String
    let devices = FakeDevices()
    private let typed: Mutex<[String]>
    private let environment: Mutex<[String: String]>
    private let isTerminal: Bool
    private let isClosed: Bool

    /// 2026-11-22 10:15:02 UTC.
    static let now = 1_795_342_502

    init(typed: [String]? = nil, isClosed: Bool = false) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "facelib-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        self.typed = Mutex(typed ?? [])
        isTerminal = typed != nil
        self.isClosed = isClosed
        environment = Mutex(["FACELIB_CONFIG": "\(folder)/config.toml", "HOME": folder, "PW": "hunter2-Secret"])
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func set(_ name: String, _ value: String?) { environment.withLock { $0[name] = value } }

    @discardableResult
    func write(_ text: String, to name: String = "config.toml", mode: Int = 0o600) throws -> String {
        let path = "\(folder)/\(name)"
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    /// The text of a file of the folder.
    func text(of name: String = "config.toml") throws -> String {
        try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
    }

    func mode(of name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
        return try #require(attributes[.posixPermissions] as? Int)
    }

    /// Configures devices of these names, whose password stands in an environment variable.
    func configure(_ names: String...) throws {
        try write(names.map { Self.table($0) }.joined(separator: "\n"))
    }

    static func table(_ name: String, _ more: String = "") -> String {
        "[devices.\(name)]\nurl = \"https://10.0.0.1\"\nuser = \"admin\"\npassword_env = \"PW\"\n\(more)"
    }

    func run(_ arguments: String...) async -> Result { await run(arguments) }

    func run(_ arguments: [String]) async -> Result {
        let (output, errors) = (Captured(), Captured())
        let closed = isClosed
        let context = CommandContext(
            environment: { [self] name in environment.withLock { $0[name] } },
            output: TextSink(isTerminal: false) { text in
                if closed { throw OutputClosed() }
                output.append(text)
            },
            errors: TextSink(isTerminal: isTerminal) { errors.append($0) },
            input: TypedInput(isTerminal: isTerminal) { [self] in
                typed.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            },
            devices: devices,
            clock: ImmediateClock(),
            now: { Self.now }
        )
        let status = await FacelibMain.run(arguments, in: context)
        return Result(status: status, output: output.text, errors: errors.text)
    }
}

/// Text that was written.
final class Captured: Sendable {
    private let all = Mutex("")
    var text: String { all.withLock { $0 } }
    func append(_ text: String) { all.withLock { $0 += text } }
}

/// A clock whose waits are over at once.
final class ImmediateClock: Clock, Sendable {
    private let elapsed = Mutex(Duration.zero)

    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Self { Self(offset: offset + duration) }
        func duration(to other: Self) -> Duration { other.offset - offset }
        static func < (lhs: Self, rhs: Self) -> Bool { lhs.offset < rhs.offset }
    }

    var now: Instant { Instant(offset: elapsed.withLock { $0 }) }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        elapsed.withLock { $0 = max($0, deadline.offset) }
        await Task.yield()
    }
}
