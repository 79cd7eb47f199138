// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import Foundation
import Testing

@testable import FaceCommands

/// Repositories on disks that are not mounted, not readable, or not the right ones.
@Suite(.timeLimit(.minutes(20))) struct RepositoryMakingTests {
    private let harness: CommandHarness
    private var disk: String { "\(harness.folder)/mnt" }
    private var away: String { "\(harness.folder)/away" }

    init() throws {
        harness = try CommandHarness()
        try harness.configure("hq")
        harness.devices.add("hq").with {
            $0.libraries = [DeviceLibrary(id: 1, name: "Staff", type: .whitelist, portraitCount: 0, updateTime: "")]
        }
        try harness.write("correct horse battery\n", to: "pp")
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
    }

    private func create(_ more: String...) async -> CommandHarness.Result {
        await harness.run(
            ["backup", "create", "hq:Staff", "\(disk)/repo", "--passphrase-file", "\(harness.folder)/pp"] + more
        )
    }

    /// Puts an empty folder in the place of the disk.
    private func unmount() throws {
        try FileManager.default.moveItem(atPath: disk, toPath: away)
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
    }

    @Test func whereOneWasNoneIsMadeUnlessItIsAskedFor() async throws {
        #expect(await create().errors.contains("is a new repository"))
        try unmount()
        let told = "\(harness.folder)/told"
        let result = await create(
            "--metrics",
            "\(harness.folder)/m.prom",
            "--report",
            "\(harness.folder)/out",
            "--on-failure",
            "printf '%s|%s' \"$FACELIB_STATUS\" \"$FACELIB_CAUSE\" > '\(told)'"
        )
        #expect(result.status == 4)
        #expect(result.errors.contains("there was one on 2026-11-22: mount its disk"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk) == [])
        #expect(!FileManager.default.fileExists(atPath: "\(harness.folder)/out"))
        let metrics = try harness.text(of: "m.prom")
        #expect(metrics.contains("facelib_backup_exit_status{device=\"hq\",library=\"\"} 4"))
        #expect(!metrics.contains("last_success"))
        #expect(try harness.text(of: "told").hasPrefix("4|There is no repository at \(disk)/repo now"))

        #expect(await create("--new-repository").errors.contains("is a new repository"))
        #expect(FileManager.default.fileExists(atPath: "\(disk)/repo/repository.json"))
        let again = await create("--new-repository")
        #expect(again.status == 64)
        #expect(again.errors.contains("is a repository already"))
        // The old disk is back: it is not the one that was here last.
        try FileManager.default.removeItem(atPath: disk)
        try FileManager.default.moveItem(atPath: away, toPath: disk)
        #expect(await create().errors.contains("is another repository than the one that was here"))
    }

    @Test(arguments: [("hq:Stuff", Int32(64)), ("none:Staff", 64), ("away:Staff", 5)])
    func aBackupOfWhatIsNotThereMakesNoRepository(source: String, status: Int32) async throws {
        try harness.configure("hq", "away")
        let result = await harness.run(
            "backup",
            "create",
            source,
            "\(disk)/repo",
            "--passphrase-file",
            "\(harness.folder)/pp"
        )
        #expect(result.status == status, "\(result.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk) == [])
        // Nothing is remembered either: the next try is the first one.
        #expect(await create().errors.contains("is a new repository"))
    }

    @Test func theKeyOfARepositoryThatIsNotThereIsNotMadeAnew() async throws {
        #expect(await create().errors.contains("is a new repository"))
        let packs = "\(disk)/repo/packs/0123456789abcdef0123456789abcdef.zip"
        try Data("x".utf8).write(to: URL(fileURLWithPath: packs))
        for name in ["repository.json", "repository-copy.json"] {
            try FileManager.default.removeItem(atPath: "\(disk)/repo/\(name)")
        }
        let result = await create("--new-repository")
        #expect(result.status == 7)
        #expect(result.errors.contains("neither repository.json nor repository-copy.json"))
        #expect(FileManager.default.fileExists(atPath: packs))
    }

    @Test(arguments: ["list", "verify", "create hq:Staff", "restore", "prune --keep-last 1"])
    func whatCannotBeReadIsNotCalledNoRepository(command: String) async throws {
        // A link to itself: nobody can look through it, not even root.
        try FileManager.default.createSymbolicLink(atPath: "\(disk)/repo", withDestinationPath: "\(disk)/repo")
        let restores = command == "restore" ? ["hq:Staff"] : []
        let words = command.split(separator: " ").map(String.init)
        let result = await harness.run(
            ["backup"] + words + ["\(disk)/repo"] + restores + ["--passphrase-file", "\(harness.folder)/pp"]
        )
        #expect(result.status == 1)
        #expect(result.errors.contains("cannot be read: Too many levels of symbolic links"), "\(result.errors)")
    }

    @Test func aFileIsNoFolderOfARepository() async throws {
        try harness.write("mine", to: "mnt/repo")
        let result = await create()
        #expect(result.status == 64)
        #expect(result.errors.contains("is no folder"))
    }

    @Test func aTimerMakesNoRepositoryAnew() async throws {
        let result = await harness.run(
            "backup",
            "schedule",
            "--",
            "create",
            "hq:",
            "\(disk)/repo",
            "--new-repository",
            "--passphrase-file",
            "p"
        )
        #expect(result.status == 64)
        #expect(result.errors.contains("--new-repository has no place in a timer"))
    }

    @Test func aPassphraseThatWasReadWithItsMarkStillOpensItsRepository() async throws {
        try harness.write("\u{FEFF}\u{FEFF}correct horse battery\n", to: "pp")
        #expect(await create().errors.contains("is a new repository"))
        try harness.write("\u{FEFF}correct horse battery\n", to: "pp")
        #expect(await create().errors.contains("begins with the byte order mark of its file"))
        try harness.write("correct horse battery\n", to: "pp")
        #expect(await create().status == 6)
    }
}

