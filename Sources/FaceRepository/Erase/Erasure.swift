// SPDX-License-Identifier: Apache-2.0
import FaceArchive
public import FaceLedger
import FaceModel

/// Removes a person from every snapshot and every pack, and proves it.
///
/// What is to go is written into the catalog first, so that an erasure that was cut off is carried through by whoever
/// changes the repository next, the same command above all. Then the snapshots are written anew one by one, then the
/// packs that hold the images. At the end everything is read back, and a line without the person is left for auditors.
public struct Erasure: Sendable {
    /// The repository, opened for writing.
    public var repository: Repository
    /// Spills what is too much for memory.
    public var ledger: any Ledger
    /// How large packs become.
    var packLimit = PackWriting.Limit()

    /// Whose portraits were found.
    public struct Found: Sendable {
        /// How many rows of snapshots are theirs.
        public var portraits = 0
        /// How many snapshots have any.
        public var snapshots = 0
        /// The img_ids under which they are known, with the library of each.
        public var ids: Set<String> = []
    }

    /// Puts an erasure together.
    ///
    /// - Parameters:
    ///   - repository: The repository, opened for writing.
    ///   - ledger: Spills what is too much for memory.
    public init(repository: Repository, ledger: any Ledger) {
        self.repository = repository
        self.ledger = ledger
    }

    /// Looks for a person, changing nothing.
    ///
    /// - Parameter person: Who.
    /// - Returns: What of them is in the snapshots.
    /// - Throws: ``RepositoryError`` with `damaged` where a snapshot cannot be read whole.
    public func find(_ person: ErasedPerson) throws -> Found {
        let search = try ErasureSearch(repository: repository, person: person, known: [])
        return Found(
            portraits: search.portraits,
            snapshots: search.snapshots.count,
            ids: Set(search.keys.map { "\($0.library)/\($0.imgID)" })
        )
    }

    /// Erases a person.
    ///
    /// - Parameters:
    ///   - person: Who.
    ///   - reference: What is written down about it, such as the number of a request; nothing that names the person.
    ///   - now: The time, in seconds since 1970.
    /// - Returns: What auditors are told; `nil` where nothing of the person was found.
    /// - Throws: ``RepositoryError``, `ArchiveError`, ``TargetError``, `LedgerError`, and `CancellationError`.
    public func run(_ person: ErasedPerson, reference: String, at now: Double) async throws -> AuditLine? {
        try await finishPending(at: now)
        let search = try ErasureSearch(repository: repository, person: person, known: [])
        guard search.portraits > 0 else { return nil }
        let erasing = Catalog.Erasing(
            person: person,
            keys: search.keys.sorted { ($0.device, $0.library, $0.imgID) < ($1.device, $1.library, $1.imgID) },
            begun: Timestamp.text(now),
            reference: reference,
            images: try search.imagesOfNobodyElse(),
            portraits: 0,
            snapshots: 0,
            packs: 0
        )
        try repository.commit { $0.erasing = erasing }
        return try await carryOut(at: now)
    }

    /// Carries through what an erasure that was cut off left.
    ///
    /// - Parameter now: The time, in seconds since 1970.
    /// - Throws: As ``run(_:reference:at:)``.
    public func finishPending(at now: Double) async throws {
        if repository.catalog.erasing != nil { _ = try await carryOut(at: now) }
    }

    /// Carries through what an erasure that was cut off left, before something else is done that must not fail for it.
    ///
    /// - Parameters:
    ///   - now: The time, in seconds since 1970.
    ///   - warn: Told why the erasure still cannot be carried through; it stays to be done.
    /// - Throws: As ``run(_:reference:at:)``, but for what is damaged.
    public func finishPending(at now: Double, warn: (String) -> Void) async throws {
        do {
            try await finishPending(at: now)
        } catch let error as RepositoryError where error.code == .damaged {
            warn("an erasure that was begun is not done yet: \(error.description)")
        }
    }

    private func carryOut(at now: Double) async throws -> AuditLine? {
        guard let begun = repository.catalog.erasing else { return nil }
        for rows in RowsOfLibrary.all(in: repository) {
            try Task.checkCancellation()
            try rewrite(rows, without: begun)
        }
        let packs = try await clearRemains().packs
        try repository.commit { $0.erasing?.packs += packs }
        try repository.sweep()
        try prove(begun)
        guard let erasing = repository.catalog.erasing else { return nil }
        let by = [erasing.person.imgID.map { _ in "img-id" }, erasing.person.identity.map { _ in "identity" }]
        let line = AuditLine(
            time: Timestamp.text(now),
            by: by.compactMap(\.self).joined(separator: " and "),
            reference: erasing.reference,
            portraits: erasing.portraits,
            snapshots: erasing.snapshots,
            images: erasing.images.count,
            packs: erasing.packs
        )
        try repository.commit { catalog in
            catalog.erasing = nil
            catalog.audit.append(line)
        }
        return line
    }

