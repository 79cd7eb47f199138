// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import FacePipeline

/// The last stage of an import: reads back what was sent and settles every row of it.
///
/// While some rows are read back the next deliveries are taken, so that no upload waits for it.
struct Settling: Sendable {
    let confirmation: Confirmation
    let progress: ProgressBoard

    /// Rows that the device claims to have, with the batches that end when they have been read back.
    private struct Claims: Sendable {
        var rows: [SentRow] = []
        var batches: [String] = []
    }

    /// Takes deliveries until there are no more.
    ///
    /// - Parameter input: What came of the parcels.
    /// - Throws: ``DeviceError`` when a delivery ended the run; what it settled has been recorded.
    func run(from input: Channel<Delivery>) async throws {
        let groups = Channel<Claims>()
        try await withThrowingTaskGroup(of: DeviceError?.self) { parts in
            parts.addTask { try await gather(from: input, to: groups) }
            parts.addTask {
                for await claims in groups { try await confirm(claims) }
                return nil
            }
            var fatal: DeviceError?
            // What is being read back is settled before the run ends.
            while let error = try await parts.next() { fatal = fatal ?? error }
            if let fatal { throw fatal }
        }
    }

    /// Records what is settled and hands on what is claimed, some rows together; returns what ended the run.
    private func gather(from input: Channel<Delivery>, to groups: Channel<Claims>) async throws -> DeviceError? {
        defer { groups.finish() }
        var claims = Claims()
        for await delivery in input {
            try await record(delivery.settled)
            claims.rows += delivery.claimed
            claims.batches += delivery.openBatches
            if let fatal = delivery.fatal { return fatal }
            if claims.rows.count >= Confirmation.groupLength {
                try await groups.send(claims)
                claims = Claims()
            }
        }
        try await groups.send(claims)
        return nil
    }

    private func record(_ settlements: [Settlement]) async throws {
        guard !settlements.isEmpty else { return }
        try await confirmation.ledger.settle(settlements, in: confirmation.job)
        count(settlements)
    }

    private func confirm(_ claims: Claims) async throws {
        count(try await confirmation.confirm(claims.rows, closing: claims.batches))
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
                Settlement(key: $0.row.key, outcome: .ready, warnings: $0.warnings, $0.detection)
            }
            try await ledger.settle(ready, in: job)
            progress.note { counts in
                for settlement in ready { counts.note(settlement.outcome) }
            }
        }
    }
}
