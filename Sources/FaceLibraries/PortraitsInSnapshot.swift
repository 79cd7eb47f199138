// SPDX-License-Identifier: Apache-2.0
import FaceFiles
import FaceLedger
import FaceModel
import FacePipeline
import FaceRepository
import FaceSources

/// A snapshot of a repository as a set of portraits.
struct PortraitsInSnapshot: PortraitLibrary {
    let title: String
    let repository: Repository
    let snapshot: Snapshot
    let surroundings: JobSurroundings

    /// How many portraits are read from packs together; those of one pack one after the other.
    private static let groupLength = 512

    /// One name for all snapshots of a library: an image that was looked at in one is known in all.
    var key: LibraryKey {
        LibraryKey(device: "repository:\(repository.id):\(snapshot.device.serial):\(snapshot.library.name)", library: 0)
    }

    func list(into ledger: any Ledger) async throws -> LibraryListing.Outcome {
        let listing = try await ledger.beginListing()
        var rows = ManifestReading(snapshot, of: repository)
        var count = 0
        var outcome = LibraryListing.Outcome(listing: listing, doubt: nil)
        while true {
            var group: [ListingEntry] = []
            while group.count < Self.groupLength, let row = rows.next() { group.append(ListingEntry(row)) }
            if group.isEmpty { break }
            count += group.count
            outcome.isMasked = outcome.isMasked || group.contains(where: \.isMasked)
            try await listing.add(group)
        }
        if let problem = rows.problems.first {
            let lost = max(0, snapshot.portraits - count)
            outcome = .init(
                listing: listing,
                doubt: lost > 0
                    ? "\(lost) of its \(counted(snapshot.portraits, "portrait")) cannot be read any more (\(problem))"
                    : "its manifest is damaged (\(problem))"
            )
        } else if snapshot.failed > 0 {
            outcome.caution = "\(counted(snapshot.failed, "portrait")) could not be had when the snapshot was taken"
        } else if let doubt = snapshot.doubt {
            outcome.caution = "its listing was in doubt when it was taken: \(doubt)"
        }
        return outcome
    }

    func read(_ wanted: any Listing, to output: Channel<FetchedRow>) async throws {
        let index = try await ImageIndex.of(repository, in: surroundings.ledger) { [notices = surroundings.notices] in
            notices.add("packs/\($0.file): \($1); facelib backup verify tells whom that concerns")
        }
        let entries = Channel<(ListingEntry, ImageIndex.Place?)>()
        let packs = PackReading(repository)
        try await withThrowingTaskGroup { stages in
            stages.addTask {
                defer { entries.finish() }
                var last: PortraitID?
                while true {
                    let group = try await wanted.unseen(after: last, limit: Self.groupLength)
                    guard let end = group.last else { return }
                    last = end.imgID
                    let places = try await index.places(of: group.map(\.imagePath).filter { !$0.isEmpty })
                    func pack(_ entry: ListingEntry) -> String { places[entry.imagePath]?.pack ?? "" }
                    for entry in group.sorted(by: { pack($0) < pack($1) }) {
                        try await entries.send((entry, places[entry.imagePath]))
                    }
                }
            }
            stages.addTask {
                try await runStage(width: surroundings.workers, from: entries, to: output) { read($0, $1, packs) }
            }
            while try await stages.next() != nil {}
        }
        await index.close()
    }

    func clearAttributes(of entry: ListingEntry) async throws -> PersonAttributes? {
        ListedPortrait(entry.imgID, entry).clearAttributes
    }

    private func read(_ entry: ListingEntry, _ place: ImageIndex.Place?, _ packs: PackReading) -> FetchedRow {
        let listed = ListedPortrait(entry.imgID, entry)
        var remarks: [Rejection] = []
        var image: [UInt8]?
        if listed.isMasked {
            let masked = listed.maskedFields.joined(separator: ", ")
            let detail = "the device showed the \(masked) only as a mask when it was backed up"
            remarks.append(Rejection(.attributeMasked, detail))
        }
        if entry.imagePath.isEmpty {
            remarks.append(Rejection(.imageMissing, "the device had the portrait without an image"))
        } else if let place {
            do throws(RepositoryError) {
                image = try packs.image(place.image, in: place.pack)
            } catch {
                return lost(entry, error.description)
            }
        } else {
            return lost(entry, "no pack of the repository has its image any more")
        }
        let portrait = PortraitInHand(
            id: entry.imgID,
            attributes: listed.shownAttributes,
            image: image,
            remarks: remarks
        )
        return FetchedRow(key: entry.imgID.text, result: .portrait(portrait))
    }

    private func lost(_ entry: ListingEntry, _ why: String) -> FetchedRow {
        FetchedRow(key: entry.imgID.text, result: .missing(.failed, Rejection(.sourceUnreadable, why)))
    }
}

extension ListingEntry {
    /// What a listing keeps of a row; the name of its image stands where devices have the image's path.
    fileprivate init(_ row: SnapshotRow) {
        self.init(row.listed)
        imagePath = row.image
        // The same image under other attributes is another version to whoever remembers what it saw.
        stamp = row.image + "|" + FaceModel.Digest(of: row.listed.shownAttributes).hex.prefix(16)
    }
}
