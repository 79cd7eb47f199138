// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel

/// What is known of a portrait as it stands in one library.
struct Standing: Sendable {
    /// What the listing says of it.
    let entry: ListingEntry
    /// What the ledger knows of this very version; `nil` where the version stamp is another one, or nothing is known.
    let known: KnownPortrait?

    /// The id.
    var id: PortraitID { entry.imgID }

    /// What the listing shows of it.
    var listed: ListedPortrait { ListedPortrait(entry.imgID, entry) }
}

/// A listing with what the ledger knows of its portraits, in the order of the ids.
struct StandingCursor {
    private let listing: any Listing
    private let key: LibraryKey
    private let ledger: any Ledger
    private var page: ArraySlice<Standing> = []
    private var last: PortraitID?
    private var isAtEnd = false

    /// How many portraits are read at once.
    private static let pageLength = 1_000

    init(_ listing: any Listing, of key: LibraryKey, ledger: any Ledger) {
        self.listing = listing
        self.key = key
        self.ledger = ledger
    }

    /// The next portrait, `nil` after the last.
    mutating func next() async throws -> Standing? {
        if page.isEmpty && !isAtEnd { try await turnPage() }
        return page.popFirst()
    }

    private mutating func turnPage() async throws {
        let entries = try await listing.entries(after: last, limit: Self.pageLength)
        guard let first = entries.first, let end = entries.last else {
            isAtEnd = true
            return
        }
        last = end.imgID
        page = try await ledger.standings(entries, from: first.imgID, through: end.imgID, in: key)[...]
    }
}

extension Ledger {
    /// Joins some neighbouring entries of a listing with what is known of them.
    fileprivate func standings(
        _ entries: [ListingEntry],
        from first: PortraitID,
        through last: PortraitID,
        in key: LibraryKey
    ) async throws -> [Standing] {
        var known = try await known(from: first, through: last, in: key)[...]
        return entries.map { entry in
            while let next = known.first, next.imgID < entry.imgID { known.removeFirst() }
            let match = known.first.flatMap { $0.imgID == entry.imgID && $0.stamp == entry.stamp ? $0 : nil }
            return Standing(entry: entry, known: match)
        }
    }

    /// Joins chosen entries of a listing with what is known of them.
    func standings(of ids: [PortraitID], in listing: any Listing, _ key: LibraryKey) async throws
        -> [PortraitID: Standing]
    {
        let entries = try await listing.entries(of: ids)
        let known = try await known(ids, in: key)
        return entries.mapValues { entry in
            Standing(entry: entry, known: known[entry.imgID].flatMap { $0.stamp == entry.stamp ? $0 : nil })
        }
    }
}
