// SPDX-License-Identifier: Apache-2.0
package import FaceLedger
package import FaceModel
package import FacePipeline
import FaceSources
import SystemPackage

/// A folder, a spreadsheet or an archive as a set of portraits: those of its rows that pass validation, each under the
/// id that names it first.
package struct PortraitsInSource: PortraitLibrary {
    let source: any PortraitSource
    /// The file or folder, by its full path.
    let path: FilePath
    let surroundings: JobSurroundings

    /// How many rows are worked on together.
    private static let groupLength = 256

    package var title: String { source.title }

    package var gap: String? { source.gap }

    package var key: LibraryKey { LibraryKey(device: "path:\(path.string)", library: 0) }

    package func list(into ledger: any Ledger) async throws -> LibraryListing.Outcome {
        let listing = try await ledger.beginListing()
        // Entries of an archive say nothing of it having been written anew with others of the same size.
        let archive = path.string.lowercased().hasSuffix(".zip") ? path.stamp : nil
        var group: [ListingEntry] = []
        for try await judged in judged() {
            guard case .valid(let row, let id) = judged, let photo = row.row.photo else { continue }
            // The row's own key tells it from another one with the same id.
            let stamp = [row.row.key, archive, photo.stamp].compactMap(\.self).joined(separator: "|")
            group.append(ListingEntry(id, row, stamp: stamp))
            guard group.count == Self.groupLength else { continue }
            try await listing.add(group)
            group.removeAll(keepingCapacity: true)
        }
        try await listing.add(group)
        for notice in source.notices { surroundings.notices.add(notice.text) }
        return LibraryListing.Outcome(listing: listing, doubt: nil)
    }

    package func read(_ wanted: any Listing, to output: Channel<FetchedRow>) async throws {
        let entries = Channel<ListingEntry>()
        try await withThrowingTaskGroup { stages in
            stages.addTask {
                defer { entries.finish() }
                var last: PortraitID?
                while true {
                    let group = try await wanted.unseen(after: last, limit: Self.groupLength)
                    guard let end = group.last else { return }
                    last = end.imgID
                    for entry in group { try await entries.send(entry) }
                }
            }
            stages.addTask {
                try await runStage(width: surroundings.workers, from: entries, to: output) { read($0) }
            }
            while try await stages.next() != nil {}
        }
    }

    package func clearAttributes(of entry: ListingEntry) async throws -> PersonAttributes? {
        ListedPortrait(entry.imgID, entry).clearAttributes
    }

    package func tellProblems(besides listing: any Listing, _ tell: ([NewRow]) async throws -> Void) async throws {
        var group: [JudgedRow] = []
        for try await judged in judged() {
            group.append(judged)
            guard group.count == Self.groupLength else { continue }
            try await tellProblems(among: group, besides: listing, tell)
            group.removeAll(keepingCapacity: true)
        }
        try await tellProblems(among: group, besides: listing, tell)
    }

    private func tellProblems(
        among group: [JudgedRow],
        besides listing: any Listing,
        _ tell: ([NewRow]) async throws -> Void
    ) async throws {
        let entries = try await listing.entries(of: group.compactMap(\.id))
        let problems = group.compactMap { judged -> NewRow? in
            let isListed =
                if case .valid(let row, let id) = judged {
                    entries[id]?.stamp.hasPrefix(row.row.key + "|") == true
                } else { false }
            // Rows come before what they repeat is known, so their order among the others is not told.
            return isListed ? nil : judged.newRow(0)
        }
        if !problems.isEmpty { try await tell(problems) }
    }

    package func place(of entry: ListingEntry) -> String { entry.imagePath }

    /// The rows of the source, validated.
    private func judged() -> some AsyncSequence<JudgedRow, any Error> {
        let validator = RowValidator()
        return source.rows().map { JudgedRow($0, validator) }
    }

    private func read(_ entry: ListingEntry) -> FetchedRow {
        do throws(Rejection) {
            guard let place = source.photo(reportedAs: entry.imagePath) else { throw Rejection(.sourceMissingPhoto) }
            let portrait = PortraitInHand(
                id: entry.imgID,
                attributes: ListedPortrait(entry.imgID, entry).shownAttributes,
                image: try PhotoFile.read(place),
                remarks: []
            )
            return FetchedRow(key: entry.imgID.text, result: .portrait(portrait))
        } catch {
            return FetchedRow(key: entry.imgID.text, result: .missing(.rejected, error))
        }
    }
}

extension ListingEntry {
    /// What a listing keeps of a row; the source of the row stands where devices have the image's path.
    fileprivate init(_ id: PortraitID, _ row: ValidRow, stamp: String) {
        let shown = AttributeChange(row.attributes)
        self.init(
            imgID: id,
            stamp: stamp,
            imagePath: row.row.source,
            name: shown.name,
            identity: shown.identity,
            gender: shown.gender,
            age: shown.age,
            address: shown.address
        )
    }
}
