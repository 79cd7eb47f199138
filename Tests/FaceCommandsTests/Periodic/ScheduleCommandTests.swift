// SPDX-License-Identifier: Apache-2.0
import ChildProcess
import Foundation
import Testing

@testable import FaceCommands

@Suite struct ScheduleCommandTests {
    private func harness() throws -> CommandHarness {
        let harness = try CommandHarness()
        try harness.write("[devices.hq]\nurl = \"https://10.0.0.1\"\nuser = \"admin\"\npassword_file = \"pw\"\n")
        try harness.write("secret\n", to: "pw")
        try FileManager.default.createDirectory(atPath: "\(harness.folder)/repo", withIntermediateDirectories: true)
        return harness
    }

    @Test func unitsArePrintedAndNothingIsWritten() async throws {
        let harness = try harness()
        let folder = harness.folder
        let command = ["create", "hq:", "\(folder)/repo", "--passphrase-file", "\(folder)/pw"]
        let result = await harness.run(["backup", "schedule", "--at", "Sun 03:00", "--"] + command)
        #expect(result.status == 0)
        #expect(result.errors == "Nothing was written; --install writes these files.\n")
        let state = "\(folder)/.local/state/facelib"
        #expect(
            result.output.contains(
                " backup create --config \(folder)/config.toml --state \(state) hq: \(folder)/repo"
                    + " --passphrase-file \(folder)/pw\n"
            )
        )
        #expect(result.output.contains("\nReadWritePaths=\(state) \(folder)/repo\n"))
        #expect(result.output.contains("# /etc/systemd/system/facelib-backup-create.timer\n"))
        #expect(result.output.contains("\nOnCalendar=Sun 03:00\n"))
        #expect(!result.output.contains("secret"))
    }

    @Test(arguments: [
        ([], "Write what is to be run behind --"),
        (["--", "restore", "r", "hq:"], "\"restore\" cannot run unattended; these can: create, verify, prune, copy."),
        (["--", "schedule"], "\"schedule\" cannot run unattended"),
        (["--", "create", "hq:"], "names no repository"),
        (["--", "verify", "r", "--passphrase-file"], "--passphrase-file needs a value."),
        (["--at", "daily\nExecStart=x", "--", "verify", "r"], "is no calendar expression"),
        (["--name", "../x", "--", "verify", "r"], "--name takes letters"),
        (["--force", "--", "verify", "r"], "--force only makes sense with --install."),
        (["--", "create", "b1:", "/"], "There is no device \"b1\""),
    ])
    func whatMakesNoSenseIsWrongUsage(_ arguments: [String], _ words: String) async throws {
        let result = await (try harness()).run(["backup", "schedule"] + arguments)
        #expect(result.status == 64)
        #expect(result.errors.contains(words))
    }

    @Test func aRepositoryToBeMadeNeedsItsFolder() async throws {
        let harness = try harness()
        let result = await harness.run("backup", "schedule", "--", "create", "hq:", "\(harness.folder)/no/repo")
        #expect(result.status == 1)
        #expect(result.errors.contains("The folder \(harness.folder)/no is not there; make it"))
    }

    @Test func aPasswordThatTheServiceCannotHaveIsWarnedAbout() async throws {
        let harness = try harness()
        try harness.configure("hq")
        let result = await harness.run(
            "backup",
            "schedule",
            "--",
            "create",
            "hq:Staff",
            "\(harness.folder)/repo",
            "--key-file",
            "/nowhere/key"
        )
        #expect(result.status == 0)
        #expect(result.errors.contains("The password of hq stands in the environment variable PW"))
        #expect(result.errors.contains("Warning: /nowhere/key is not there yet; the service needs it."))
    }

    @Test func unitsAreInstalledForEverybodyToReadAndKeptWhenTheyDiffer() async throws {
        let harness = try harness()
        let folder = ".config/systemd/user"
        let install = ["backup", "schedule", "--user", "--install", "--name", "nightly"]
        let command = ["--", "verify", "\(harness.folder)/repo"]
        let first = await harness.run(install + command)
        #expect(first.status == 0)
        #expect(first.output.contains("systemctl --user enable --now nightly.timer\n"))
        for name in ["nightly.service", "nightly.timer"] { #expect(try harness.mode(of: "\(folder)/\(name)") == 0o644) }

        #expect(await harness.run(install + command).status == 0)
        let text = try harness.text(of: "\(folder)/nightly.service")
        let prune = ["--", "prune", "\(harness.folder)/repo", "--keep-daily", "7"]
        let other = await harness.run(install + ["--at", "hourly"] + prune)
        #expect(other.status == 4)
        #expect(other.errors.contains("nightly.service is there already and differs"))
        #expect(try harness.text(of: "\(folder)/nightly.service") == text)

        let forced = await harness.run(install + ["--force", "--at", "hourly"] + command)
        #expect(forced.status == 0)
        #expect(try harness.text(of: "\(folder)/nightly.timer").contains("OnCalendar=hourly"))
        let left = try FileManager.default.contentsOfDirectory(atPath: "\(harness.folder)/\(folder)")
        #expect(left.sorted() == ["nightly.service", "nightly.timer"])
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: Analyzer.path)))
    func systemdReadsBackWhatWasTyped() async throws {
        let harness = try harness()
        let odd = "\(harness.folder)/a %n \"b\" 'c' \\ $HOME ${X} ä;"
        try FileManager.default.createDirectory(atPath: odd, withIntermediateDirectories: true)
        let hook = "echo \"50%\"\t$FACELIB_STATUS \\$$\n"
        let result = await harness.run(
            "backup",
            "schedule",
            "--user",
            "--install",
            "--name",
            "odd",
            "--",
            "create",
            "hq:Sta'ff; %i",
            odd,
            "--on-failure",
            hook
        )
        #expect(result.status == 0)
        let said = try Analyzer.verify("\(harness.folder)/.config/systemd/user/odd.service", in: harness.folder)
        #expect(said.status == 0, "\(said.errors)")
        #expect(said.value(of: "ReadWritePaths").contains(odd))
        // The dump quotes as a shell does; a dollar is halved only when the program is started.
        func dumped(_ text: String) -> String {
            let escapes: [Character: String] = ["\\": "\\\\", "\"": "\\\"", "\t": "\\t", "\n": "\\n", "$": "\\$\\$"]
            return "\"" + text.map { escapes[$0] ?? String($0) }.joined() + "\""
        }
        let command = said.value(of: "Command Line")
        #expect(command.hasSuffix(" \(dumped("hq:Sta'ff; %i")) \(dumped(odd)) --on-failure \(dumped(hook))"))
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: Analyzer.path)), arguments: [[], ["--user"]])
    func systemdFindsNothingWrong(_ scope: [String]) async throws {
        let harness = try harness()
        let shown = await harness.run(
            ["backup", "schedule", "--json"] + scope + ["--", "verify", "\(harness.folder)/repo"]
        )
        for unit in try shown.objects {
            let path = try #require(unit["path"] as? String)
            let name = try #require(path.split(separator: "/").last)
            try harness.write(try #require(unit["text"] as? String), to: String(name), mode: 0o644)
        }
        for name in ["facelib-backup-verify.service", "facelib-backup-verify.timer"] {
            let said = try Analyzer.verify("\(harness.folder)/\(name)", in: harness.folder, level: "info")
            #expect(said.status == 0)
            #expect(said.errors.isEmpty)
        }
    }
}

