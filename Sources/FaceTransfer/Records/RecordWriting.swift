// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FacePipeline
import FaceUpload

/// The last stage: puts records into the target in groups and settles their rows.
struct RecordWriting: Sendable {
    let target: RecordFolder
    let ledger: any Ledger
    let job: String
    let progress: ProgressBoard

    /// What is written, synced and settled together: so many records, so many bytes of images.
    private static let bounds = GroupBounds(count: 128, weight: 16 << 20)

    /// Takes records until there are no more.
    ///
    /// - Parameter input: What came of each record.
    /// - Throws: What the target or the ledger threw.
    func run(from input: Channel<FetchedRecord>) async throws {
        try await writeInGroups(Self.bounds, from: input, weight: \.weight, write: write)
    }

    @Sendable private func write(_ group: [FetchedRecord]) async throws {
        try await target.store(group)
        try await ledger.settle(group.map(\.settlement), in: job)
        progress.note { counts in
            for record in group { counts.note(record.settlement.outcome) }
        }
    }
}
