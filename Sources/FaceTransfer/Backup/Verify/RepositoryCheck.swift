// SPDX-License-Identifier: Apache-2.0
public import FaceLedger
import FaceModel
import Glibc

/// Says whether everything that a repository's catalog names is there and as it was written, and whom it concerns where
/// it is not.
///
/// Files are named by their content, so a file whose bytes give its name is what was written, and what was written was
/// read back then.
public struct RepositoryCheck: Sendable {
    /// How far a check goes.
    public enum Depth: Sendable, Hashable {
        /// All files are there and as long as they were, and all manifests are whole.
        case structure
        /// That, and a share of the images, chosen at random, can be read.
        case sample(Double)
        /// That, and every byte of every file is what was written.
        case everything
    }

    /// Something that was found.
    public enum Finding: Sendable, Hashable {
        /// A file that is not as it was written, or not there.
        case file(String, what: String)
        /// A portrait of a snapshot that cannot be had any more, and the file that is the reason.
        case portrait(snapshot: String, imgID: String, name: String, what: String)
        /// A file that does not belong to the repository; harmless.
        case leftover(String)
    }

    /// What was looked at.
    public struct Totals: Sendable, Hashable {
        /// Snapshots of which all rows were read.
        public var snapshots = 0
        /// Rows of all snapshots.
        public var portraits = 0
        /// Images in all packs that can be opened.
        public var images = 0
        /// Images that were decrypted and held against their names.
        public var imagesRead = 0
        /// Bytes that were held against the names of their files.
        public var bytesRead = 0
        /// Files that are not as they were written.
        public var damagedFiles = 0
        /// Portraits that cannot be had any more, one in each snapshot counted.
        public var lostPortraits = 0
    }

    /// The repository, opened for reading at least.
    public var repository: Repository
    /// Spills what is too much for memory.
    public var ledger: any Ledger
    /// How far the check goes.
    public var depth: Depth

    /// Puts a check together.
    ///
    /// - Parameters:
    ///   - repository: The repository.
    ///   - ledger: Spills what is too much for memory.
    ///   - depth: How far the check goes.
    public init(repository: Repository, ledger: any Ledger, depth: Depth) {
        self.repository = repository
        self.ledger = ledger
        self.depth = depth
    }

    /// Checks the repository.
    ///
    /// - Parameter tell: Takes what is found, files before the portraits that they concern.
    /// - Returns: What was looked at.
    /// - Throws: `LedgerError`, `CancellationError`, and what `tell` throws.
    public func run(_ tell: (Finding) throws -> Void) async throws -> Totals {
        var totals = Totals()
        func damaged(_ file: String, _ what: String) throws {
            totals.damagedFiles += 1
            try tell(.file(file, what: what))
        }
        for problem in repository.problems { try damaged(problem.file, problem.what) }
        try checkCopies(damaged)
        try checkNames(damaged, tell)
        let index = try await ImageIndex(in: ledger)
        var broken: [String: String] = [:]
        for pack in repository.catalog.packs {
            try Task.checkCancellation()
            let result = PackCheck(pack: pack, repository: repository).run(readsEverything: depth == .everything)
            totals.bytesRead += result.bytesRead
            totals.imagesRead += result.imagesRead
            if let what = result.problem {
                try damaged(RepositoryLayout.packs + "/" + pack.file, what)
                broken[pack.file] = what
            }
            try await index.add(result.sound)
        }
        totals.images = try await index.count()
        if case .sample(let share) = depth {
            try await sample(share, index, &totals, &broken, damaged)
        }
        for part in repository.catalog.unfinished {
            try checkRows(RepositoryLayout.unfinished, part.file, &totals, damaged)
        }
        for snapshot in repository.catalog.snapshots {
            try Task.checkCancellation()
            try await check(snapshot, index, &totals, damaged, tell)
        }
        await index.close()
        return totals
    }

    /// Files that are read without their copies being needed must be sound nevertheless.
    private func checkCopies(_ damaged: (String, String) throws -> Void) throws {
        guard depth == .everything else { return }
        for file in RepositoryLayout.catalogFiles where !repository.problems.contains(where: { $0.file == file }) {
            // Both hold the same, so a byte that is read over by whoever opens one of them shows in its layout.
            do {
                let expected = try CatalogFile.layout(of: repository.path + "/" + file, repository.key)
                if let what = expected { try damaged(file, what) }
            } catch let error as RepositoryError {
                try damaged(file, error.description)
            }
        }
    }

