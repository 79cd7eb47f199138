// SPDX-License-Identifier: Apache-2.0
internal import FaceLedger
import FaceLibraries
internal import FaceModel
internal import FacePipeline
import FaceRepository
internal import FaceTransfer

/// Runs an export: opens what it needs, shows how far it is, and tells what came of it.
struct ExportRunner {
    let invocation: Invocation
    /// Where the report is written, `nil` without `--report`.
    let report: String?

    /// Whether a target is an archive, by its ending.
    static func isArchive(_ target: String) -> Bool { target.lowercased().hasSuffix(".zip") }

    /// Endings of archives that are none of ours: a folder of such a name is surely not what was meant.
    private static let otherArchives = [".7z", ".bz2", ".gz", ".rar", ".tar", ".tgz", ".xz"]

    /// Runs a new export, or continues the one that this command began.
    ///
    /// - Parameters:
    ///   - source: The library as it was typed.
    ///   - target: The folder or archive as it was typed.
    ///   - plan: What is asked of the job.
    /// - Returns: The status of a job that came to its end.
    /// - Throws: What ends a job before its end; ``ExitStatus/init(endingWith:)`` gives each its status.
    func start(_ source: String, to target: String, _ plan: ExportPlan) async throws -> ExitStatus {
        if case .device = try invocation.address(target) {
            throw CommandError.usage("\(target) is a device; export writes into a folder or a .zip.")
        }
        if let ending = Self.otherArchives.first(where: target.lowercased().hasSuffix) {
            throw CommandError.usage("\(target) would be a folder; archives are written as .zip, not as \(ending).")
        }
        let ledger = try invocation.openLedger()
        let source = try pinned(source, plan)
        let record = try await invocation.newJob("export", source, to: target, options: plan.json, ledger)
        if !plan.isRehearsal, let earlier = try await begun(like: record, ledger) {
            invocation.console.notice("Continuing job \(earlier.id), which this command began.")
            return try await resume(earlier, ledger)
        }
        return try await run(record, plan, ledger)
    }

    /// The job that was asked the same and did not come to its very end, which is to tell the passphrase of its archive.
    private func begun(like record: JobRecord, _ ledger: SQLiteLedger) async throws -> JobRecord? {
        if ExportJob.hasBegun(target: place(of: record)) { return try await ledger.unfinished(like: record) }
        guard Self.isArchive(record.target), TextFile.exists(place(of: record)),
            let finished = try await ledger.unfinished(like: record, orFinished: true),
            try await ledger.secret(of: finished.id) != nil
        else { return nil }
        return finished
    }

    /// Takes an old export up.
    ///
    /// - Parameters:
    ///   - record: The job.
    ///   - passphraseFile: The file with the passphrase that was told of its archive; `nil` where none is named.
    ///   - ledger: The ledger that holds it.
    /// - Returns: The status of a job that came to its end.
    /// - Throws: What ends a job before its end; ``ExitStatus/init(endingWith:)`` gives each its status.
    func resume(
        _ record: JobRecord,
        passphraseFile: String? = nil,
        _ ledger: SQLiteLedger
    ) async throws -> ExitStatus {
        var plan = try ExportPlan(reading: record.options)
        if let passphraseFile {
            guard Self.isArchive(record.target), !plan.isRehearsal else {
                throw CommandError.usage("Job \(record.id) writes no .zip, so --passphrase-file has no use here.")
            }
            plan.passphraseFile = passphraseFile
        } else if try await hasNothingLeft(record, plan, ledger) {
            return try await JobReport(invocation: invocation, directory: report)
                .tell(record.id, doubt: "", of: "portraits", ledger)
        }
        return try await run(record, plan, ledger)
    }

    /// Whether a job with a generated passphrase told it and has no row to try again: its archive is closed for good.
    private func hasNothingLeft(_ record: JobRecord, _ plan: ExportPlan, _ ledger: any Ledger) async throws -> Bool {
        guard Self.isArchive(record.target), plan.passphraseFile == nil, record.state == .finished,
            try await ledger.secret(of: record.id) == nil
        else { return false }
        return try await ledger.outcomes(of: record.id)[.failed, default: 0] == 0
    }

