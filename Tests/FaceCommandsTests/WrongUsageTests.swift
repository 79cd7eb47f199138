// SPDX-License-Identifier: Apache-2.0
import FaceCommands
import FaceDevice
import FaceModel
import FaceTransfer
import Foundation
import Testing

@testable import FaceSources

/// Every command, mistyped in every way, ends with the status that `docs/exit-status.md` promises.
@Suite(.timeLimit(.minutes(20))) struct WrongUsageTests {
    /// A command line, in which `@` is a folder with the files of ``makeFiles(_:)``, its status and words of its sentence.
    struct Case: Sendable, CustomTestStringConvertible {
        let line: String
        let status: Int32
        let words: String
        var testDescription: String { line }

        init(_ line: String, _ status: Int32, _ words: String) {
            self.line = line
            self.status = status
            self.words = words
        }
    }

    private func makeFiles(_ harness: CommandHarness) throws {
        try harness.configure("hq")
        try harness.write("[devices.hq\n", to: "broken.toml")
        try harness.write("hello", to: "note.txt")
        try harness.write("one\ntwo\n", to: "two-lines")
        try harness.write("a passphrase\n", to: "pass")
        try FileManager.default.createDirectory(atPath: harness.folder + "/photos", withIntermediateDirectories: true)
        try harness.write("no picture", to: "photos/Ann_E-1_#_x_1000_Oslo.jpg")
        harness.devices.add("hq").with { state in
            state.libraries = ["Staff", "Guests"].enumerated().map {
                DeviceLibrary(id: $0 + 1, name: $1, type: .whitelist, portraitCount: 0, updateTime: "")
            }
            state.portraits = [1: [], 2: []]
        }
    }

    private func run(_ harness: CommandHarness, _ line: String) async -> CommandHarness.Result {
        let words = line.split(separator: " ").map { String($0).replacing("@", with: harness.folder) }
        return await harness.run(words + ["--state", harness.folder + "/state"])
    }

    static let commands: [Case] = [
        Case("chek @/photos", 64, "facelib has no command \"chek\"; did you mean check?"),
        Case("frobnicate", 64, "it has check, import, export"),
        Case("device lisst", 64, "facelib device has no command \"lisst\"; did you mean list?"),
        Case("backup verfy @/repo", 64, "did you mean verify?"),
        Case("mirror undo", 64, "facelib mirror undo <job>"),
        Case("mirror undo 20260101-000000-00 more", 64, "more"),
        Case("mirror undo 20260101-000000-00 --create", 64, "--create"),
        Case("check", 64, "<source>"),
        Case("check @/photos --nope", 64, "--nope"),
        Case("job report", 64, "<job>"),
        Case("job list --limit 0", 64, "at least 1"),
    ]

    static let devicesAndLibraries: [Case] = [
        Case("import @/photos nope:Staff", 64, "no device \"nope\""),
        Case("import @/photos hq:Stafff", 64, "no library \"Stafff\""),
        Case("import @/photos hq:", 64, "names no library"),
        Case("import @/photos @/out", 64, "is a path"),
        Case("export nope:Staff @/out", 64, "no device \"nope\""),
        Case("export hq:Stafff @/out", 64, "no library \"Stafff\""),
        Case("mirror hq:Stafff hq:Guests", 64, "no library \"Stafff\""),
        Case("mirror hq:Staff hq:Guestss", 64, "no library \"Guestss\""),
        Case("mirror hq:Staff nope:Guests", 64, "no device \"nope\""),
        Case("compare hq:Stafff hq:Guests", 64, "no library \"Stafff\""),
        Case("compare hq:Staff hq:Guestss", 64, "no library \"Guestss\""),
        Case("records hq captures @/out --library Stafff", 64, "no library \"Stafff\""),
        Case("records nope captures @/out", 64, "no device \"nope\""),
        Case("backup create hq:Stafff @/repo --passphrase-file @/pass", 64, "no library \"Stafff\""),
        Case("backup create nope: @/repo --passphrase-file @/pass", 64, "no device \"nope\""),
        Case("library rename hq:Stafff New", 64, "no library \"Stafff\""),
        Case("library delete hq:Stafff --yes", 64, "no library \"Stafff\""),
        Case("device check nope", 64, "no device \"nope\""),
        Case("device call nope 1281", 64, "no device \"nope\""),
    ]

    static let files: [Case] = [
        Case("check @/nowhere", 64, "is not there"), Case("check @/nowhere.csv", 64, "is not there"),
        Case("check @/nowhere.zip", 64, "is not there"), Case("check @/note.txt", 64, "is not a CSV"),
        Case("check @/photos --quality @/nowhere", 64, "--quality"),
        Case("check @/photos --passphrase-file @/nowhere", 64, "passphrase file"),
        Case("check @/photos --passphrase-file @/two-lines", 1, "on one line"),
        Case("check @/photos --report @/note.txt/x", 1, "report cannot be written"),
        Case("import @/nowhere hq:Staff", 64, "is not there"),
        Case("import @/photos hq:Staff --config @/nowhere.toml", 64, "no configuration at"),
        Case("import @/photos hq:Staff --config @/broken.toml", 1, "broken.toml:1"),
        Case("import @/photos hq:Staff --report @/note.txt/x", 1, "report cannot be written"),
        Case("device list --config @/nowhere.toml", 64, "no configuration at"),
        Case("device list --config @/photos", 1, "cannot be read"),
        Case("export hq:Staff @/out.tar.gz", 64, "written as .zip"),
        Case("export hq:Staff @/nowhere/out", 64, "is no folder"),
        Case("export hq:Staff @/note.txt/x", 64, "is no folder"),
        Case("export hq:Staff @/nowhere/out.zip --passphrase-file @/pass", 64, "is no folder"),
        Case("export hq:Staff @/out.zip --passphrase-file @/nowhere", 64, "passphrase file"),
        Case("records hq captures @/nowhere/out", 64, "is no folder"),
        Case("mirror @/nowhere hq:Guests", 64, "is not there"), Case("mirror --apply @/nowhere", 64, "cannot be read"),
        Case("mirror --apply @/note.txt", 64, "no whole plan"),
        Case("mirror hq:Staff hq:Guests --plan @/note.txt/x", 1, "cannot be written"),
        Case("compare hq:Staff @/nowhere", 64, "is not there"), Case("compare @/nowhere hq:Staff", 64, "is not there"),
        Case("backup create hq:Staff @/repo --passphrase-file @/nowhere", 64, "passphrase file"),
        Case("backup create hq:Staff @/repo --key-file @/nowhere", 64, "key file"),
        Case("backup create hq:Staff @/repo", 64, "name one of them"),
        Case("backup list @/nowhere", 64, "is no repository"),
        Case("backup verify @/nowhere --passphrase-file @/pass", 64, "is no repository"),
        Case("backup prune @/nowhere --keep-last 1 --passphrase-file @/pass", 64, "is no repository"),
        Case("backup copy @/nowhere @/other --passphrase-file @/pass", 64, "is no repository"),
        Case("job show nope", 64, "no job \"nope\""), Case("job resume nope", 64, "no job \"nope\""),
        Case("job report nope", 64, "no job \"nope\""), Case("mirror undo nope", 64, "no job \"nope\""),
    ]

    @Test(arguments: commands + devicesAndLibraries + files)
    func whatIsMistypedEndsWithItsStatus(input: Case) async throws {
        let harness = try CommandHarness()
        try makeFiles(harness)
        let result = await run(harness, input.line)
        #expect(result.status == input.status, "\(result.errors)")
        #expect(result.errors.contains(input.words), "\(result.errors)")
        // The command line must change first: going on with it would end in the same way.
        #expect(!result.errors.contains("job resume"), "\(result.errors)")
    }

    @Test(arguments: ["mirror undo --help", "help mirror undo"])
    func theHelpOfMirrorUndoIsItsOwn(line: String) async throws {
        let result = await (try CommandHarness()).run(line.split(separator: " ").map(String.init))
        #expect(result.status == 0)
        #expect(result.output.contains("USAGE: facelib mirror undo <job>"))
        #expect(result.output.contains("EXIT STATUS:"))
        #expect(!result.output.contains("mirror-undo"))
        #expect(!result.output.contains("--create"))
    }

    @Test(arguments: [
        (SourceError.Code.notFound, ExitStatus.usage), (.unsupported, .usage), (.wrongPassphrase, .refused),
        (.unreadable, .failed), (.malformed, .failed), (.changed, .failed),
    ])
    func aSourcesErrorHasItsStatus(code: SourceError.Code, status: ExitStatus) {
        #expect(ExitStatus(endingWith: SourceError(code, "…")) == status)
    }
}
