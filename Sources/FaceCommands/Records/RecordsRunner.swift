// SPDX-License-Identifier: Apache-2.0
internal import FaceLedger
internal import FacePipeline
internal import FaceTransfer

/// Runs an export of records: opens what it needs, shows how far it is, and tells what came of it.
struct RecordsRunner {
    let invocation: Invocation
    /// Where the report is written, `nil` without `--report`.
    let report: String?

    /// Runs a new export, or continues the one that this command began.
    ///
    /// - Parameters:
    ///   - plan: What is asked of the job.
    ///   - target: The folder as it was typed.
    /// - Returns: The status of a job that came to its end.
    /// - Throws: What ends a job before its end; ``ExitStatus/init(endingWith:)`` gives each its status.
    func start(_ plan: RecordsPlan, to target: String) async throws -> ExitStatus {
        if case .device = try invocation.address(target) {
            throw CommandError.usage("\(target) is a device; records are written into a folder.")
        }
        if ExportRunner.isArchive(target) {
            throw CommandError.usage("\(target) is a .zip; records are written into a folder.")
        }
        // Before anything is recorded.
        _ = try invocation.device(named: plan.device)
        let ledger = try invocation.openLedger()
        let record = try await invocation.newJob("records", plan.source, to: target, options: plan.json, ledger)
        if !plan.isRehearsal, ExportJob.hasBegun(target: place(of: record)),
            let earlier = try await ledger.unfinished(like: record, orFinished: true)
        {
            invocation.console.notice("Continuing job \(earlier.id), which this command began.")
            return try await resume(earlier, ledger)
        }
        return try await run(record, plan, ledger)
    }

    /// Takes an old export up.
    ///
    /// - Parameters:
    ///   - record: The job.
    ///   - ledger: The ledger that holds it.
    /// - Returns: The status of a job that came to its end.
    /// - Throws: What ends a job before its end; ``ExitStatus/init(endingWith:)`` gives each its status.
    func resume(_ record: JobRecord, _ ledger: SQLiteLedger) async throws -> ExitStatus {
        try await run(record, RecordsPlan(reading: record.options), ledger)
    }

    private func run(_ record: JobRecord, _ plan: RecordsPlan, _ ledger: SQLiteLedger) async throws -> ExitStatus {
        let outcome = JobReport(invocation: invocation, directory: report)
        try outcome.prepare()
        let device = try invocation.device(named: plan.device)
        let doubt = try await invocation.withDevice(device) { opened in
            try await move(record, plan, RecordRequest(device: opened, selection: plan.selection), ledger)
        }
        return try await outcome.tell(record.id, doubt: doubt, of: "records", ledger)
    }

    /// Exports what was asked for.
    ///
    /// - Returns: Why there may be more records, `""` when these are all.
    private func move(
        _ record: JobRecord,
        _ plan: RecordsPlan,
        _ request: RecordRequest,
        _ ledger: SQLiteLedger
    ) async throws -> String {
        let board = ProgressBoard()
        let job = RecordJob(
            record: record,
            request: request,
            target: place(of: record),
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
}