    /// Writes a snapshot anew, if it has any of the person's portraits; what is not finished is given up.
    private func rewrite(_ rows: RowsOfLibrary, without erasing: Catalog.Erasing) throws {
        let keys = Set(erasing.keys)
        func isTheirs(_ row: SnapshotRow) -> Bool {
            erasing.person.isMeant(by: row, rows.key(of: row), known: keys)
        }
        var gone = 0
        var incomplete = 0
        let isWhole = try rows.forEach { row in
            guard isTheirs(row) else { return }
            gone += 1
            if row.isIncomplete { incomplete += 1 }
        }
        guard gone > 0 || !isWhole else { return }
        guard let old = repository.catalog.snapshots.first(where: { $0.id == rows.snapshot }) else {
            return try repository.commit { catalog in
                catalog.unfinished.removeAll { $0.file == rows.file }
                catalog.erasing?.portraits += gone
            }
        }
        var changed = old
        changed.manifest = ""
        changed.portraits -= gone
        changed.incomplete -= incomplete
        var reading = ManifestReading(old, of: repository)
        var manifest = try ManifestWriting(repository, in: RepositoryLayout.manifests)
        while let row = reading.next() { if !isTheirs(row) { try manifest.add(row) } }
        changed.manifest = try manifest.finish(changed)
        let finished = changed
        try repository.commit { catalog in
            guard let place = catalog.snapshots.firstIndex(where: { $0.id == finished.id }) else { return }
            catalog.snapshots[place] = finished
            catalog.erasing?.portraits += gone
            catalog.erasing?.snapshots += 1
        }
        try repository.sweep()
    }

    /// Destroys the images that no snapshot needs, such as prunings leave: nobody can tell any more whose they are.
    ///
    /// - Returns: How many images are gone, and how many packs were written anew or removed.
    /// - Throws: As ``run(_:reference:at:)``.
    public func clearRemains() async throws -> (images: Int, packs: Int) {
        let index = try await ImageIndex.of(repository, in: ledger)
        var use = ImageUse(repository, in: ledger, index)
        try await use.mark(repository.catalog.snapshots)
        let waste = try await use.waste()
        let garbage = try await use.garbage()
        let packs = try repository.catalog.packs.filter { pack in
            // One that is gone holds nobody any more; one that cannot be opened may: it is tried, and named.
            guard try isThere(pack) else { return false }
            return waste[pack.file] != nil || (try? PackReading.archive(pack.file, of: repository)) == nil
        }
        let repacking = Repacking(
            repository: repository,
            ledger: ledger,
            index: index,
            garbage: garbage,
            limit: packLimit
        )
        let result = try await repacking.run(packs)
        if let stuck = result.stuck.first {
            throw RepositoryError(
                .damaged,
                "packs/\(stuck.pack) is damaged and may hold an image of the person, so the erasure is not done "
                    + "(\(stuck.what)); put the file back from a copy, or delete it, and run the same command again"
            )
        }
        await garbage.close()
        await index.close()
        return (result.images, result.packs)
    }

    /// Whether a pack is there; one that cannot be looked at is not gone.
    private func isThere(_ pack: Catalog.Pack) throws -> Bool {
        try FileSize.ifThere(repository.path(RepositoryLayout.packs, pack.file)) != nil
    }

    /// Reads everything back: no snapshot speaks of the person, and no pack has an image of theirs.
    private func prove(_ erasing: Catalog.Erasing) throws {
        let search = try ErasureSearch(repository: repository, person: erasing.person, known: erasing.keys)
        let images = Set(erasing.images)
        var left = 0
        for pack in repository.catalog.packs {
            guard try isThere(pack) else { continue }
            let entries = try PackReading.archive(pack.file, of: repository).entries
            left += entries.count { images.contains($0.name) }
        }
        guard search.portraits == 0, left == 0 else {
            throw RepositoryError(
                .damaged,
                "after the erasure \(counted(search.portraits, "portrait")) and \(counted(left, "image")) of the person were still found; "
                    + "run it again"
            )
        }
    }
}