/// Passphrases that exports generated and that were killed.
@Suite struct LeftPassphraseTests {
    private func record(_ id: String, _ target: String, started: Double) -> JobRecord {
        JobRecord(
            id: id,
            command: "export",
            source: "hq:Staff",
            target: target,
            directory: "/",
            options: "{}",
            started: started
        )
    }

    @Test func thoseThatNobodyCanNeedGoAndThoseInClearAreSealed() async throws {
        let harness = try CommandHarness()
        let ledger = try SQLiteLedger.open(directory: harness.folder)
        let now = 1_795_342_502
        let jobs = [
            ("20261122-101502-01", "under-way.zip", JobState.running), ("20261120-101502-02", "gone.zip", .running),
            ("20261122-101502-03", "new.zip", .running), ("20261122-101502-04", "finished.zip", .finished),
            ("20261119-101502-05", "kept.zip", .interrupted), ("20261119-101502-06", "untold.zip", .finished),
        ]
        for (id, target, state) in jobs {
            try await ledger.begin(record(id, "\(harness.folder)/\(target)", started: Double(now)))
            if state != .running { try await ledger.end(id, state, message: "", seconds: 1) }
            if id != "20261122-101502-01" { try await ledger.keep(Secret(id), of: id) }
        }
        for target in ["under-way.zip", "kept.zip"] {
            try FileManager.default.createDirectory(
                atPath: "\(harness.folder)/\(target).parts",
                withIntermediateDirectories: false
            )
        }
        try harness.write("an archive", to: "untold.zip")
        // As an earlier version left it.
        try harness.write("abcde-fghij\n", to: "passphrase-20261122-101502-01")
        try await ledger.keep(Secret("x"), of: "20261119-101502-99")
        try await LeftPassphrases(ledger: ledger, directory: harness.folder, now: now).tidy()
        #expect(
            try await ledger.jobsWithSecrets()
                == ["20261119-101502-05", "20261119-101502-06", "20261122-101502-01", "20261122-101502-03"]
        )
        #expect(try await ledger.secret(of: "20261122-101502-01") == Secret("abcde-fghij"))
        #expect(!FileManager.default.fileExists(atPath: "\(harness.folder)/passphrase-20261122-101502-01"))
    }
}
