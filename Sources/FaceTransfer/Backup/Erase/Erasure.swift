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
    /// - Throws: ``RepositoryError``, `ArchiveError`, ``ExportError``, `LedgerError`, and `CancellationError`.
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

    private func carryOut(at now: Double) async throws -> AuditLine? {
        guard let begun = repository.catalog.erasing else { return nil }
        for snapshot in repository.catalog.snapshots {
            try Task.checkCancellation()
            try rewrite(snapshot, without: begun)
        }
        try dropUnfinished(begun)
        try await rewritePacks(begun)
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

    /// Writes a snapshot anew, if it has any of the person's portraits.
    private func rewrite(_ snapshot: Snapshot, without erasing: Catalog.Erasing) throws {
        var rows = ManifestReading(snapshot.manifest, of: repository)
        var gone = 0
        while let row = rows.next() { if erasing.isMeant(by: row, in: snapshot) { gone += 1 } }
        guard gone > 0 else { return }
        var changed = snapshot
        changed.manifest = ""
        changed.portraits -= gone
        rows = ManifestReading(snapshot.manifest, of: repository)
        var manifest = try ManifestWriting(repository, in: RepositoryLayout.manifests)
        while let row = rows.next() {
            if erasing.isMeant(by: row, in: snapshot) {
                if row.isIncomplete { changed.incomplete -= 1 }
            } else {
                try manifest.add(row)
            }
        }
        changed.manifest = try manifest.finish(changed)
        let finished = changed
        try repository.commit { catalog in
            guard let place = catalog.snapshots.firstIndex(where: { $0.id == snapshot.id }) else { return }
            catalog.snapshots[place] = finished
            catalog.erasing?.portraits += gone
            catalog.erasing?.snapshots += 1
        }
        try repository.sweep()
    }

    /// Gives up what stopped backups knew already, if the person is in it; it is read again.
    private func dropUnfinished(_ erasing: Catalog.Erasing) throws {
        for part in repository.catalog.unfinished {
            var rows = ManifestReading(part.file, in: RepositoryLayout.unfinished, of: repository)
            var isTheirs = false
            while let row = rows.next() { isTheirs = isTheirs || erasing.person.isMeant(by: row) }
            if isTheirs || !rows.problems.isEmpty {
                try repository.commit { catalog in catalog.unfinished.removeAll { $0.file == part.file } }
            }
        }
    }

    private func rewritePacks(_ erasing: Catalog.Erasing) async throws {
        let garbage = try await ImageIndex(in: ledger)
        let written = try await ImageIndex(in: ledger)
        try await garbage.add(erasing.images.map { .init(image: $0, pack: "", bytes: 0) })
        let images = Set(erasing.images)
        let packs = repository.catalog.packs.filter { pack in
            // A pack that cannot be opened may hold them: it is tried, and named.
            (try? PackReading.archive(pack.file, of: repository))?.entries.contains { images.contains($0.name) } ?? true
        }
        let repacking = Repacking(repository: repository, garbage: garbage, written: written, limit: packLimit)
        let result = try await repacking.run(packs)
        if let stuck = result.stuck.first {
            throw RepositoryError(
                .damaged,
                "packs/\(stuck.pack) is damaged and may hold an image of the person, so the erasure is not done "
                    + "(\(stuck.what)); put the file back from a copy and run it again, or delete the file"
            )
        }
        try repository.commit { $0.erasing?.packs += result.packs }
        await garbage.close()
        await written.close()
    }

    /// Reads everything back: no snapshot speaks of the person, and no pack has an image of theirs.
    private func prove(_ erasing: Catalog.Erasing) throws {
        let search = try ErasureSearch(repository: repository, person: erasing.person, known: erasing.keys)
        let images = Set(erasing.images)
        var left = 0
        for pack in repository.catalog.packs {
            let entries = try PackReading.archive(pack.file, of: repository).entries
            left += entries.count { images.contains($0.name) }
        }
        guard search.portraits == 0, left == 0 else {
            throw RepositoryError(
                .damaged,
                "after the erasure \(search.portraits) portraits and \(left) images of the person were still found; "
                    + "run it again"
            )
        }
    }
}
