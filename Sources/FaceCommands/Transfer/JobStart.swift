// SPDX-License-Identifier: Apache-2.0
internal import FaceLedger
internal import FacePipeline
internal import Glibc

extension Invocation {
    /// The ledger of this user.
    func openLedger() throws -> SQLiteLedger { try SQLiteLedger.open(directory: stateDirectory()) }

    /// A job that starts now in the folder the command runs in.
    ///
    /// - Parameters:
    ///   - command: The command's name.
    ///   - source: The source as it was typed.
    ///   - target: The destination as it was typed, `""` for none.
    ///   - options: The plan as JSON.
    ///   - ledger: The ledger, which knows the ids that are taken.
    /// - Returns: The job, not recorded yet.
    /// - Throws: `LedgerError`.
    func newJob(
        _ command: String,
        _ source: String,
        to target: String,
        options: String,
        _ ledger: any Ledger
    ) async throws -> JobRecord {
        let now = context.now()
        var id = JobID.make(at: now)
        // Two digits do not tell apart all jobs of one second.
        while try await ledger.job(id) != nil { id = JobID.make(at: context.now()) }
        return JobRecord(
            id: id,
            command: command,
            source: source,
            target: target,
            directory: WorkingDirectory.path,
            options: options,
            started: Double(now)
        )
    }

    /// A job of the same command as another one, about something else.
    ///
    /// - Parameters:
    ///   - job: The other job.
    ///   - source: The source.
    ///   - target: The destination.
    ///   - ledger: The ledger, which knows the ids that are taken.
    /// - Returns: The job, not recorded yet.
    /// - Throws: `LedgerError`.
    func newJob(like job: JobRecord, _ source: String, to target: String, _ ledger: any Ledger) async throws
        -> JobRecord
    {
        var new = try await newJob(job.command, source, to: target, options: job.options, ledger)
        new.directory = job.directory
        return new
    }

    /// Shows how far a job is while it runs, and how to continue when it stops on the way.
    ///
    /// - Parameters:
    ///   - id: The job's id.
    ///   - board: Where the job counts.
    ///   - work: Runs the job.
    /// - Returns: What `work` returned.
    /// - Throws: What `work` threw.
    func whileRunning<Value: Sendable>(
        _ id: String,
        _ board: ProgressBoard,
        _ work: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await withProgress({ board.now }, work)
        } catch {
            // The number of rows is known once the job stands in the ledger.
            if board.now.total != nil, ExitStatus(endingWith: error).mayPass {
                console.notice("Job \(id) stopped; facelib job resume \(id) continues it.")
            }
            throw error
        }
    }
}

/// How many rows are worked on at once.
enum Workers {
    /// One a processor, and two that wait for the disk or the device.
    static let count = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) + 2
}
