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

    /// The folder the programs were built into: the one this test runs from.
    static let products: URL = {
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
                output: await output.text(),
                errors: await errors.text(),
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

    /// What a pipe delivered, read on a thread of its own so that no program waits for us.
    final class Collected: Sendable {
        private let state = Mutex((bytes: Data(), ended: false))

        init(_ pipe: Pipe) {
            let handle = pipe.fileHandleForReading
            Thread.detachNewThread { [self] in
                while true {
                    let chunk = handle.availableData
                    if chunk.isEmpty { break }
                    state.withLock { $0.bytes.append(chunk) }
                }
                state.withLock { $0.ended = true }
            }
        }

        /// The text so far.
        var soFar: String { state.withLock { String(decoding: $0.bytes, as: UTF8.self) } }

        /// The whole text, after the program closed the pipe.
        func text() async -> String {
            while !state.withLock({ $0.ended }) { try? await Task.sleep(for: .milliseconds(2)) }
            return soFar
        }
    }

    /// Starts a program.
    static func start(
        _ name: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        in folder: URL
    ) throws -> Running {
        let process = Process()
        process.executableURL = name.hasPrefix("/") ? URL(filePath: name) : products.appending(path: name)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "LANG": "C.UTF-8"]
            .merging(environment) { _, new in new }
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return Running(process, Collected(output), Collected(errors))
    }
}
