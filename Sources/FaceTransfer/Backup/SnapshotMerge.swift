// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import FaceRepository

/// One portrait beside what the last snapshot has of it.
struct SnapshotPair: Sendable {
    /// What the device lists, `nil` where it does not have the portrait any more.
    let entry: ListingEntry?
    /// What the last snapshot has.
    let previous: SnapshotRow?
    /// What was read of it in this run, or in one before that did not come to its end.
    let fresh: SnapshotRow?
    /// Whether the image of the last snapshot is in the repository.
    let isPreviousWhole: Bool

    /// The last snapshot's row, where the device has had the same version of the portrait since.
    var unmoved: SnapshotRow? {
        guard let previous, let entry, previous.listed.stamp == entry.stamp, isPreviousWhole else { return nil }
        return previous
    }
}

/// Walks through a device's listing and the last snapshot in lock-step, in the order of the ids.
struct SnapshotMerge: Sendable {
    let listing: any Listing
    /// What was read, spilled.
    let fresh: any Listing
    let previous: Snapshot?
    let repository: Repository
    let index: ImageIndex

    /// How many portraits are looked at together.
    private static let groupLength = 1_000

    /// Hands over every portrait of either.
    ///
    /// - Parameter body: Takes a group.
    /// - Returns: What of the last snapshot could not be read.
    /// - Throws: `LedgerError`, and what `body` throws.
    func run(_ body: ([SnapshotPair]) async throws -> Void) async throws -> [String] {
        var rows = previous.map { ManifestReading($0, of: repository) }
        var next = rows?.next()
        var last: PortraitID?
        while true {
            let entries = try await listing.entries(after: last, limit: Self.groupLength)
            last = entries.last?.imgID ?? last
            let end = entries.last?.imgID
            var earlier: [SnapshotRow] = []
            // Behind the last entry all that is left of the snapshot comes, a group at a time.
            while let row = next, end.map({ row.id <= $0 }) ?? (earlier.count < Self.groupLength) {
                earlier.append(row)
                next = rows?.next()
            }
            if entries.isEmpty && earlier.isEmpty { return rows?.problems ?? [] }
            try await body(try await pairs(entries, earlier))
        }
    }

    private func pairs(_ entries: [ListingEntry], _ earlier: [SnapshotRow]) async throws -> [SnapshotPair] {
        let fresh = try await fresh.entries(of: entries.map(\.imgID))
        let places = try await index.places(of: earlier.map(\.image).filter { !$0.isEmpty })
        func pair(_ entry: ListingEntry?, _ row: SnapshotRow?) -> SnapshotPair {
            SnapshotPair(
                entry: entry,
                previous: row,
                fresh: entry.flatMap { fresh[$0.imgID] }.map(SnapshotRow.init(spilled:)),
                isPreviousWhole: row.map { $0.image.isEmpty || places[$0.image] != nil } ?? false
            )
        }
        var pairs: [SnapshotPair] = []
        var rows = earlier[...]
        for entry in entries {
            while let row = rows.first, row.id < entry.imgID { pairs.append(pair(nil, rows.removeFirst())) }
            pairs.append(pair(entry, rows.first?.id == entry.imgID ? rows.removeFirst() : nil))
        }
        return pairs + rows.map { pair(nil, $0) }
    }
}
