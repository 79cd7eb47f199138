// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import FacePipeline

/// What an earlier job replaced, changed or removed in a library, as a set of portraits (`mirror undo`).
struct PortraitsInTrash: PortraitLibrary {
    let title: String
    /// The job whose trash it is.
    let job: String
    let ledger: any Ledger

    /// How many entries are worked on together; each is opened.
    private static let groupLength = 64

    var key: LibraryKey { LibraryKey(device: "trash:\(job)", library: 0) }

    func list(into ledger: any Ledger) async throws -> LibraryListing.Outcome {
        let listing = try await ledger.beginListing()
        var cursor: TrashEntry.ID?
        repeat {
            let page = try await self.ledger.trash(of: job, after: cursor, limit: Self.groupLength)
            // The oldest entry of an id, which comes first, is what the library had before the job.
            for entry in page.entries {
                guard let portrait = try await self.ledger.trashed(entry.id) else { continue }
                try await listing.add([ListingEntry(portrait, entry)])
            }
            cursor = page.next
        } while cursor != nil
        return LibraryListing.Outcome(listing: listing, doubt: nil)
    }

    func read(_ wanted: any Listing, to output: Channel<FetchedRow>) async throws {
        defer { output.finish() }
        var cursor: TrashEntry.ID?
        repeat {
            let page = try await ledger.trash(of: job, after: cursor, limit: Self.groupLength)
            for entry in try await unseen(page.entries, in: wanted) {
                try await output.send(FetchedRow(key: entry.imgID.text, result: try await result(entry)))
            }
            cursor = page.next
        } while cursor != nil
    }

    func clearAttributes(of entry: ListingEntry) async throws -> PersonAttributes? {
        ListedPortrait(entry.imgID, entry).clearAttributes
    }

    /// Those of some entries whose turn it is; of several of one id the first.
    private func unseen(_ entries: [TrashEntry], in wanted: any Listing) async throws -> [TrashEntry] {
        var taken = Set(try await wanted.takeUnseen(entries.map(\.imgID)).map(\.imgID))
        return entries.filter { taken.remove($0.imgID) != nil }
    }

    private func result(_ entry: TrashEntry) async throws -> SingleFetch.Result {
        guard let kept = try await ledger.trashed(entry.id) else {
            return .missing(.rejected, Rejection(.portraitMissing, "the trash has been emptied"))
        }
        return .portrait(
            PortraitInHand(
                id: kept.imgID,
                attributes: kept.attributes,
                image: kept.image.isEmpty ? nil : kept.image,
                remark: nil
            )
        )
    }
}

extension ListingEntry {
    /// What a listing keeps of a portrait in the trash.
    fileprivate init(_ portrait: SafePortrait, _ entry: TrashEntry) {
        let shown = AttributeChange(portrait.attributes)
        self.init(
            imgID: portrait.imgID,
            stamp: "\(entry.kept)",
            imagePath: portrait.image.isEmpty ? "" : "kept",
            name: shown.name,
            identity: shown.identity,
            gender: shown.gender,
            age: shown.age,
            address: shown.address
        )
    }
}
