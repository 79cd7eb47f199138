// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import FacePipeline

/// Lists what an export takes and registers a row for each portrait.
struct ExportRows: Sendable {
    let ledger: any Ledger
    let job: String
    /// What stands before the img_id in the source of a row: the library as it was typed.
    let title: String
    let progress: ProgressBoard

    /// How many rows are registered together.
    private static let groupLength = 500

    /// The portraits to be had.
    struct Listed: Sendable {
        /// The listing; what needs not be had is marked as seen.
        let listing: any Listing
        /// Portraits that were asked for by their ids and not listed, in order.
        var unlisted: [PortraitID] = []
        /// Why there may be more portraits; `nil` when the listing was complete and stable.
        var doubt: String?
    }

    /// Lists the portraits and registers them; those that an earlier attempt settled are marked as seen.
    func list(_ selection: ExportSelection, of library: LibraryOnDevice) async throws -> Listed {
        if let ids = selection.ids { return try await ask(for: ids, in: library) }
        let outcome = try await LibraryListing.read(library.id, of: library.device, into: ledger)
        do {
            try await register(outcome.listing, selection)
        } catch {
            await outcome.listing.close()
            throw error
        }
        return Listed(listing: outcome.listing, doubt: outcome.doubt)
    }

    private func register(_ listing: any Listing, _ selection: ExportSelection) async throws {
        var cursor: PortraitID?
        var ordinal = 0
        while true {
            let entries = try await listing.unseen(after: cursor, limit: Self.groupLength)
            guard let last = entries.last else { return }
            cursor = last.imgID
            let taken = entries.filter { selection.takes(storedAt: ListedPortrait($0.imgID, $0).createTime) }
            let open = try await register(taken.map { ($0.imgID, $0.name ?? "") }, from: ordinal)
            let openIDs = Set(open)
            try await listing.markSeen(entries.map(\.imgID).filter { !openIDs.contains($0) })
            ordinal += taken.count
        }
    }

    /// Chosen portraits need no listing of the whole library.
    private func ask(for ids: [PortraitID], in library: LibraryOnDevice) async throws -> Listed {
        var seen: Set<PortraitID> = []
        let distinct = ids.filter { seen.insert($0).inserted }
        var open: [PortraitID] = []
        for start in stride(from: 0, to: distinct.count, by: Self.groupLength) {
            let group = distinct[start..<min(start + Self.groupLength, distinct.count)]
            open += try await register(group.map { ($0, "") }, from: start)
        }
        return Listed(listing: try await ledger.beginListing(), unlisted: open)
    }

    /// Registers rows and returns those with work to do.
    private func register(_ portraits: [(id: PortraitID, name: String)], from ordinal: Int) async throws -> [PortraitID]
    {
        let rows = portraits.enumerated().map { offset, portrait in
            NewRow(
                key: portrait.id.text,
                ordinal: ordinal + offset,
                source: "\(title)/\(portrait.id)",
                line: nil,
                imgID: portrait.id.text,
                name: portrait.name,
                rejection: nil
            )
        }
        let registrations = try await ledger.register(rows, in: job)
        progress.note { counts in
            counts.found += rows.count
            counts.total = (counts.total ?? 0) + rows.count
            for case .settled(let outcome) in registrations { counts.note(outcome) }
        }
        return zip(portraits, registrations).compactMap { portrait, registration in
            if case .open = registration { portrait.id } else { nil }
        }
    }
}
