// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceFiles
public import FaceLedger
import FaceModel

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
        /// A file of a run that was killed, which the next command that changes the repository removes; harmless.
        case leftover(String)
        /// Something that does not belong to the repository and stays where it is; harmless.
        case stranger(String)
        /// A copy that a killed command left one change behind; harmless.
        case behind(String)
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
    public func run(_ tell: @escaping (Finding) throws -> Void) async throws -> Totals {
        let report = CheckReport(tell)
        for problem in repository.problems { try report.damaged(problem.file, problem.what) }
        try checkCopies(report)
        try checkNames(report)
        let index = try await ImageIndex(in: ledger)
        let lost = try await ImageIndex(in: ledger)
        var broken: Set<String> = []
        for pack in repository.catalog.packs {
            try Task.checkCancellation()
            let result = PackCheck(pack: pack, repository: repository).run(readsEverything: depth == .everything)
            report.totals.bytesRead += result.bytesRead
            report.totals.imagesRead += result.imagesRead
            if let what = result.problem {
                try report.damaged(RepositoryLayout.packs + "/" + pack.file, what)
                broken.insert(pack.file)
            }
            try await index.add(result.sound)
        }
        report.totals.images = try await index.count()
        if case .sample(let share) = depth {
            try await sample(share, index, lost, besides: broken, report)
        }
        for part in repository.catalog.unfinished {
            try checkRows(RepositoryLayout.unfinished, part.file, report)
        }
        for snapshot in repository.catalog.snapshots {
            try Task.checkCancellation()
            try await check(snapshot, index, lost, report)
        }
        await index.close()
        await lost.close()
        return report.totals
    }

    /// The two copies of the catalog have the same bytes; those that nobody reads are found by that.
    private func checkCopies(_ report: CheckReport) throws {
        let folder = try TargetFolder(making: repository.path)
        if try folder.contents(of: RepositoryLayout.readme) != Array(RepositoryLayout.readmeText.utf8) {
            try report.damaged(RepositoryLayout.readme, "its text is not the one that was written")
        }
        let files = RepositoryLayout.catalogFiles
        guard !repository.isCatalogCopyBehind else { return try report.tell(.behind(files[1])) }
        guard !repository.problems.contains(where: { files.contains($0.file) }) else { return }
        if try folder.contents(of: files[0]) != folder.contents(of: files[1]) {
            try report.damaged(files.joined(separator: " or "), "they are not the same, though both can be read")
        }
    }

    private func checkNames(_ report: CheckReport) throws {
        let files = repository.catalog.files
        // A folder that cannot be read is damage, told below.
        let strangers = (try? repository.strangers()) ?? []
        for name in strangers { try report.tell(.stranger(name)) }
        for folder in RepositoryLayout.folders {
            let names: [String]
            do {
                names = try repository.folder(folder)?.names() ?? []
            } catch {
                try report.damaged(folder, error.description)
                continue
            }
            let there = Set(names.map { folder + "/" + $0 })
            for file in there.subtracting(files).subtracting(strangers).sorted() { try report.tell(.leftover(file)) }
            // Packs tell by themselves that they are missing.
            for file in files.subtracting(there).sorted()
            where file.hasPrefix(folder + "/") && folder != RepositoryLayout.packs {
                try report.damaged(file, "it is missing")
            }
        }
    }

    /// Reads a share of the images; a pack of which one cannot be read is looked through.
    private func sample(
        _ share: Double,
        _ index: ImageIndex,
        _ lost: ImageIndex,
        besides broken: Set<String>,
        _ report: CheckReport
    ) async throws {
        var bad: Set<String> = []
        var read = 0
        try await ImageSample(repository: repository, index: index).run(share: share, of: report.totals.images) {
            place,
            error in
            read += 1
            if error != nil { bad.insert(place.pack) }
        }
        report.totals.imagesRead += read
        for pack in repository.catalog.packs where bad.contains(pack.file) && !broken.contains(pack.file) {
            let result = PackCheck(pack: pack, repository: repository).run(readsEverything: true)
            try report.damaged(RepositoryLayout.packs + "/" + pack.file, result.problem ?? "an image could not be read")
            let sound = Set(result.sound)
            let all = (try? PackReading.archive(pack.file, of: repository).entries) ?? []
            try await lost.add(
                all.map { .init(image: $0.name, pack: pack.file, bytes: $0.compressedSize) }
                    .filter { !sound.contains($0) }
            )
        }
    }

    /// Holds a file of rows against its name.
    private func checkRows(_ folder: String, _ file: String, _ report: CheckReport) throws {
        let path = repository.path(folder, file)
        let name: String
        let size: Int
        do {
            // One that is not there was told when the names were looked through.
            guard let there = try FileSize.ifThere(path) else { return }
            size = there
            name = try FileDigest.name(of: path)
        } catch {
            return try report.damaged(folder + "/" + file, error.description)
        }
        report.totals.bytesRead += size
        if name + ".zip" != file {
            try report.damaged(folder + "/" + file, "its bytes are not those that were written")
        }
    }

    private func check(
        _ snapshot: Snapshot,
        _ index: ImageIndex,
        _ lost: ImageIndex,
        _ report: CheckReport
    ) async throws {
        try checkRows(RepositoryLayout.manifests, snapshot.manifest, report)
        var rows = ManifestReading(snapshot, of: repository)
        var count = 0
        while true {
            var group: [SnapshotRow] = []
            while group.count < 500, let row = rows.next() { group.append(row) }
            if group.isEmpty { break }
            count += group.count
            let images = group.map(\.image).filter { !$0.isEmpty }
            let places = try await index.places(of: images)
            let gone = try await lost.places(of: images)
            for row in group where !row.image.isEmpty && (places[row.image] == nil || gone[row.image] != nil) {
                report.totals.lostPortraits += 1
                try report.tell(
                    .portrait(
                        snapshot: snapshot.id,
                        imgID: row.id.text,
                        name: row.listed.name ?? "",
                        what: "its image cannot be had any more"
                    )
                )
            }
        }
        report.totals.portraits += count
        // Rows that are all there are as they were written, whatever else of the file is not: that was told above.
        guard count == snapshot.portraits else {
            let lost = max(0, snapshot.portraits - count)
            report.totals.lostPortraits += lost
            let what = rows.problems.first ?? "it has \(counted(count, "row"))"
            try report.tell(
                .portrait(
                    snapshot: snapshot.id,
                    imgID: "",
                    name: "",
                    what:
                        "\(lost) of its \(counted(snapshot.portraits, "portrait")) \(lost == 1 ? "is" : "are") lost: \(what)"
                )
            )
            return
        }
        report.totals.snapshots += 1
    }
}

/// Takes what a check finds, and counts it.
private final class CheckReport {
    var totals = RepositoryCheck.Totals()
    let tell: (RepositoryCheck.Finding) throws -> Void

    init(_ tell: @escaping (RepositoryCheck.Finding) throws -> Void) { self.tell = tell }

    func damaged(_ file: String, _ what: String) throws {
        totals.damagedFiles += 1
        try tell(.file(file, what: what))
    }
}