    private func run(_ record: JobRecord, _ plan: ExportPlan, _ ledger: SQLiteLedger) async throws -> ExitStatus {
        let outcome = JobReport(invocation: invocation, directory: report)
        try outcome.prepare()
        let address = try invocation.address(record.source, seenFrom: record.directory)
        let passphrase = try await passphrase(for: record, plan, ledger)
        let doubt = try await invocation.withDevices([address.deviceName].compactMap(\.self)) { devices in
            let places = LibraryPlaces(
                invocation: invocation,
                devices: devices,
                access: plan.repository,
                directory: record.directory
            )
            let request = try places.request(address, record.source)
            return try await move(record, plan, request, passphrase?.secret, ledger)
        }
        try await passphrase?.tellAndForget()
        return try await outcome.tell(record.id, doubt: doubt, of: "portraits", ledger)
    }

    /// A snapshot by its id, whatever it was called: another one may be the newest when the job is taken up again.
    private func pinned(_ source: String, _ plan: ExportPlan) throws -> String {
        guard case .snapshot(let path, let name) = try invocation.address(source) else { return source }
        let repository = try invocation.openRepository(path, plan.repository, for: .reading)
        defer { repository.close() }
        return "\(path)@\(try repository.snapshot(named: name).id)"
    }

    /// Exports what was asked for.
    ///
    /// - Returns: Why there may be more portraits, `""` when these are all.
    private func move(
        _ record: JobRecord,
        _ plan: ExportPlan,
        _ request: LibraryRequest,
        _ passphrase: Secret?,
        _ ledger: SQLiteLedger
    ) async throws -> String {
        let board = ProgressBoard()
        let job = ExportJob(
            record: record,
            request: request,
            target: place(of: record),
            passphrase: passphrase,
            selection: plan.selection,
            isRehearsal: plan.isRehearsal,
            ledger: ledger,
            workers: Workers.count,
            progress: board,
            clock: invocation.context.clock
        )
        let doubt = try await invocation.whileRunning(record.id, board) { try await job.run() ?? "" }
        for notice in job.notices { invocation.console.notice(notice) }
        return doubt
    }

    /// The target's absolute path.
    private func place(of record: JobRecord) -> String {
        WorkingDirectory.absolute(record.target, seenFrom: record.directory)
    }

    private func passphrase(
        for record: JobRecord,
        _ plan: ExportPlan,
        _ ledger: any Ledger
    ) async throws -> ArchivePassphrase? {
        let left = LeftPassphrases(
            ledger: ledger,
            directory: try invocation.stateDirectory(),
            now: invocation.context.now()
        )
        try await left.tidy()
        guard Self.isArchive(record.target) else { return nil }
        if let file = plan.passphraseFile {
            return ArchivePassphrase(secret: try PassphraseFile.read(file, warn: invocation.console.warn))
        }
        // Nothing is written by a rehearsal, so there is nothing to be opened.
        if plan.isRehearsal { return ArchivePassphrase(secret: PassphraseFile.generated()) }
        if let earlier = try await ledger.job(record.id), earlier.state == .finished {
            return try await ArchivePassphrase(
                finished: record,
                archive: place(of: record),
                in: ledger,
                invocation.console
            )
        }
        return try await ArchivePassphrase(generatedFor: record, in: ledger, invocation.console)
    }
}

extension Ledger {
    /// The newest job that was asked the very same and did not come to its end.
    ///
    /// - Parameters:
    ///   - record: A job that is asked now.
    ///   - orFinished: Whether one counts too that came to its end with rows that failed.
    /// - Returns: The job, `nil` when there is none.
    /// - Throws: `LedgerError`.
    func unfinished(like record: JobRecord, orFinished: Bool = false) async throws -> JobRecord? {
        try await jobs(limit: 200).first {
            (orFinished || $0.state != .finished) && $0.command == record.command && $0.source == record.source
                && $0.target == record.target && $0.directory == record.directory && $0.options == record.options
        }
    }
}
