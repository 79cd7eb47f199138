// SPDX-License-Identifier: Apache-2.0
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
        let pictured = try await ledger.beginListing()
        try await entries { entries in
            try await pictured.add(entries.filter { $0.purpose != .attributes }.map { ListingEntry(only: $0.imgID) })
        }
        let listing = try await ledger.beginListing()
        try await entries { entries in
            let images = try await pictured.entries(of: entries.map(\.imgID))
            for entry in entries {
                guard let portrait = try await self.ledger.trashed(entry.id) else { continue }
                // The oldest entry of an id, which comes first, is what the library had before the job.
                try await listing.add([ListingEntry(portrait, entry, hasImage: images[entry.imgID] != nil)])
            }
        }
        await pictured.close()
        return LibraryListing.Outcome(listing: listing, doubt: nil)
    }

    func read(_ wanted: any Listing, to output: Channel<FetchedRow>) async throws {
        defer { output.finish() }
        // Attributes that were changed before the picture was replaced wait for the picture of a later entry.
        var waiting: [PortraitID: PersonAttributes] = [:]
        try await entries { entries in
            let first = Set(try await wanted.takeUnseen(entries.map(\.imgID)).map(\.imgID))
            let listed = try await wanted.entries(of: entries.map(\.imgID))
            var unread = first
            for entry in entries where unread.contains(entry.imgID) || waiting[entry.imgID] != nil {
                unread.remove(entry.imgID)
                guard let kept = try await ledger.trashed(entry.id) else {
                    try await output.send(Self.emptied(entry.imgID))
                    continue
                }
                let attributes = waiting[entry.imgID] ?? kept.attributes
                if kept.image.isEmpty, listed[entry.imgID]?.imagePath.isEmpty == false {
                    waiting[entry.imgID] = attributes
                } else {
                    waiting[entry.imgID] = nil
                    try await output.send(Self.row(entry.imgID, attributes, kept.image))
                }
            }
        }
        // The picture was erased since the listing.
        for (id, attributes) in waiting { try await output.send(Self.row(id, attributes, [])) }
    }

    func clearAttributes(of entry: ListingEntry) async throws -> PersonAttributes? {
        ListedPortrait(entry.imgID, entry).clearAttributes
    }

    /// Hands over the entries of the job's trash, oldest first.
    private func entries(_ body: ([TrashEntry]) async throws -> Void) async throws {
        var cursor: TrashEntry.ID?
        repeat {
            let page = try await ledger.trash(of: job, after: cursor, limit: Self.groupLength)
            try await body(page.entries)
            cursor = page.next
        } while cursor != nil
    }

    private static func emptied(_ id: PortraitID) -> FetchedRow {
        let gone = Rejection(.portraitMissing, "the trash has been emptied")
        return FetchedRow(key: id.text, result: .missing(.rejected, gone))
    }

    private static func row(_ id: PortraitID, _ attributes: PersonAttributes, _ image: [UInt8]) -> FetchedRow {
        let portrait = PortraitInHand(
            id: id,
            attributes: attributes,
            image: image.isEmpty ? nil : image,
            remarks: []
        )
        return FetchedRow(key: id.text, result: .portrait(portrait))
    }
}

extension ListingEntry {
    /// What a listing keeps of a portrait in the trash.
    fileprivate init(_ portrait: SafePortrait, _ entry: TrashEntry, hasImage: Bool) {
        let shown = AttributeChange(portrait.attributes)
        self.init(
            imgID: portrait.imgID,
            stamp: "\(entry.kept)",
            imagePath: hasImage ? "kept" : "",
            name: shown.name,
            identity: shown.identity,
            gender: shown.gender,
            age: shown.age,
            address: shown.address
        )
    }
}
