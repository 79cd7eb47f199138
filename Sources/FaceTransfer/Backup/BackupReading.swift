// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceLibraries
import FaceModel
import FacePipeline
import FaceRepository

/// Reads from the device what a backup does not know, and puts it where a kill cannot take it.
///
/// Whenever a pack is full, the rows that were read so far are written beside it and the catalog names both: whoever
/// takes the backup up again reads none of them twice.
actor BackupReading {
    private let library: any PortraitLibrary
    private let origin: Snapshot
    private let listing: any Listing
    private let repository: Repository
    private let packs: PackWriting
    private let fresh: any Listing
    private let progress: ProgressBoard
    /// Why portraits could not be had.
    let failures = ReadFailures()
    private var unwritten: [SnapshotRow] = []
    private(set) var newPacks: [Catalog.Pack] = []

    /// How many attributes are read at once.
    private static let groupLength = 16

    init(
        library: any PortraitLibrary,
        origin: Snapshot,
        listing: any Listing,
        fresh: any Listing,
        repository: Repository,
        packs: PackWriting,
        progress: ProgressBoard
    ) {
        self.library = library
        self.origin = origin
        self.listing = listing
        self.fresh = fresh
        self.repository = repository
        self.packs = packs
        self.progress = progress
    }

    /// What an earlier attempt read may be a day old: behind masks it may have changed since.
    private static let freshness = 86_400

    /// Takes up what an earlier attempt read of portraits that are still as they were.
    func takeUp() async throws {
        let now = Moment.now
        let oldest = Int(now) - Self.freshness
        for part in repository.catalog.unfinished
        where part.device == origin.device.serial && part.library == origin.library.name {
            var rows = ManifestReading(
                part.file,
                in: RepositoryLayout.unfinished,
                expecting: nil,
                of: repository
            )
            while let row = rows.next() {
                guard let entry = try await listing.entries(of: [row.id])[row.id], entry.stamp == row.listed.stamp,
                    row.lastRead(before: now) > oldest, let clear = row.listed.clearAttributes,
                    ListedPortrait(entry.imgID, entry).change(to: clear) == nil
                else { continue }
                try await add(row)
            }
        }
    }

    /// Reads portraits whole.
    func readWhole(_ wanted: any Listing) async throws {
        let fetched = Channel<FetchedRow>()
        let library = library
        try await withThrowingTaskGroup { stages in
            stages.addTask { try await library.read(wanted, to: fetched) }
            stages.addTask { for await row in fetched { try await self.store(row) } }
            // The first error ends both.
            while try await stages.next() != nil {}
        }
        try await flush()
    }

    /// Reads attributes in clear; a portrait of which that brings nothing stays as it was.
    ///
    /// - Parameter wanted: Rows of the last snapshot, spilled.
    /// - Throws: `DeviceError`, `LedgerError`, `ArchiveError`, ``RepositoryError``, and `CancellationError`.
    func readAttributes(_ wanted: any Listing) async throws {
        var last: PortraitID?
        let library = library
        while case let group = try await wanted.entries(after: last, limit: Self.groupLength), let end = group.last {
            last = end.imgID
            let entries = try await listing.entries(of: group.map(\.imgID))
            let read = try await withThrowingTaskGroup(of: (ListingEntry, PersonAttributes?).self) { readings in
                for entry in entries.values {
                    readings.addTask { (entry, try await library.clearAttributes(of: entry)) }
                }
                return try await readings.reduce(into: [:]) { $0[$1.0.imgID] = $1.1 }
            }
            for earlier in group.map(SnapshotRow.init(spilled:)) {
                guard let entry = entries[earlier.id], let attributes = read[earlier.id] else { continue }
                try await note(
                    SnapshotRow(
                        listed: ListedPortrait(entry, behindMasks: attributes),
                        image: earlier.image,
                        readAt: Int(Moment.now)
                    )
                )
            }
        }
        try await flush()
    }

    private func store(_ row: FetchedRow) async throws {
        let id = PortraitID(asListed: row.key)
        switch row.result {
        case .missing(let outcome, let rejection): failures.note(id, rejection, as: outcome)
        case .portrait(let portrait):
            guard let entry = try await listing.entries(of: [id])[id] else { return }
            let listed = ListedPortrait(
                entry,
                behindMasks: portrait.attributes,
                isWhole: !portrait.remarks.contains { $0.reason == .attributeMasked }
            )
            let image = if let bytes = portrait.image { try await packs.add(bytes) } else { "" }
            try await note(SnapshotRow(listed: listed, image: image, readAt: Int(Moment.now)))
        }
        progress.note { $0.prepared += 1 }
        if await packs.isFull { try await flush() }
    }

    private func note(_ row: SnapshotRow) async throws {
        unwritten.append(row)
        try await add(row)
    }

    private func add(_ row: SnapshotRow) async throws {
        try await fresh.add([row.spilled])
        if !row.isIncomplete { progress.note { $0.confirmed += 1 } }
    }

    /// Makes what was read so far part of the repository.
    private func flush() async throws {
        let pack = try await packs.close()
        guard pack != nil || !unwritten.isEmpty else { return }
        var manifest = try ManifestWriting(repository, in: RepositoryLayout.unfinished)
        for row in unwritten { try manifest.add(row) }
        let file = try manifest.finish(nil)
        let part = Catalog.Unfinished(file: file, device: origin.device.serial, library: origin.library.name)
        try repository.commit { catalog in
            if let pack { catalog.packs.append(pack) }
            catalog.unfinished.append(part)
        }
        if let pack { newPacks.append(pack) }
        unwritten = []
    }
}
