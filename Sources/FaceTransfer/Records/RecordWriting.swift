// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FacePipeline

/// The last stage: puts records into the target in groups and settles their rows.
struct RecordWriting: Sendable {
    let target: RecordFolder
    let ledger: any Ledger
    let job: String
    let progress: ProgressBoard

    /// How many records are written, synced and settled together.
    private static let groupLength = 128
    /// How many bytes of images a group may hold.
    private static let groupBytes = 16 << 20

    /// Takes records until there are no more.
    ///
    /// - Parameter input: What came of each record.
    /// - Throws: What the target or the ledger threw.
    func run(from input: Channel<FetchedRecord>) async throws {
        var batcher = Batcher<FetchedRecord>(maximumCount: Self.groupLength, maximumWeight: Self.groupBytes)
        for await record in input {
            for group in batcher.add(record, weight: record.weight) { try await write(group) }
        }
        try await write(batcher.takeRest())
    }

    private func write(_ group: [FetchedRecord]) async throws {
        guard !group.isEmpty else { return }
        try await target.store(group)
        try await ledger.settle(group.map(\.settlement), in: job)
        progress.note { counts in
            for record in group { counts.note(record.settlement.outcome) }
        }
    }
}
