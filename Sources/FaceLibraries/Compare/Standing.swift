// SPDX-License-Identifier: Apache-2.0
package import FaceLedger
package import FaceModel
import FacePipeline

/// What is known of a portrait as it stands in one library.
package struct Standing: Sendable {
    /// What the listing says of it.
    package let entry: ListingEntry
    /// What the ledger knows of this very version; `nil` where the version stamp is another one, or nothing is known.
    package let known: KnownPortrait?

    /// The id.
    var id: PortraitID { entry.imgID }

    /// What the listing shows of it.
    package var listed: ListedPortrait { ListedPortrait(entry.imgID, entry) }
}

/// Some neighbouring portraits of a library, or what keeps them from being read.
typealias StandingPage = Result<[Standing], any Error>

extension LibraryMerge.Side {
    /// How many portraits are read at once.
    private static let pageLength = 1_000

    /// Reads the library page by page, in the order of the ids, each while the one before is worked on.
    ///
    /// - Parameters:
    ///   - last: The id after which to begin, `nil` for the first portrait.
    ///   - ledger: What knows the portraits.
    ///   - channel: Takes the pages, an empty one at the end; it is finished early only when the run is cancelled.
    func read(after last: PortraitID?, _ ledger: any Ledger, to channel: Channel<StandingPage>) async {
        defer { channel.finish() }
        do {
            var last = last
            while true {
                let entries = try await listing.entries(after: last, limit: Self.pageLength)
                let page = try await ledger.standings(entries, in: key)
                try await channel.send(.success(page))
                guard let end = entries.last else { return }
                last = end.imgID
            }
        } catch {
            // Who merges throws it; nobody listens any more when the run is cancelled.
            try? await channel.send(.failure(error))
        }
    }
}

/// Where the merging stands in one library.
struct StandingCursor {
    private var page: ArraySlice<Standing> = []
    private var isAtEnd = false

    /// The id of the portrait that comes next, `nil` at the end of a page.
    var id: PortraitID? { page.first?.entry.imgID }

    /// Whether another page is to be turned to.
    var isAtEndOfPage: Bool { page.isEmpty && !isAtEnd }

    /// The portrait that comes next, if it is this one.
    mutating func take(_ id: PortraitID) -> Standing? { self.id == id ? page.removeFirst() : nil }

    /// Turns to the next page, which is empty at the end of the library.
    mutating func turn(to next: StandingPage?) throws {
        guard let next else { throw CancellationError() }
        page = try next.get()[...]
        isAtEnd = page.isEmpty
    }
}

extension Ledger {
    /// Joins some neighbouring entries of a listing with what is known of them.
    fileprivate func standings(_ entries: [ListingEntry], in key: LibraryKey) async throws -> [Standing] {
        guard let first = entries.first, let last = entries.last else { return [] }
        var known = try await known(from: first.imgID, through: last.imgID, in: key)[...]
        return entries.map { entry in
            while let next = known.first, next.imgID < entry.imgID { known.removeFirst() }
            let match = known.first.flatMap { $0.imgID == entry.imgID && $0.stamp == entry.stamp ? $0 : nil }
            return Standing(entry: entry, known: match)
        }
    }

    /// Joins chosen entries of a listing with what is known of them.
    package func standings(of ids: [PortraitID], in listing: any Listing, _ key: LibraryKey) async throws
        -> [PortraitID: Standing]
    {
        let entries = try await listing.entries(of: ids)
        let known = try await known(ids, in: key)
        return entries.mapValues { entry in
            Standing(entry: entry, known: known[entry.imgID].flatMap { $0.stamp == entry.stamp ? $0 : nil })
        }
    }
}
