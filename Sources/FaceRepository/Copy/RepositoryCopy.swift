// SPDX-License-Identifier: Apache-2.0
public import FaceLedger
import FaceModel

/// Copies the snapshots of one repository that another one does not have, with their images.
///
/// The repositories have keys of their own, so every image is decrypted, held against its name, and stored under a new
/// one. What an earlier copy brought over is known from the snapshots that both have, and not read again.
public struct RepositoryCopy: Sendable {
    /// What is copied, opened for reading.
    public var source: Repository
    /// Where to, opened for writing.
    public var target: Repository
    /// Spills what is too much for memory.
    public var ledger: any Ledger
    /// Takes each snapshot that was copied.
    public var tell: @Sendable (Snapshot) -> Void

    /// What was copied.
    public struct End: Sendable {
        /// How many snapshots.
        public var snapshots = 0
        /// How many images.
        public var images = 0
        /// What could not be, and why.
        public var problems: [String] = []
    }

    /// Puts a copy together.
    ///
    /// - Parameters:
    ///   - source: What is copied.
    ///   - target: Where to.
    ///   - ledger: Spills what is too much for memory.
    ///   - tell: Takes each snapshot that was copied.
    public init(
        source: Repository,
        target: Repository,
        ledger: any Ledger,
        tell: @escaping @Sendable (Snapshot) -> Void = { _ in }
    ) {
        self.source = source
        self.target = target
        self.ledger = ledger
        self.tell = tell
    }

    /// Copies.
    ///
    /// - Returns: What was copied.
    /// - Throws: ``RepositoryError``, `ArchiveError`, ``TargetError``, `LedgerError`, and `CancellationError`.
    public func run() async throws -> End {
        guard source.id != target.id else {
            throw RepositoryError(.usage, "\(source.path) and \(target.path) are the same repository")
        }
        var end = End()
        let index = try await ImageIndex.of(source, in: ledger) { end.problems.append("packs/\($0.file): \($1)") }
        let stored = try await ImageIndex.of(target, in: ledger)
        // Where an image of the source is in the target: its new name stands where indexes have the pack.
        let names = try await ImageIndex(in: ledger)
        let writing = PackWriting(target, stored)
        let old = Dictionary(source.snapshots.map { ($0.id, $0) }) { first, _ in first }
        for theirs in target.snapshots {
            if let mine = old[theirs.id] { try await pair(mine, theirs, names) }
        }
        let there = Set(target.snapshots.map(\.id))
        let before = target.imageTotals.images
        for snapshot in source.snapshots where !there.contains(snapshot.id) {
            try Task.checkCancellation()
            guard try await copy(snapshot, index, names, writing, &end) else { continue }
            end.snapshots += 1
            tell(snapshot)
        }
        end.images = target.imageTotals.images - before
        for index in [index, stored, names] { await index.close() }
        return end
    }

    /// Learns from a snapshot that both have what its images are called in each.
    private func pair(_ mine: Snapshot, _ theirs: Snapshot, _ names: ImageIndex) async throws {
        var (left, right) = (ManifestReading(mine, of: source), ManifestReading(theirs, of: target))
        var other = right.next()
        while let row = left.next() {
            while let next = other, next.id < row.id { other = right.next() }
            if let match = other, match.id == row.id, !row.image.isEmpty, !match.image.isEmpty {
                try await names.add([.init(image: row.image, pack: match.image, bytes: 0)])
            }
        }
    }

    private func copy(
        _ snapshot: Snapshot,
        _ index: ImageIndex,
        _ names: ImageIndex,
        _ writing: PackWriting,
        _ end: inout End
    ) async throws -> Bool {
        var copied = snapshot
        copied.manifest = ""
        let packs = PackReading(source)
        var rows = ManifestReading(snapshot, of: source)
        // The rows wait in a file until their images are in packs that count.
        let spill = try await ledger.beginListing()
        while var row = rows.next() {
            if !row.image.isEmpty {
                do {
                    row.image = try await move(row.image, index, names, packs, writing)
                } catch let error as RepositoryError where error.code == .damaged {
                    // Whole or not at all, so that it is copied once the source has been put right.
                    end.problems.append("\(snapshot.title) was not copied: \(error.description)")
                    await spill.close()
                    return false
                }
                if await writing.isFull { try await commit(writing) }
            }
            try await spill.add([row.spilled])
        }
        try await commit(writing)
        if let problem = rows.problems.first {
            end.problems.append("\(snapshot.title) was not copied: \(problem)")
            await spill.close()
            return false
        }
        var manifest = try ManifestWriting(target, in: RepositoryLayout.manifests)
        var last: PortraitID?
        while case let group = try await spill.entries(after: last, limit: 500), let final = group.last {
            last = final.imgID
            for entry in group { try manifest.add(SnapshotRow(spilled: entry)) }
        }
        copied.manifest = try manifest.finish(copied)
        let finished = copied
        try target.commit { catalog in
            catalog.insert(finished, inTheOrderOf: source.snapshots)
        }
        await spill.close()
        return true
    }

    /// Stores an image in the target, unless it is there, and gives its name there.
    private func move(
        _ image: String,
        _ index: ImageIndex,
        _ names: ImageIndex,
        _ packs: PackReading,
        _ writing: PackWriting
    ) async throws -> String {
        if let known = try await names.places(of: [image])[image] { return known.pack }
        guard let place = try await index.places(of: [image])[image] else {
            throw RepositoryError(.damaged, "no pack has its image any more")
        }
        let name = try await writing.add(try packs.image(image, in: place.pack))
        try await names.add([.init(image: image, pack: name, bytes: 0)])
        return name
    }

    private func commit(_ writing: PackWriting) async throws {
        guard let pack = try await writing.close() else { return }
        try target.commit { $0.packs.append(pack) }
    }
}
