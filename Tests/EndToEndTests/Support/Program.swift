// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// Runs the built programs as a user does: as processes, with files and pipes.
struct Program: Sendable {
    /// What a program that ended said and with which status.
    struct Ended: Sendable {
        let status: Int32
        let output: String
        let errors: String
        /// The most memory it held, in bytes, as the kernel counted it.
        let peakMemory: Int
    }

    /// The folder of this project.
    static let root = URL(filePath: #filePath).appending(path: "../../../..").standardizedFileURL

    /// The folder the programs were built into: the one this test runs from, unless `FACELIB_BIN` names another.
    static let products: URL = {
        if let named = ProcessInfo.processInfo.environment["FACELIB_BIN"] { return URL(filePath: named) }
        let executable = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let besideTests = URL(filePath: executable).deletingLastPathComponent()
        if FileManager.default.isExecutableFile(atPath: besideTests.appending(path: "facelib").path) {
            return besideTests
        }
        return root.appending(path: ".build/debug")
    }()

    /// A running program.
    final class Running: Sendable {
        let process: Process
        let output: Collected
        let errors: Collected
        private let peak = Mutex(0)

        init(_ process: Process, _ output: Collected, _ errors: Collected) {
            self.process = process
            self.output = output
            self.errors = errors
        }

        /// Waits for the end.
        func wait() async throws -> Ended {
            while process.isRunning {
                notePeak()
                try await Task.sleep(for: .milliseconds(10))
            }
            process.waitUntilExit()
            let killed = process.terminationReason == .uncaughtSignal
            return Ended(
                status: killed ? -process.terminationStatus : process.terminationStatus,
                output: output.text,
                errors: errors.text,
                peakMemory: peak.withLock { $0 }
            )
        }

        /// Ends the program as a power cut would.
        func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

        private func notePeak() {
            guard
                let status = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8),
                let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
                let kilobytes = Int(line.split(separator: " ").dropLast().last ?? "")
            else { return }
            peak.withLock { $0 = max($0, kilobytes * 1024) }
        }
    }

    /// What a program writes, in a file: a pipe's end could be inherited by programs started meanwhile.
    final class Collected: Sendable {
        private let file: URL

        init() {
            file = FileManager.default.temporaryDirectory.appending(path: "facelib-said-\(UUID().uuidString)")
            _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        }

        deinit { try? FileManager.default.removeItem(at: file) }

        /// Where the program writes.
        func writer() throws -> FileHandle { try FileHandle(forWritingTo: file) }

        /// The text so far.
        var text: String { (try? String(contentsOf: file, encoding: .utf8)) ?? "" }
    }

    /// Starts a program; what it is given on standard input is nothing unless said.
    static func start(
        _ name: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        input: String? = nil,
        in folder: URL
    ) throws -> Running {
        let process = Process()
        process.executableURL = name.hasPrefix("/") ? URL(filePath: name) : products.appending(path: name)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "LANG": "C.UTF-8"]
            .merging(environment) { _, new in new }
        let output = Collected()
        let errors = Collected()
        process.standardOutput = try output.writer()
        process.standardError = try errors.writer()
        process.standardInput = try input.map(Self.reader) ?? FileHandle.nullDevice
        try process.run()
        return Running(process, output, errors)
    }

    /// Gives a text to read, in a file that has no name any more.
    private static func reader(of text: String) throws -> FileHandle {
        let file = FileManager.default.temporaryDirectory.appending(path: "facelib-told-\(UUID().uuidString)")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try FileHandle(forReadingFrom: file)
    }
}
