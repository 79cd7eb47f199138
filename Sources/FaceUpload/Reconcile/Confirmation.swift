// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceLibraries
import FaceModel

/// Reads back what the device claims to have stored and settles the rows (design rule 2).
struct Confirmation: Sendable {
    let destination: Destination
    let ledger: any Ledger
    let job: String
    let readback: Readback

    /// How many claimed rows are read back together.
    static let groupLength = 200

    /// Confirms what an uploader sent.
    init(of uploader: Uploader) {
        destination = uploader.destination
        ledger = uploader.ledger
        job = uploader.job
        readback = uploader.readback
    }

    /// Confirms rows, records them as known, forgets their batches, and leaves to the trash what they replaced.
    ///
    /// - Parameters:
    ///   - rows: The rows that the device claims to have.
    ///   - batches: The batches that end with them.
    /// - Returns: How each of the rows was settled.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    func confirm(_ rows: [SentRow], closing batches: [String]) async throws -> [Settlement] {
        let found = rows.isEmpty ? [:] : try await readback.find(rows.map(\.id), patience: Uploader.patience)
        var settlements: [Settlement] = []
        var known: [KnownPortrait] = []
        for row in rows {
            guard let portrait = found[row.id] else {
                let detail = "the device said that it stored the portrait, but does not have it"
                settlements.append(row.failed(Rejection(.deviceContradicts, detail)))
                continue
            }
            if let change = portrait.change(to: row.attributes) {
                let fields = Difference(attributes: change, image: false).summary
                let detail = "the device stored the portrait with other values than were sent: \(fields)"
                settlements.append(row.failed(Rejection(.deviceContradicts, detail)))
                continue
            }
            settlements.append(row.confirmed)
            known.append(
                KnownPortrait(
                    imgID: row.id,
                    stamp: portrait.stamp,
                    fingerprint: row.fingerprint,
                    readAt: Moment.now
                )
            )
        }
        try await ledger.learn(known, in: destination.key)
        try await ledger.settle(settlements, in: job)
        try await ledger.close(batches: batches)
        // After the batches: a replacement that is taken up in between is known by what waits in the safe.
        for row in rows where row.outcome == .updated && found[row.id] != nil {
            try await ledger.resolve(row.id, in: destination.key, as: .replaced)
        }
        return settlements
    }
}
