// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceModel
internal import FaceReport
import FaceRepository

/// `facelib backup verify`: whether a repository is sound.
struct BackupVerifyCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Say whether a repository is sound, and whom it concerns where it is not.",
        discussion: """
            Without options all files must be there, as long as they were, and all snapshots readable. --read-all reads \
            every byte, --sample some of the images. --drill proves that a restore works: it starts facelib-simulator, \
            restores to it and compares.

            \(ExitStatus.table(.refused, .different, .locked))
            """
    )

    @Argument(
        help: ArgumentHelp(
            "The folder of the repository; for --drill also which snapshot.",
            valueName: "repo[@snapshot]"
        )
    )
    var repository: String

    @OptionGroup var opening: RepositoryOptions

    @Flag(help: "Read every byte.")
    var readAll = false

    @Option(
        help: ArgumentHelp("Read this share of the images, such as 5%.", valueName: "share"),
        transform: Share.reading(option: "--sample")
    )
    var sample: Double?

    @Flag(help: "Restore the snapshot, or the newest of each library, into a simulated device and compare.")
    var drill = false

    @OptionGroup(title: "Common options") var global: GlobalOptions

    mutating func validate() throws {
        if readAll && sample != nil { throw ValidationError("--read-all and --sample exclude each other.") }
    }

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let address = try invocation.address(repository)
        let opened = try open(address, invocation)
        var isSound = try await check(opened, invocation)
        if drill {
            for snapshot in try drilled(address, opened) {
                let result = try await RestoreDrill(invocation: invocation, repository: opened).run(snapshot)
                try invocation.console.answer(result)
                isSound = isSound && result.isSame
            }
        }
        return isSound ? .success : .different
    }

    private func open(_ address: Address, _ invocation: Invocation) throws -> Repository {
        guard case .snapshot(let path, _) = address else {
            throw invocation.noRepository(repository)
        }
        return try invocation.openRepository(path, opening.access, for: .reading)
    }

    /// Checks the repository and says whether it is sound.
    private func check(_ repository: Repository, _ invocation: Invocation) async throws -> Bool {
        let depth: RepositoryCheck.Depth = readAll ? .everything : sample.map { .sample($0) } ?? .structure
        let ledger = try invocation.openLedger()
        let check = RepositoryCheck(repository: repository, ledger: ledger, depth: depth)
        let teller = VerificationTeller(console: invocation.console, repository: repository.path)
        let totals = try await check.run(teller.tell)
        try invocation.console.answer(VerificationTotals(totals: totals))
        return totals.isSound
    }

    /// The snapshots that are restored for proof.
    private func drilled(_ address: Address, _ repository: Repository) throws -> [Snapshot] {
        guard case .snapshot(_, let name?) = address else { return repository.newestOfEachLibrary }
        return [try repository.snapshot(named: name)]
    }
}

extension RepositoryCheck.Totals {
    /// Whether nothing is damaged.
    var isSound: Bool { damagedFiles == 0 && lostPortraits == 0 }
}

/// Prints what a verification finds.
struct VerificationTeller {
    let console: Console
    let repository: String

    /// Tells one finding.
    func tell(_ finding: RepositoryCheck.Finding) throws {
        switch finding {
        case .file(let file, let what): try console.answer(DamagedFile(file: file, what: what))
        case .leftover(let file):
            console.notice("\(file) is left of a run that was killed; the next command that changes it removes it.")
        case .stranger(let name):
            console.notice("\(name) does not belong to the repository and is left alone.")
        case .behind(let file):
            console.notice("\(file) is one change behind; the next command that changes the repository renews it.")
        case .portrait(let snapshot, let imgID, let name, let what):
            let row = RowResult(
                source: "\(repository)@\(snapshot)" + (imgID.isEmpty ? "" : "/\(imgID)"),
                imgID: imgID,
                name: name,
                outcome: .failed,
                reason: .sourceUnreadable,
                detail: what
            )
            switch console.format {
            case .json: try console.print(JSONLine.row(row))
            case .text: try console.print("! \(row.source): \(what)".printable)
            }
        }
    }

    private struct DamagedFile: Answer {
        let file: String
        let what: String

        var lines: [String] { ["✗ \(file): \(what)"] }
        var json: JSONValue { ["type": "file", "file": .string(file), "detail": .string(what)] }
    }
}

/// What a verification looked at, as the last line.
private struct VerificationTotals: Answer {
    let totals: RepositoryCheck.Totals

    var lines: [String] {
        var read: [String] = []
        if totals.bytesRead > 0 { read.append("\(ByteText.of(totals.bytesRead)) held against their digests") }
        if totals.imagesRead > 0 { read.append("\(count(totals.imagesRead, "image")) decrypted") }
        let verdict =
            totals.isSound
            ? "sound"
            : "NOT SOUND: \(count(totals.damagedFiles, "file")) damaged, \(count(totals.lostPortraits, "portrait")) lost"
        let looked =
            "\(count(totals.snapshots, "snapshot")), \(count(totals.portraits, "portrait")), "
            + count(totals.images, "image")
        return ["\(looked): \(verdict)" + (read.isEmpty ? "" : " (\(read.joined(separator: ", ")))")]
    }

    var json: JSONValue {
        [
            "type": "verified", "sound": .bool(totals.isSound), "snapshots": JSONValue(totals.snapshots),
            "portraits": JSONValue(totals.portraits), "images": JSONValue(totals.images),
            "images_read": JSONValue(totals.imagesRead), "bytes_read": JSONValue(totals.bytesRead),
            "damaged_files": JSONValue(totals.damagedFiles), "lost_portraits": JSONValue(totals.lostPortraits),
        ]
    }
}