/// `systemd-analyze verify`, which dumps a unit as it understood it.
private struct Analyzer {
    static let path = "/usr/bin/systemd-analyze"

    let status: Int32
    let output: String
    let errors: String

    static func verify(_ unit: String, in folder: String, level: String = "debug") throws -> Analyzer {
        let process = ChildProcess()
        process.executableURL = URL(filePath: path)
        process.arguments = ["verify", "--man=no", unit]
        process.environment = ["SYSTEMD_LOG_LEVEL": level, "XDG_RUNTIME_DIR": folder, "PATH": "/usr/bin:/bin"]
        for name in ["said", "complained"] {
            _ = FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: nil)
        }
        process.standardOutput = FileHandle(forWritingAtPath: "\(folder)/said")
        process.standardError = FileHandle(forWritingAtPath: "\(folder)/complained")
        try process.run()
        process.waitUntilExit()
        let complaints = try String(contentsOfFile: "\(folder)/complained", encoding: .utf8)
        return Analyzer(
            status: process.terminationStatus,
            output: try String(contentsOfFile: "\(folder)/said", encoding: .utf8),
            // What it says of a unit begins with the unit's name or path; the rest is about how it works.
            errors: complaints.split(separator: "\n").filter { $0.contains(unit + ":") }.joined(separator: "\n")
        )
    }

    /// The value of the first line of the dump that has this name.
    func value(of name: String) -> String {
        let lines = output.split(separator: "\n").map { $0.drop { $0 == "\t" } }
        return lines.first { $0.hasPrefix(name + ": ") }.map { String($0.dropFirst(name.count + 2)) } ?? ""
    }
}
