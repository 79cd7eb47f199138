// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceLibraries
import FaceModel
import FacePipeline
import FaceUpload

/// The last stage of an export: puts portraits into the target in groups and settles their rows.
struct ExportWriting: Sendable {
    let target: any ExportTarget
    let ledger: any Ledger
    let job: String
    let progress: ProgressBoard

    /// What is written, synced and settled together: so many portraits, so many bytes of images.
    private static let bounds = GroupBounds(count: 128, weight: 16 << 20)

    /// Takes portraits until there are no more.
    ///
    /// - Parameter input: What came of each portrait.
    /// - Throws: What the target or the ledger threw.
    func run(from input: Channel<FetchedRow>) async throws {
        try await writeInGroups(Self.bounds, from: input, weight: weigh, write: write)
    }

    /// A portrait that comes has been had, whatever becomes of its group.
    @Sendable private func weigh(_ row: FetchedRow) -> Int {
        progress.note { counts in
            counts.prepared += 1
            counts.unconfirmed += 1
        }
        return row.weight
    }

    @Sendable private func write(_ group: [FetchedRow]) async throws {
        try await target.store(
            group.compactMap { if case .portrait(let portrait) = $0.result { portrait } else { nil } }
        )
        let settlements = group.map(\.settlement)
        try await ledger.settle(settlements, in: job)
        progress.note { counts in
            counts.unconfirmed -= settlements.count
            for settlement in settlements { counts.note(settlement.outcome) }
        }
    }
}

extension FetchedRow {
    /// What becomes of the row once its portrait is written: one that lacks something is no success.
    fileprivate var settlement: Settlement {
        switch result {
        case .missing(let outcome, let rejection): Settlement(key: key, outcome: outcome, rejection)
        case .portrait(let portrait):
            if portrait.remarks.isEmpty {
                Settlement(key: key, outcome: .stored)
            } else {
                Settlement(key: key, outcome: .rejected, reasons: Rejection.gravestFirst(portrait.remarks))
            }
        }
    }
}
