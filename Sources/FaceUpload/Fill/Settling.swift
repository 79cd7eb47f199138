// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import FacePipeline

/// The last stage of an import: reads back what was sent and settles every row of it.
struct Settling: Sendable {
    let confirmation: Confirmation
    let progress: ProgressBoard

    /// Takes deliveries until there are no more.
    ///
    /// - Parameter input: What came of the parcels.
    /// - Throws: ``DeviceError`` when a delivery ended the run; what it settled has been recorded.
    func run(from input: Channel<Delivery>) async throws {
        var claimed: [SentRow] = []
        var batches: [String] = []
        for await delivery in input {
            try await record(delivery.settled)
            claimed += delivery.claimed
            batches += delivery.openBatches
            if let fatal = delivery.fatal { throw fatal }
            if claimed.count >= Confirmation.groupLength { try await confirm(&claimed, &batches) }
        }
        try await confirm(&claimed, &batches)
    }

    private func record(_ settlements: [Settlement]) async throws {
        guard !settlements.isEmpty else { return }
        try await confirmation.ledger.settle(settlements, in: confirmation.job)
        count(settlements)
    }

    private func confirm(_ claimed: inout [SentRow], _ batches: inout [String]) async throws {
        let confirmed = try await confirmation.confirm(claimed, closing: batches)
        progress.note { $0.unconfirmed -= confirmed.count }
        count(confirmed)
        claimed.removeAll(keepingCapacity: true)
        batches.removeAll(keepingCapacity: true)
    }

    private func count(_ settlements: [Settlement]) {
        progress.note { counts in
            for settlement in settlements { counts.note(settlement.outcome) }
        }
    }
}

/// The last stage of a rehearsal: what would have been sent is ready.
struct Rehearsing: Sendable {
    let ledger: any Ledger
    let job: String
    let progress: ProgressBoard

    /// Settles the rows of parcels until there are no more.
    ///
    /// - Parameter input: What would be sent.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    func run(from input: Channel<Parcel>) async throws {
        for await parcel in input {
            let ready = parcel.rows.map {
                Settlement(
                    key: $0.row.key,
                    outcome: .ready,
                    warnings: $0.warnings,
                    remark: $0.detection?.sentence ?? ""
                )
            }
            try await ledger.settle(ready, in: job)
            progress.note { counts in
                for settlement in ready { counts.note(settlement.outcome) }
            }
        }
    }
}
