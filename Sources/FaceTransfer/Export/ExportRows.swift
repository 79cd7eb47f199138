// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceLibraries
import FaceModel
import FacePipeline
import FaceUpload

/// Lists what an export takes and registers a row for each portrait, and for whatever else the library has.
struct ExportRows: Sendable {
    let library: any PortraitLibrary
    let ledger: any Ledger
    let job: String
    let progress: ProgressBoard

    /// How many rows are registered together.
    private static let groupLength = 500

    /// Lists the library and registers the portraits that are taken.
    ///
    /// - Parameter selection: Which portraits are taken.
    /// - Returns: The listing, in which is marked as seen what needs not be had: what is not taken, and what an earlier
    ///   attempt settled.
    /// - Throws: `DeviceError`, ``SourceError`` or `LedgerError`, and `CancellationError`.
    func list(_ selection: ExportSelection) async throws -> LibraryListing.Outcome {
        let outcome = try await library.list(into: ledger)
        let chosen = selection.ids.map { Set($0) }
        do {
            try await register(outcome.listing) { entry in
                chosen?.contains(entry.imgID)
                    ?? selection.takes(storedAt: ListedPortrait(entry.imgID, entry).createTime)
            }
            let named = try await registerProblems(besides: outcome.listing, chosen)
            try await registerMissing(selection.distinctIDs.filter { !named.contains($0) }, from: outcome.listing)
        } catch {
            await outcome.listing.close()
            throw error
        }
        return outcome
    }

    /// Registers chosen portraits without listing the library: whoever reads them finds out whether they are there.
    ///
    /// - Parameter ids: The portraits, each once.
    /// - Returns: A listing of those that an earlier attempt did not settle; nothing but the id is known of any.
    /// - Throws: `LedgerError`, and `CancellationError`.
    func ask(for ids: [PortraitID]) async throws -> LibraryListing.Outcome {
        let listing = try await ledger.beginListing()
        var rest = ids.map(ListingEntry.init(only:))[...]
        while !rest.isEmpty {
            let group = rest.prefix(Self.groupLength)
            try await listing.add(try await register(Array(group), from: group.startIndex))
            rest = rest.dropFirst(group.count)
        }
        return LibraryListing.Outcome(listing: listing, doubt: nil)
    }

    private func register(_ listing: any Listing, where isTaken: (ListingEntry) -> Bool) async throws {
        var cursor: PortraitID?
        var ordinal = 0
        while true {
            let entries = try await listing.unseen(after: cursor, limit: Self.groupLength)
            guard let last = entries.last else { return }
            cursor = last.imgID
            let taken = entries.filter(isTaken)
            let open = Set(try await register(taken, from: ordinal).map(\.imgID))
            try await listing.markSeen(entries.map(\.imgID).filter { !open.contains($0) })
            ordinal += taken.count
        }
    }

    /// Registers rows that are no portraits, of chosen ones those that name one of them, and returns whom these name.
    private func registerProblems(
        besides listing: any Listing,
        _ chosen: Set<PortraitID>?
    ) async throws -> Set<PortraitID> {
        var named: Set<PortraitID> = []
        try await library.tellProblems(besides: listing) { rows in
            let taken = rows.filter { chosen?.contains(PortraitID(asListed: $0.imgID)) ?? true }
            _ = try await register(taken)
            if chosen != nil { named.formUnion(taken.map { PortraitID(asListed: $0.imgID) }) }
        }
        return named
    }

    private func registerMissing(_ ids: [PortraitID], from listing: any Listing) async throws {
        for start in stride(from: 0, to: ids.count, by: Self.groupLength) {
            let group = ids[start..<min(start + Self.groupLength, ids.count)]
            let listed = try await listing.entries(of: Array(group))
            let missing = Rejection(.portraitMissing, "\(library.title) has no such portrait")
            _ = try await register(
                group.filter { listed[$0] == nil }.map { id in
                    NewRow(
                        key: id.text,
                        ordinal: 0,
                        source: "\(library.title)/\(id)",
                        line: nil,
                        imgID: id.text,
                        name: "",
                        rejection: missing
                    )
                }
            )
        }
    }

    /// Registers portraits and returns those with work to do.
    private func register(_ entries: [ListingEntry], from ordinal: Int) async throws -> [ListingEntry] {
        let registrations = try await register(
            entries.enumerated().map { offset, entry in
                NewRow(
                    key: entry.imgID.text,
                    ordinal: ordinal + offset,
                    source: library.place(of: entry),
                    line: nil,
                    imgID: entry.imgID.text,
                    name: entry.name ?? "",
                    rejection: nil
                )
            }
        )
        return zip(entries, registrations).compactMap { if case .open = $1 { $0 } else { nil } }
    }

    private func register(_ rows: [NewRow]) async throws -> [Registration] {
        let registrations = try await ledger.register(rows, in: job)
        progress.note { counts in
            counts.found += rows.count
            counts.total = (counts.total ?? 0) + rows.count
            for registration in registrations {
                switch registration {
                case .open: break
                case .settled(let outcome): counts.note(outcome)
                case .rejected, .duplicate: counts.note(.rejected)
                }
            }
        }
        return registrations
    }
}
