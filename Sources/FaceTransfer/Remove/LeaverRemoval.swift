// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel

/// Deletes the portraits that the source no longer has, each kept in the ledger's safe first.
struct LeaverRemoval: Sendable {
    let destination: Destination
    let ledger: any Ledger
    let job: String
    /// How the library is called in reports.
    let title: String

    /// The most ids of one delete message (1044).
    private static let batchLength = 50

    /// Deletes every listed portrait that the source does not have.
    ///
    /// - Parameters:
    ///   - listing: The library's listing, in which the source's ids have been marked.
    ///   - isRehearsal: Whether nothing is to be changed; the rows then end as `ready`.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    func run(_ listing: any Listing, isRehearsal: Bool) async throws {
        var last: PortraitID?
        while true {
            let leavers = try await listing.unseen(after: last, limit: Self.batchLength)
            guard let end = leavers.last else { return }
            last = end.imgID
            let rows = isRehearsal ? leavers.map { rehearsed($0) } : try await remove(leavers)
            try await ledger.append(rows, in: job)
        }
    }

    private func rehearsed(_ leaver: ListingEntry) -> RowResult {
        row(leaver, .ready, nil, "not in the source, would be removed")
    }

    private func remove(_ leavers: [ListingEntry]) async throws -> [RowResult] {
        var kept: [ListingEntry] = []
        var rows: [RowResult] = []
        for leaver in leavers {
            guard let copy = try await SafeCopy(destination: destination).fetch(leaver.imgID) else {
                let detail = "could not be fetched whole, so it could not be put back and was not removed"
                rows.append(row(leaver, .failed, .deviceRefused, detail))
                continue
            }
            try await ledger.keep(copy.forSafe(in: destination.key, job: job, purpose: .removal))
            kept.append(leaver)
        }
        guard !kept.isEmpty else { return rows }
        try await destination.device.deletePortraits(kept.map(\.imgID), in: destination.id)
        for leaver in kept {
            let remains = try await destination.device.portrait(leaver.imgID, in: destination.id) != nil
            try await ledger.resolve(leaver.imgID, in: destination.key, as: remains ? .putBack : .removed)
            rows.append(
                remains
                    ? row(leaver, .failed, .deviceContradicts, "the device still has it after deleting it")
                    : row(leaver, .removed, nil, "not in the source")
            )
        }
        try await ledger.forget(kept.map(\.imgID), in: destination.key)
        return rows
    }

    private func row(_ leaver: ListingEntry, _ outcome: Outcome, _ reason: Reason?, _ detail: String) -> RowResult {
        RowResult(
            source: "\(title)/\(leaver.imgID)",
            imgID: leaver.imgID.text,
            name: leaver.name ?? "",
            outcome: outcome,
            reason: reason,
            detail: detail
        )
    }
}
