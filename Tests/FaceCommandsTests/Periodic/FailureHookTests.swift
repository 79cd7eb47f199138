// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import Foundation
import Testing

@testable import FaceCommands

@Suite struct FailureHookTests {
    private let harness: CommandHarness
    private let said = Captured()

    init() throws { harness = try CommandHarness() }

    private func run(_ command: String, _ status: ExitStatus, limit: Duration = .seconds(60)) async {
        let said = said
        let context = CommandContext(
            environment: { _ in nil },
            output: TextSink(isTerminal: false) { _ in },
            errors: TextSink(isTerminal: false) { said.append($0) },
            input: TypedInput(isTerminal: false) { nil },
            devices: harness.devices,
            now: { 0 }
        )
        await FailureHook(command: command, limit: limit).run(
            status,
            message: "hq does not\nanswer.",
            cause: "no route\nto host",
            verb: "backup create",
            console: Console(context: context, format: .text, isQuiet: true)
        )
    }

    private static let tells =
        "printf '%s|' \"$FACELIB_STATUS\" \"$FACELIB_MESSAGE\" \"$FACELIB_COMMAND\" \"$FACELIB_CAUSE\" >"

    @Test func theCommandIsToldWhatHappened() async throws {
        await run("\(Self.tells) '\(harness.folder)/told'", .unreachable)
        #expect(try harness.text(of: "told") == "5|hq does not answer.|backup create|no route to host|")
        #expect(said.text.isEmpty)
    }

    @Test func aPartialSuccessIsToldAndASuccessIsNot() async throws {
        await run("\(Self.tells) '\(harness.folder)/partial'", .rowsRejected)
        await run("\(Self.tells) '\(harness.folder)/success'", .success)
        #expect(try harness.text(of: "partial").hasPrefix("3|"))
        #expect(!FileManager.default.fileExists(atPath: "\(harness.folder)/success"))
    }

    @Test func itsOwnFailureIsAWarning() async {
        await run("exit 7", .failed)
        #expect(
            said.text == "Warning: The command of --on-failure did not go through: it ended with status 7;"
                + " try it in a shell.\n"
        )
    }

    @Test func whatTakesTooLongIsEndedWithWhatItStarted() async throws {
        let file = "\(harness.folder)/process"
        await run("sleep 600 & echo $! > '\(file)'; wait", .failed, limit: .seconds(1))
        #expect(said.text.contains("it did not end within 1 s"))
        let process = try #require(pid_t(harness.text(of: "process").filter(\.isNumber)))
        // It dies when it is next scheduled, which takes a while on a busy machine, and would sleep for ten minutes.
        for _ in 0..<1000 where Self.isSleeping(process) { try await Task.sleep(for: .milliseconds(20)) }
        #expect(!Self.isSleeping(process))
    }

    /// Its parent is gone, so somebody else reaps it; until then it is there without a command line.
    private static func isSleeping(_ process: pid_t) -> Bool {
        let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
        return String(decoding: line, as: UTF8.self).contains("sleep")
    }

    @Test func itRunsToItsEndInATaskThatWasCancelled() async throws {
        let file = "\(harness.folder)/late"
        await withTaskGroup { group in
            group.addTask { await run("sleep 0.2; \(Self.tells) '\(file)'", .interrupted) }
            group.cancelAll()
        }
        #expect(try harness.text(of: "late").hasPrefix("130|"))
        #expect(said.text.isEmpty)
    }

    @Test func aLineOfShellGivesItsFirstLine() throws {
        #expect(try ShellCommand.firstLine(of: "echo one; echo two") == Array("one".utf8))
        #expect(try ShellCommand.firstLine(of: "yes | head -c 200000; printf x >/dev/null") == Array("y".utf8))
    }

    @Test(arguments: [("exit 3", "it ended with status 3"), ("kill -TERM $$", "it was ended by signal 15")])
    func aLineOfShellThatFailsSaysHow(_ command: String, _ words: String) {
        let error = #expect(throws: ShellCommand.Problem.self) { try ShellCommand.firstLine(of: command) }
        #expect(error?.text == words)
    }

    @Test func programsInheritNoOtherFiles() throws {
        let file = try #require(FileHandle(forReadingAtPath: "/dev/zero"))
        // The C library's own copy of a file is inherited.
        let copy = dup(file.fileDescriptor)
        defer { close(copy) }
        #expect(try ShellCommand.firstLine(of: "ls -l /proc/self/fd | grep -c /dev/zero; true") == Array("0".utf8))
    }
}
