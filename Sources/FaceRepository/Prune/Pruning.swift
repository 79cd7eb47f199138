// SPDX-License-Identifier: Apache-2.0
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
    /// The time, in seconds since 1970.
    public var now: Double
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
        /// How many bytes all archives had before, those of snapshots and those of images.
        public var bytesBefore = 0
        /// How many bytes they have now, or would have.
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
    ///   - now: The time, in seconds since 1970.
    public init(
        repository: Repository,
        policy: RetentionPolicy,
        ledger: any Ledger,
        isRehearsal: Bool,
        at now: Double
    ) {
        self.repository = repository
        self.policy = policy
        self.ledger = ledger
        self.isRehearsal = isRehearsal
        self.now = now
    }

    /// Packs of which at least this share is not needed are written anew.
    private static let wasteLimit = 0.2

    /// Prunes the repository.
    ///
    /// - Returns: What was removed, or would be.
    /// - Throws: ``RepositoryError``, with `usage` for a policy that keeps nothing and with `damaged` where nobody can
    ///   tell what is needed; `ArchiveError`, ``TargetError``, `LedgerError`, and `CancellationError`.
    public func run() async throws -> End {
        guard !policy.isEmpty else {
            throw RepositoryError(
                .usage,
                "a policy that keeps nothing would remove every snapshot; say what to keep, such as --keep-daily 7"
            )
        }
        var end = End()
        let kept = policy.kept(repository.snapshots, at: now)
        let unknown = policy.forgotten.subtracting(repository.snapshots.map(\.id))
        if let id = unknown.sorted().first {
            throw RepositoryError(.absent, "\(repository.path) has no snapshot \(id); write its whole id")
        }
        end.kept = repository.snapshots.filter { kept.contains($0.id) }
        end.removed = repository.snapshots.filter { !kept.contains($0.id) }
        end.bytesBefore = try repository.bytes(of: repository.catalog.files)
        var unreadable: Set<String> = []
        let index = try await ImageIndex.of(repository, in: ledger) { pack, what in
            unreadable.insert(pack.file)
            end.problems.append("packs/\(pack.file): \(what)")
        }
        var use = ImageUse(repository, in: ledger, index)
        try await use.mark(end.kept)
        if isRehearsal {
            try await rehearse(use, without: unreadable, &end)
        } else {
            if !end.removed.isEmpty {
                try repository.commit { catalog in catalog.snapshots.removeAll { !kept.contains($0.id) } }
                try repository.sweep()
            }
            if use.missing == 0 && !unreadable.isEmpty {
                // All that is needed is elsewhere: what cannot be read is not needed either.
                try repository.commit { catalog in catalog.packs.removeAll { unreadable.contains($0.file) } }
                try repository.sweep()
                end.problems = []
            }
            try await collect(use, &end)
            end.bytesAfter = try repository.bytes(of: repository.catalog.files)
        }
        await index.close()
        return end
    }

    /// Packs that a pruning changes.
    private struct Choice {
        /// Those of which nothing is needed.
        var empty: [Catalog.Pack]
        /// Those that are written anew, without what is not needed.
        var repacked: [Catalog.Pack]
        /// How many images go with that.
        var images = 0
        /// How many bytes these have.
        var bytes = 0
    }

    /// Decides which packs are changed, the same for a rehearsal and for the work.
    private func choose(_ use: ImageUse, without unreadable: Set<String>) async throws -> Choice {
        let waste = try await use.waste()
        let packs = repository.catalog.packs.filter { !unreadable.contains($0.file) }
        // Where something is needed and meant elsewhere, the copy there must be read before the one here goes.
        let empty = packs.filter { waste[$0.file]?.images == $0.images && waste[$0.file]?.hasCopies == false }
        let rest = packs.filter { pack in !empty.contains { $0.file == pack.file } }
        let wasteful = rest.filter { pack in
            guard let waste = waste[pack.file] else { return false }
            return waste.hasCopies || Double(waste.bytes) >= Double(pack.bytes) * Self.wasteLimit
        }
        // Many small packs of quiet nights make one; a single one stays.
        let small = rest.filter { $0.bytes < packLimit.bytes / 4 && $0.images < packLimit.images / 4 }
        let chosen = Set((wasteful + (small.count > 1 ? small : [])).map(\.file))
        var choice = Choice(empty: empty, repacked: rest.filter { chosen.contains($0.file) })
        for pack in empty { (choice.images, choice.bytes) = (choice.images + pack.images, choice.bytes + pack.bytes) }
        for pack in choice.repacked {
            choice.images += waste[pack.file]?.images ?? 0
            choice.bytes += waste[pack.file]?.bytes ?? 0
        }
        return choice
    }

    /// Counts what would go.
    private func rehearse(_ use: ImageUse, without unreadable: Set<String>, _ end: inout End) async throws {
        let choice = try await choose(use, without: unreadable)
        end.images = choice.images
        let manifests = end.removed.map { RepositoryLayout.manifests + "/" + $0.manifest }
        end.bytesAfter = end.bytesBefore - choice.bytes - (try repository.bytes(of: manifests))
    }

    /// Removes the images that nobody needs.
    private func collect(_ use: ImageUse, _ end: inout End) async throws {
        let choice = try await choose(use, without: [])
        let empty = Set(choice.empty.map(\.file))
        if !empty.isEmpty {
            try repository.commit { catalog in catalog.packs.removeAll { empty.contains($0.file) } }
            try repository.sweep()
            end.images += choice.empty.reduce(0) { $0 + $1.images }
        }
        let garbage = try await use.garbage()
        let repacking = Repacking(
            repository: repository,
            ledger: ledger,
            index: use.index,
            garbage: garbage,
            limit: packLimit
        )
        let result = try await repacking.run(choice.repacked)
        end.images += result.images
        end.problems += result.stuck.map { "packs/\($0.pack) stays as it is: \($0.what)" }
        await garbage.close()
    }
}

extension Repository {
    /// How many bytes the files have that the catalog names; one that is gone has none.
    fileprivate func bytes(of files: some Sequence<String>) throws -> Int {
        try files.reduce(0) { try $0 + (FileSize.ifThere(path + "/" + $1) ?? 0) }
    }
}