    private func checkNames(
        _ damaged: (String, String) throws -> Void,
        _ tell: (Finding) throws -> Void
    ) throws {
        let files = repository.catalog.files
        for folder in [RepositoryLayout.packs, RepositoryLayout.manifests, RepositoryLayout.unfinished] {
            let names: [String]
            do {
                names = try TargetFolder(making: repository.path + "/" + folder).names()
            } catch {
                try damaged(folder, error.description)
                continue
            }
            let there = Set(names.map { folder + "/" + $0 })
            for file in there.subtracting(files).sorted() { try tell(.leftover(file)) }
            // Packs tell by themselves that they are missing.
            for file in files.subtracting(there).sorted()
            where file.hasPrefix(folder + "/") && folder != RepositoryLayout.packs {
                try damaged(file, "it is missing")
            }
        }
    }

    /// Reads a share of the images; a pack of which one cannot be read is looked through.
    private func sample(
        _ share: Double,
        _ index: ImageIndex,
        _ totals: inout Totals,
        _ broken: inout [String: String],
        _ damaged: (String, String) throws -> Void
    ) async throws {
        var bad: [String: String] = [:]
        var read = 0
        try await ImageSample(repository: repository, index: index).run(share: share, of: totals.images) { place, error in
            read += 1
            if let error { bad[place.pack] = error.description }
        }
        totals.imagesRead += read
        for (pack, what) in bad.sorted(by: { $0.key < $1.key }) where broken[pack] == nil {
            broken[pack] = what
            try damaged(RepositoryLayout.packs + "/" + pack, what)
            guard let known = repository.catalog.packs.first(where: { $0.file == pack }) else { continue }
            let sound = Set(PackCheck(pack: known, repository: repository).run(readsEverything: true).sound)
            try await index.markUsed(try await places(of: pack, in: index).filter { !sound.contains($0) }.map(\.image))
        }
    }

    private func places(of pack: String, in index: ImageIndex) async throws -> [ImageIndex.Place] {
        let archive = try? PackReading.archive(pack, of: repository)
        return try await Array(index.places(of: archive?.entries.map(\.name) ?? []).values)
    }

    /// Holds a file of rows against its name.
    private func checkRows(
        _ folder: String,
        _ file: String,
        _ totals: inout Totals,
        _ damaged: (String, String) throws -> Void
    ) throws {
        let path = repository.path(folder, file)
        guard let size = try? FileSize.of(path) else { return }
        let name: String
        do {
            name = try FileDigest.name(of: path)
        } catch {
            return try damaged(folder + "/" + file, error.description)
        }
        totals.bytesRead += size
        if name + ".zip" != file { try damaged(folder + "/" + file, "its bytes are not those that were written") }
    }

    private func check(
        _ snapshot: Snapshot,
        _ index: ImageIndex,
        _ totals: inout Totals,
        _ damaged: (String, String) throws -> Void,
        _ tell: (Finding) throws -> Void
    ) async throws {
        try checkRows(RepositoryLayout.manifests, snapshot.manifest, &totals, damaged)
        var rows = ManifestReading(snapshot.manifest, of: repository)
        var count = 0
        while true {
            var group: [SnapshotRow] = []
            while group.count < 500, let row = rows.next() { group.append(row) }
            if group.isEmpty { break }
            count += group.count
            let images = group.map(\.image).filter { !$0.isEmpty }
            let places = try await index.soundPlaces(of: images)
            for row in group where !row.image.isEmpty && !places.contains(row.image) {
                totals.lostPortraits += 1
                try tell(
                    .portrait(
                        snapshot: snapshot.id,
                        imgID: row.id.text,
                        name: row.listed.name ?? "",
                        what: "its image cannot be had any more"
                    )
                )
            }
        }
        totals.portraits += count
        guard rows.problems.isEmpty, count == snapshot.portraits else {
            let lost = snapshot.portraits - count
            totals.lostPortraits += max(0, lost)
            let what = rows.problems.first ?? "it has \(count) rows"
            try tell(
                .portrait(
                    snapshot: snapshot.id,
                    imgID: "",
                    name: "",
                    what: "\(lost) of its \(snapshot.portraits) portraits are lost: \(what)"
                )
            )
            return
        }
        totals.snapshots += 1
    }
}
