// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceLedger

/// Finds out which images of a repository nobody needs.
struct ImageUse: Sendable {
    let repository: Repository
    let ledger: any Ledger
    /// Where each image is; those that are needed are marked in it.
    let index: ImageIndex
    /// Images that are needed and in no pack that can be opened.
    private(set) var missing = 0

    /// Images of packs that nobody needs, by pack.
    struct Waste: Sendable {
        var images = 0
        var bytes = 0
        /// Whether some of it is needed, but meant elsewhere: the copy here may be damaged.
        var hasCopies = false
    }

    init(_ repository: Repository, in ledger: any Ledger, _ index: ImageIndex) {
        self.repository = repository
        self.ledger = ledger
        self.index = index
    }

    /// Notes which images some snapshots need, and the backups that were stopped.
    ///
    /// - Parameter snapshots: The snapshots.
    /// - Throws: ``RepositoryError`` with `damaged` where one of them cannot be read whole, `LedgerError`.
    mutating func mark(_ snapshots: [Snapshot]) async throws {
        for snapshot in snapshots {
            var rows = ManifestReading(snapshot, of: repository)
            try await mark(&rows)
            guard let problem = rows.problems.first else { continue }
            throw RepositoryError(
                .damaged,
                "\(problem): nobody can tell which images it needs, so nothing was removed; put the file back from a "
                    + "copy, or give the snapshot up with facelib backup prune --forget \(snapshot.id)"
            )
        }
        for part in repository.catalog.unfinished {
            // What is not finished can be read anew from the device, so it may be damaged.
            var rows = ManifestReading(
                part.file,
                in: RepositoryLayout.unfinished,
                expecting: nil,
                of: repository
            )
            try await mark(&rows)
        }
    }

    private mutating func mark(_ rows: inout ManifestReading) async throws {
        while true {
            try Task.checkCancellation()
            var group: Set<String> = []
            while group.count < 500, let row = rows.next() { if !row.image.isEmpty { group.insert(row.image) } }
            if group.isEmpty { break }
            missing += group.count - (try await index.places(of: Array(group)).count)
            try await index.markUsed(Array(group))
        }
    }

    /// Hands over the images that nobody needs.
    func forEachUnused(_ body: (ImageIndex.Place) async throws -> Void) async throws {
        var last: String?
        while case let group = try await index.unused(after: last, limit: 500), let end = group.last {
            last = end.image
            for place in group { try await body(place) }
        }
    }

    /// The images that nobody needs, as an index of their own.
    func garbage() async throws -> ImageIndex {
        let garbage = try await ImageIndex(in: ledger)
        try await forEachUnused { try await garbage.add([$0]) }
        return garbage
    }

    /// How much of each pack nobody needs, copies of images that are meant elsewhere included.
    func waste() async throws -> [String: Waste] {
        var waste: [String: Waste] = [:]
        try await forEachUnused { place in
            waste[place.pack, default: Waste()].images += 1
            waste[place.pack, default: Waste()].bytes += place.bytes
        }
        for pack in repository.catalog.packs {
            let entries = (try? PackReading.archive(pack.file, of: repository))?.entries ?? []
            let places = try await index.places(of: entries.map(\.name))
            for entry in entries where places[entry.name].map({ $0.pack != pack.file }) == true {
                waste[pack.file, default: Waste()].images += 1
                waste[pack.file, default: Waste()].bytes += entry.compressedSize
                waste[pack.file, default: Waste()].hasCopies = true
            }
        }
        return waste
    }
}
