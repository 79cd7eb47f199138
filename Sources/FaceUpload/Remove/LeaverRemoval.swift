// SPDX-License-Identifier: Apache-2.0
import FaceDevice
package import FaceLedger
package import FaceLibraries
import FaceModel

/// Deletes the portraits that the source no longer has, each kept in the ledger's safe first.
package struct LeaverRemoval: Sendable {
    package let destination: Destination
    package let ledger: any Ledger
    package let job: String
    /// How the library is called in reports.
    package let title: String
    /// Paces what is tried again.
    package let clock: any Clock<Duration>

    package init(destination: Destination, ledger: any Ledger, job: String, title: String, clock: any Clock<Duration>) {
        self.destination = destination
        self.ledger = ledger
        self.job = job
        self.title = title
        self.clock = clock
    }

    /// The most ids of one delete message (1044).
    private static let batchLength = 50

    /// Deletes every listed portrait that the source does not have.
    ///
    /// - Parameters:
    ///   - listing: The library's listing, in which the source's ids have been marked.
    ///   - isRehearsal: Whether nothing is to be changed; the rows then end as `ready`.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    package func run(_ listing: any Listing, isRehearsal: Bool) async throws {
        var last: PortraitID?
        while true {
            let leavers = try await listing.unseen(after: last, limit: Self.batchLength)
            guard let end = leavers.last else { return }
            last = end.imgID
            if isRehearsal {
                try await ledger.append(leavers.map(rehearsed), in: job)
            } else {
                try await remove(leavers)
            }
        }
    }

    private func remove(_ leavers: [ListingEntry]) async throws {
        var kept: [ListingEntry] = []
        for leaver in leavers {
            switch try await keep(leaver) {
            case .kept: kept.append(leaver)
            case .gone: try await ledger.append([row(leaver, .removed, nil, Self.goneAlready)], in: job)
            case .obstacle(let text): try await ledger.append([row(leaver, .failed, .deviceRefused, text)], in: job)
            }
        }
        guard !kept.isEmpty else { return }
        let ids = kept.map(\.imgID)
        try await repeating(pacedBy: clock) {
            try await destination.device.deletePortraits(ids, in: destination.id)
        }
        for leaver in kept {
            let remains = try await destination.device.portrait(leaver.imgID, in: destination.id) != nil
            // The row first: a run that ends in between is taken up from the safe.
            let result =
                remains
                ? row(leaver, .failed, .deviceContradicts, "the device still has it after deleting it")
                : Self.removed(leaver.imgID, name: leaver.name ?? "", from: title)
            try await ledger.append([result], in: job)
            try await ledger.resolve(leaver.imgID, in: destination.key, as: remains ? .putBack : .removed)
        }
        try await ledger.forget(ids, in: destination.key)
    }

    /// What came of putting a leaver into the safe.
    private enum Keeping {
        case kept
        /// The device does not have it any more.
        case gone
        /// Why it cannot be kept, and so is not removed.
        case obstacle(String)
    }

    private static let goneAlready = "not in the source; somebody else removed it while the job ran"

    /// Puts a leaver into the safe.
    private func keep(_ leaver: ListingEntry) async throws -> Keeping {
        if leaver.imgID.text.contains(",") {
            return .obstacle("its img_id holds a comma, with which a delete would name other portraits")
        }
        guard let copy = try await SafeCopy(destination: destination).fetch(leaver.imgID) else {
            if try await destination.device.portrait(leaver.imgID, in: destination.id) == nil { return .gone }
            return .obstacle("could not be fetched whole, so it could not be put back and was not removed")
        }
        try await ledger.keep(copy.forSafe(in: destination.key, job: job, purpose: .removal))
        return .kept
    }

    private func rehearsed(_ leaver: ListingEntry) -> RowResult {
        row(leaver, .ready, nil, "not in the source, would be removed")
    }

    /// The row of a portrait that is gone.
    static func removed(_ id: PortraitID, name: String, from title: String) -> RowResult {
        RowResult(
            source: "\(title)/\(id)",
            imgID: id.text,
            name: name,
            outcome: .removed,
            detail: "not in the source"
        )
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
