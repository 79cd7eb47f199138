// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import Foundation
import Testing

@testable import FaceCommands

/// The generated passphrase of an archive: told once, and needed again where rows are tried again.
@Suite(.timeLimit(.minutes(5))) struct ExportPassphraseTests {
    private let harness: CommandHarness
    private let job = "20261122-101502-3f"
    private var archive: String { "\(harness.folder)/out.zip" }

    init() throws {
        harness = try CommandHarness()
        try harness.configure("hq")
        harness.devices.add("hq")
    }

    /// An export into an archive that came to its end, with a row that ended so.
    private func finish(_ outcome: Outcome, in directory: String = "/", keeping secret: Secret? = nil) async throws {
        let ledger = try SQLiteLedger.open(directory: harness.folder)
        try await ledger.begin(
            JobRecord(
                id: job,
                command: "export",
                source: "hq:Staff",
                target: archive,
                directory: directory,
                options: ExportPlan().json,
                started: 1
            )
        )
        let row = NewRow(
            key: "E-1",
            ordinal: 0,
            source: "hq:Staff/E-1",
            line: nil,
            imgID: "E-1",
            name: "Ann",
            rejection: nil
        )
        _ = try await ledger.register([row], in: job)
        try await ledger.settle([Settlement(key: "E-1", outcome: outcome)], in: job)
        try await ledger.end(job, .finished, message: "", seconds: 1)
        if let secret { try await ledger.keep(secret, of: job) }
        try harness.write("an archive", to: "out.zip")
    }

    private func run(_ line: String) async -> CommandHarness.Result {
        await harness.run(line.split(separator: " ").map(String.init) + ["--state", harness.folder])
    }

    @Test func aRowThatFailedIsTriedAgainWithThePassphraseThatWasTold() async throws {
        try await finish(.failed)
        let result = await run("job resume \(job)")
        #expect(result.status == 64)
        let advice = "put it into a file and run facelib job resume \(job) --passphrase-file FILE."
        #expect(result.errors.contains(advice), "\(result.errors)")
        #expect(!result.errors.contains("The passphrase of"))
        // With one the device is asked.
        try harness.write("abcde-fghij\n", to: "told")
        let named = await run("job resume \(job) --passphrase-file \(harness.folder)/told")
        #expect(named.errors.contains("hq has no library"), "\(named.errors)")
    }

    @Test func anArchiveWhoseRowsAllWentThroughNeedsNone() async throws {
        try await finish(.stored)
        let result = await run("job resume \(job)")
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("1 row: 1 stored"))
        #expect(harness.devices.opened.isEmpty)
    }

    @Test func aPassphraseThatNobodyWasToldIsNeverErasedWhileItsArchiveIsThere() async throws {
        try await finish(.stored, keeping: Secret("abcde-fghij"))
        // Whatever is exported meanwhile.
        _ = await run("export hq:Others \(harness.folder)/other.zip")
        let ledger = try SQLiteLedger.open(directory: harness.folder)
        #expect(try await ledger.secret(of: job) == Secret("abcde-fghij"))
        try FileManager.default.removeItem(atPath: archive)
        _ = await run("export hq:Others \(harness.folder)/another.zip")
        #expect(try await ledger.secret(of: job) == nil)
    }

    @Test func theSameCommandTakesUpTheJobWhosePassphraseWasNotToldYet() async throws {
        let directory = FileManager.default.currentDirectoryPath
        try await finish(.stored, in: directory, keeping: Secret("abcde-fghij"))
        let result = await run("export hq:Staff \(archive)")
        #expect(result.errors.contains("Continuing job \(job), which this command began."), "\(result.errors)")
    }

    @Test(arguments: ["records", "import"]) func otherJobsTakeNoPassphrase(command: String) async throws {
        let ledger = try SQLiteLedger.open(directory: harness.folder)
        try await ledger.begin(
            JobRecord(
                id: job,
                command: command,
                source: "a",
                target: "b",
                directory: "/",
                options: "{}",
                started: 1
            )
        )
        try harness.write("abcde-fghij\n", to: "told")
        let result = await run("job resume \(job) --passphrase-file \(harness.folder)/told")
        #expect(result.status == 64)
        #expect(result.errors.contains("is no export"))
    }
}
