// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import FacePipeline

extension Ledger {
    /// Records that a job runs, runs it, and records how it ended.
    ///
    /// - Parameters:
    ///   - job: The job; one the ledger holds already is taken up again.
    ///   - work: What the job does.
    /// - Returns: What `work` returned.
    /// - Throws: What `work` threw, or `LedgerError`.
    func recording<Value>(_ job: JobRecord, _ work: () async throws -> Value) async throws -> Value {
        let started = ContinuousClock.now
        try await begin(job)
        do {
            let value = try await work()
            try await end(job.id, .finished, message: "", seconds: (ContinuousClock.now - started) / .seconds(1))
            return value
        } catch {
            let isInterrupted = error is CancellationError
            try await end(
                job.id,
                isInterrupted ? .interrupted : .stopped,
                message: isInterrupted ? "" : "\(error)",
                seconds: (ContinuousClock.now - started) / .seconds(1)
            )
            throw error
        }
    }

    /// Settles all rows that have no outcome yet as ready: the end of a rehearsal.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - progress: Takes the counts.
    /// - Throws: `LedgerError`.
    func settleTheRestAsReady(of job: String, _ progress: ProgressBoard) async throws {
        while case let keys = try await unsettledKeys(of: job, limit: 500), !keys.isEmpty {
            try await settle(keys.map { Settlement(key: $0, outcome: .ready) }, in: job)
            progress.note { $0.confirmed += keys.count }
        }
    }

    /// Erases from the trash what was kept more than 30 days ago.
    func emptyOldTrash() async throws {
        let month = 30.0 * 24 * 60 * 60
        _ = try await emptyTrash(keptBefore: Moment.now - month)
    }

    /// Sees to it that every row has its outcome, when all rows that the source has are settled.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - isResumed: Whether an earlier attempt registered rows, which the source need not have any more.
    /// - Throws: ``JobFault`` when a row ended without an outcome, and `LedgerError`.
    func accountForTheRest(of job: String, isResumed: Bool) async throws {
        while isResumed {
            let keys = try await unsettledKeys(of: job, limit: 256)
            if keys.isEmpty { break }
            let gone = Rejection(.sourceChanged, "the row was there when the job began and is not any more")
            try await settle(keys.map { Settlement(key: $0, outcome: .rejected, gone) }, in: job)
        }
        let unsettled = try await unsettledCount(of: job)
        guard unsettled == 0 else {
            throw JobFault(
                description:
                    "\(counted(unsettled, "row")) of job \(job) ended without an outcome, which is a fault of facelib; "
                    + "please report it, facelib job resume \(job) tries them again"
            )
        }
    }
}

/// A job whose sums do not add up.
struct JobFault: Error, CustomStringConvertible {
    /// The sentence for a person.
    let description: String
}
