// SPDX-License-Identifier: Apache-2.0
import ChildProcess
import FaceDevice
import FaceModel
import Foundation
import Logging
import Testing

@testable import FaceCommands

@Suite struct SimulatorProcessTests {
    private let harness: CommandHarness
    private static let built = try? SimulatorProcess.program(beside: OwnExecutable.path, path: nil)

    init() throws { harness = try CommandHarness() }

    /// What of simulators is left in the folder.
    private var left: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: "\(harness.folder)/archives")) ?? []
    }

    private func processes() throws -> Int {
        let folder = harness.folder
        return try FileManager.default.contentsOfDirectory(atPath: "/proc").count { name in
            let line = FileManager.default.contents(atPath: "/proc/\(name)/cmdline") ?? Data()
            return name.allSatisfy(\.isNumber) && String(decoding: line, as: UTF8.self).contains(folder)
        }
    }

    /// Hundreds of tests run beside these.
    private static let patience: Duration = .seconds(300)

    @Test(.enabled(if: built != nil)) func aSimulatorAnswersWhileItIsNeeded() async throws {
        let program = try #require(Self.built)
        let names = try await SimulatorProcess.with(dataIn: harness.folder, program: program, startLimit: Self.patience)
        { simulator in
            #expect(simulator.url.hasPrefix("http://127.0.0.1:"))
            #expect(left.count == 1)
            #expect(try processes() == 1)
            let settings = DeviceSettings(
                name: "rehearsal",
                url: simulator.url,
                user: simulator.user,
                password: simulator.password
            )
            let surroundings = DeviceSurroundings(
                logger: Logger(label: "test"),
                clock: ContinuousClock(),
                logins: nil,
                meet: { _ in },
                tell: { _ in }
            )
            return try await NetworkDevices().withDevice(settings, surroundings) { device in
                _ = try await device.createLibrary(named: "Staff", type: .whitelist)
                return try await device.libraries().map(\.name)
            }
        }
        #expect(names.contains("Staff"))
        #expect(left.isEmpty)
        #expect(try processes() == 0)
    }

    @Test(.enabled(if: built != nil)) func aSimulatorEndsWhenTheRehearsalFails() async throws {
        let program = try #require(Self.built)
        await #expect(throws: CancellationError.self) {
            try await SimulatorProcess.with(dataIn: harness.folder, program: program, startLimit: Self.patience) { _ in
                throw CancellationError()
            }
        }
        #expect(left.isEmpty)
        #expect(try processes() == 0)
    }

    @Test(.enabled(if: built != nil)) func aSimulatorEndsWithItsInput() throws {
        let process = ChildProcess()
        process.executableURL = URL(filePath: try #require(Self.built))
        process.arguments = ["--data", "\(harness.folder)/device", "--until-input-ends"]
        let (input, output) = (Foundation.Pipe(), Foundation.Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        #expect(String(decoding: output.fileHandleForReading.availableData, as: UTF8.self).hasPrefix("http://"))
        input.fileHandleForWriting.closeFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test(arguments: [
        ("exit 1", 20, "The simulator ended before it listened."),
        ("exec sleep 600", 1, "The simulator does not listen after 1 s."),
        ("trap '' TERM; echo; exec 1>&-; sleep 600 & wait", 20, nil),
    ])
    func whatDoesNotBehaveIsEndedToo(_ script: String, _ limit: Int, _ words: String?) async throws {
        let program = try harness.write("#!/bin/sh\n\(script)\n", to: "simulator", mode: 0o700)
        let run = {
            while true {
                do {
                    try await SimulatorProcess.with(
                        dataIn: harness.folder,
                        program: program,
                        startLimit: .seconds(limit)
                    ) { _ in }
                    return
                } catch let error as CommandError where error.message.contains("Text file busy") {
                    // A process that another test starts just now still holds the script open, until it is replaced.
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
        }
        if let words {
            let error = await #expect(throws: CommandError.self) { try await run() }
            #expect(error?.message == words)
        } else {
            try await run()
        }
        #expect(left.isEmpty)
        #expect(try processes() == 0)
    }

    @Test func whatIsNoProgramIsSaidToBeNone() async throws {
        let error = await #expect(throws: CommandError.self) {
            try await SimulatorProcess.with(dataIn: harness.folder, program: "/nowhere/simulator") { _ in }
        }
        #expect(
            error?.message == "The simulator /nowhere/simulator cannot be started: No such file or directory."
        )
        #expect(left.isEmpty)
    }

    @Test func theProgramIsLookedForBesideFacelibAndThenInThePath() throws {
        let other = "\(harness.folder)/bin"
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
        try harness.write("", to: "bin/facelib-simulator", mode: 0o700)
        let found = "\(other)/facelib-simulator"
        #expect(try SimulatorProcess.program(beside: "\(other)/facelib", path: nil) == found)
        #expect(try SimulatorProcess.program(beside: "/nowhere/facelib", path: "/nowhere:\(other)") == found)
        let error = #expect(throws: CommandError.self) {
            try SimulatorProcess.program(beside: "/nowhere/facelib", path: "/nowhere")
        }
        #expect(error?.message.hasPrefix("A rehearsal needs the program facelib-simulator") == true)
    }
}
