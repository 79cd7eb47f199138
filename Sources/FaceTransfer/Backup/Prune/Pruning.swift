// SPDX-License-Identifier: Apache-2.0
import FaceArchive
public import FaceLedger

/// Removes snapshots that a policy does not keep, and the images that no other snapshot has.
///
/// First the catalog gives the snapshots up; then packs that nobody needs go, and packs of which much is not needed are
/// written anew. Whatever is cut off in between is done by the next pruning.
public struct Pruning: Sendable {
    /// The repository, opened for writing; for a rehearsal, opened for reading.
    public var repository: Repository
    /// Which snapshots are kept.
    public var policy: RetentionPolicy
    /// Spills what is too much for memory.
    public var ledger: any Ledger
    /// Whether nothing is removed.
    public var isRehearsal: Bool
    /// How large packs become.
    var packLimit = PackWriting.Limit()

    /// What was removed, or would be.
    public struct End: Sendable {
        /// The snapshots that stay.
        public var kept: [Snapshot] = []
        /// The snapshots that go.
        public var removed: [Snapshot] = []
        /// How many images go.
        public var images = 0
        /// How many bytes the packs had before.
        public var bytesBefore = 0
        /// How many bytes they have now.
        public var bytesAfter = 0
        /// Packs that could not be read whole and stay as they are.
        public var problems: [String] = []
    }

    /// Puts a pruning together.
    ///
    /// - Parameters:
    ///   - repository: The repository.
    ///   - policy: Which snapshots are kept.
    ///   - ledger: Spills what is too much for memory.
    ///   - isRehearsal: Whether nothing is removed.
    public init(repository: Repository, policy: RetentionPolicy, ledger: any Ledger, isRehearsal: Bool) {
        self.repository = repository
        self.policy = policy
        self.ledger = ledger
        self.isRehearsal = isRehearsal
    }

    /// Packs of which at least this share is not needed are written anew.
    private static let wasteLimit = 0.2

    /// Prunes the repository.
    ///
    /// - Returns: What was removed, or would be.
    /// - Throws: ``RepositoryError``, with `usage` for a policy that keeps nothing and with `damaged` where nobody can
    ///   tell what is needed; `ArchiveError`, ``ExportError``, `LedgerError`, and `CancellationError`.
    public func run() async throws -> End {
        guard !policy.isEmpty else {
            throw RepositoryError(
                .usage,
                "a policy that keeps nothing would remove every snapshot; say what to keep, such as --keep-daily 7"
            )
        }
        var end = End()
        let kept = policy.kept(repository.snapshots)
        end.kept = repository.snapshots.filter { kept.contains($0.id) }
        end.removed = repository.snapshots.filter { !kept.contains($0.id) }
        end.bytesBefore = repository.imageTotals.bytes
        let index = try await ImageIndex.of(repository, in: ledger) { end.problems.append("packs/\($0.file): \($1)") }
        try await markUsed(by: end.kept, in: index)
        if isRehearsal {
            var waste = 0
            try await forEachUnused(index) {
                end.images += 1
                waste += $0.bytes
            }
            end.bytesAfter = end.bytesBefore - waste
        } else {
            if !end.removed.isEmpty {
                try repository.commit { catalog in catalog.snapshots.removeAll { !kept.contains($0.id) } }
                try repository.sweep()
            }
            try await collect(index, &end)
            end.bytesAfter = repository.imageTotals.bytes
        }
        await index.close()
        return end
    }

    /// Notes which images the snapshots need, and the backups that were stopped.
    private func markUsed(by snapshots: [Snapshot], in index: ImageIndex) async throws {
        let unfinished = repository.catalog.unfinished.map { (RepositoryLayout.unfinished, $0.file) }
        for (folder, file) in snapshots.map({ (RepositoryLayout.manifests, $0.manifest) }) + unfinished {
            try Task.checkCancellation()
            var rows = ManifestReading(file, in: folder, of: repository)
            while true {
                var group: [String] = []
                while group.count < 500, let row = rows.next() { group.append(row.image) }
                if group.isEmpty { break }
                try await index.markUsed(group)
            }
            if let problem = rows.problems.first {
                throw RepositoryError(
                    .damaged,
                    "\(problem): nobody can tell which images it needs, so nothing was removed; see facelib backup verify"
                )
            }
        }
    }

    private func forEachUnused(_ index: ImageIndex, _ body: (ImageIndex.Place) async throws -> Void) async throws {
        var last: String?
        while case let group = try await index.unused(after: last, limit: 500), let end = group.last {
            last = end.image
            for place in group { try await body(place) }
        }
    }

    /// Removes the images that nobody needs.
    private func collect(_ index: ImageIndex, _ end: inout End) async throws {
        let garbage = try await ImageIndex(in: ledger)
        var waste: [String: (images: Int, bytes: Int)] = [:]
        try await forEachUnused(index) { place in
            try await garbage.add([place])
            waste[place.pack, default: (0, 0)].images += 1
            waste[place.pack, default: (0, 0)].bytes += place.bytes
        }
        let packs = repository.catalog.packs
        for pack in packs {
            // A run that was cut off may have left images twice: those that the index does not mean are waste too.
            let entries = (try? PackReading.archive(pack.file, of: repository))?.entries ?? []
            let places = try await index.places(of: entries.map(\.name))
            for entry in entries where places[entry.name].map({ $0.pack != pack.file }) == true {
                waste[pack.file, default: (0, 0)].images += 1
                waste[pack.file, default: (0, 0)].bytes += entry.compressedSize
            }
        }
        let empty = Set(packs.filter { waste[$0.file]?.images == $0.images }.map(\.file))
        if !empty.isEmpty {
            try repository.commit { catalog in catalog.packs.removeAll { empty.contains($0.file) } }
            try repository.sweep()
            end.images += packs.filter { empty.contains($0.file) }.reduce(0) { $0 + $1.images }
        }
        let rest = packs.filter { !empty.contains($0.file) }
        let wasteful = rest.filter {
            Double(waste[$0.file]?.bytes ?? 0) >= Double($0.bytes) * Self.wasteLimit && waste[$0.file] != nil
        }
        // Many small packs of quiet nights make one; a single one stays.
        let small = rest.filter { $0.bytes < packLimit.bytes / 4 && $0.images < packLimit.images / 4 }
        let chosen = Set((wasteful + (small.count > 1 ? small : [])).map(\.file))
        let repacking = Repacking(
            repository: repository,
            garbage: garbage,
            written: try await ImageIndex(in: ledger),
            limit: packLimit
        )
        let result = try await repacking.run(rest.filter { chosen.contains($0.file) })
        end.images += result.images
        end.problems += result.stuck.map { "packs/\($0.pack) stays as it is: \($0.what)" }
        await garbage.close()
        await repacking.written.close()
    }
}
