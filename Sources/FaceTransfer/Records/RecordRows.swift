// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import FacePipeline
import FaceUpload

/// Registers a row for each record.
struct RecordRows: Sendable {
    let ledger: any Ledger
    let job: String
    /// What stands before the key in the source of a row: the records as they were typed.
    let title: String
    let progress: ProgressBoard

    /// How many rows are registered together.
    private static let groupLength = 500

    /// Registers every record of a listing.
    func register(_ listing: sending EntryReader) async throws {
        while case let entries = try listing.next(Self.groupLength), !entries.isEmpty { try await register(entries) }
    }

    fileprivate func register(_ entries: [RecordEntry]) async throws {
        let rows = entries.map { entry in
            NewRow(
                key: entry.key,
                ordinal: entry.ordinal,
                source: "\(title)/\(entry.key)",
                line: nil,
                imgID: entry.key,
                name: entry.record["person_name"] ?? "",
                rejection: nil
            )
        }
        let registrations = try await ledger.register(rows, in: job)
        progress.note { counts in
            counts.found += rows.count
            counts.total = (counts.total ?? 0) + rows.count
            for case .settled(let outcome) in registrations { counts.note(outcome) }
        }
    }
}

/// The listing of a rehearsal: every record would be had, and nothing of it is kept.
struct RehearsedRecords: RecordSpill {
    let rows: RecordRows

    func begin() {}

    func take(_ entries: [RecordEntry]) async throws {
        try await rows.register(entries)
        let ready = entries.map { Settlement(key: $0.key, outcome: .ready) }
        try await rows.ledger.settle(ready, in: rows.job)
        rows.progress.note { counts in
            for settlement in ready { counts.note(settlement.outcome) }
        }
    }
}
