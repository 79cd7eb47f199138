// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceImaging
import FaceLedger
import FaceLibraries
import FaceModel
import FacePipeline

/// Some rows that are sent together or, where that is not possible, one after the other.
enum Parcel: Sendable {
    /// New portraits for one batch.
    case batch([PreparedRow])
    /// A new portrait that cannot be said in a batch file name.
    case alone(PreparedRow)
    /// A portrait that changes what is there.
    case update(PreparedRow, Difference)

    /// The rows of the parcel.
    var rows: [PreparedRow] {
        switch self {
        case .batch(let rows): rows
        case .alone(let row), .update(let row, _): [row]
        }
    }
}

/// Gathers prepared rows into parcels, in the order of the source, and settles those that go no further.
///
/// Rows are gathered before their pictures are compared with earlier ones, so that the ledger is
/// written once a group and not once a row.
struct Packing: Sendable {
    let ledger: any Ledger
    let job: String
    let library: LibraryKey?
    /// The message that batches are sent with.
    let upload: DeviceSettings.UploadMessage
    let maximumCount: Int
    let maximumBytes: Int
    let progress: ProgressBoard

    /// How many rows are settled together.
    private static let groupLength = 128

    /// Packs everything that comes.
    ///
    /// - Parameters:
    ///   - input: Prepared rows in the order of the source.
    ///   - output: Where parcels go; finished at the end.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    func run(from input: Channel<PortraitPreparation.Result>, to output: Channel<Parcel>) async throws {
        defer { output.finish() }
        var batcher = Batcher<PreparedRow>(maximumCount: maximumCount, maximumWeight: maximumBytes)
        var settlements: [Settlement] = []
        var learned: [KnownPortrait] = []
        for await result in input {
            switch result {
            case .ready(let row):
                progress.note { $0.prepared += 1 }
                for group in batcher.add(row, weight: row.image.bytes.count) { try await pack(group, to: output) }
            case .settled(let settlement, let known):
                progress.note { $0.note(settlement.outcome) }
                settlements.append(settlement)
                if let known { learned.append(known) }
            case .stopped(let settlement, let error):
                progress.note { $0.note(settlement.outcome) }
                settlements.append(settlement)
                try await settle(&settlements, &learned)
                throw error
            }
            if settlements.count == Self.groupLength { try await settle(&settlements, &learned) }
        }
        try await settle(&settlements, &learned)
        let rest = batcher.takeRest()
        if !rest.isEmpty { try await pack(rest, to: output) }
    }

    private func settle(_ settlements: inout [Settlement], _ learned: inout [KnownPortrait]) async throws {
        if let library { try await ledger.learn(learned, in: library) }
        try await ledger.settle(settlements, in: job)
        settlements.removeAll(keepingCapacity: true)
        learned.removeAll(keepingCapacity: true)
    }

    private func pack(_ group: [PreparedRow], to output: Channel<Parcel>) async throws {
        var batch: [PreparedRow] = []
        var others: [Parcel] = []
        for row in try await noticingTwins(group) {
            switch row.action {
            case .update(let difference): others.append(.update(row, difference))
            case .store where row.outgoing.batchFileName(in: upload) == nil: others.append(.alone(row))
            case .store: batch.append(row)
            }
        }
        if !batch.isEmpty { try await output.send(.batch(batch)) }
        for parcel in others { try await output.send(parcel) }
    }

    /// Warns of pictures that stand under another id in this source.
    private func noticingTwins(_ group: [PreparedRow]) async throws -> [PreparedRow] {
        let pictures = group.map { row in
            PictureRecord(
                key: row.row.key,
                content: row.fingerprint.photo,
                hash: row.fingerprint.hash,
                keys: PictureHash(words: row.fingerprint.hash)?.keys ?? []
            )
        }
        let twins = try await ledger.recordPictures(pictures, nearness: PictureHash.sameLimit, in: job)
        return zip(group, twins).map { row, twin in
            guard let twin else { return row }
            var row = row
            let place = twin.line.map { "\(twin.source), line \($0)" } ?? twin.source
            let sameness = twin.identical ? "the same file as" : "the same picture as"
            row.warnings.append(Rejection(.imageRepeated, "\(sameness) \(place) (img_id \(twin.imgID))"))
            return row
        }
    }
}
