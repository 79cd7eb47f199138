// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// Finds a person in all snapshots.
struct ErasureSearch {
    let repository: Repository
    /// How many rows are theirs.
    private(set) var portraits = 0
    /// The snapshots that have any.
    private(set) var snapshots: [String] = []
    /// Under which keys they are known.
    private(set) var keys: Set<PersonKey>
    /// Their images.
    private var images: Set<String> = []
    private let person: ErasedPerson

    /// Reads all snapshots, and what stopped backups knew already.
    ///
    /// - Parameters:
    ///   - repository: The repository.
    ///   - person: Who is looked for.
    ///   - known: Keys that are theirs, as an earlier search found.
    /// - Throws: ``RepositoryError`` with `damaged` where a snapshot cannot be read whole.
    init(repository: Repository, person: ErasedPerson, known: [PersonKey]) throws {
        self.repository = repository
        self.person = person
        keys = Set(known)
        // Who is known by an identity code in one snapshot is known by an id in those where it was masked.
        let all = RowsOfLibrary.all(in: repository)
        for rows in all {
            try rows.forEach { row in if person.isMeant(by: row) { keys.insert(rows.key(of: row)) } }
        }
        for rows in all {
            var count = 0
            try rows.forEach { row in
                guard person.isMeant(by: row, rows.key(of: row), known: keys) else { return }
                count += 1
                if !row.image.isEmpty { images.insert(row.image) }
            }
            if count > 0, let snapshot = rows.snapshot { snapshots.append(snapshot) }
            portraits += count
        }
    }

    /// Those of their images that no other portrait has.
    func imagesOfNobodyElse() throws -> [String] {
        var theirs = images
        for rows in RowsOfLibrary.all(in: repository) {
            try rows.forEach { row in
                if !person.isMeant(by: row, rows.key(of: row), known: keys) { theirs.remove(row.image) }
            }
        }
        return theirs.sorted()
    }
}

/// A file of rows: a snapshot, or what a stopped backup of a library knew already.
struct RowsOfLibrary {
    let repository: Repository
    let folder: String
    let file: String
    let device: String
    let library: String
    /// The snapshot's id, `nil` for what is not finished.
    let snapshot: String?
    /// How many rows there are, `nil` for what is not finished.
    let portraits: Int?

    /// All files of a repository.
    static func all(in repository: Repository) -> [RowsOfLibrary] {
        let catalog = repository.catalog
        let snapshots = catalog.snapshots.map { snapshot in
            RowsOfLibrary(
                repository: repository,
                folder: RepositoryLayout.manifests,
                file: snapshot.manifest,
                device: snapshot.device.serial,
                library: snapshot.library.name,
                snapshot: snapshot.id,
                portraits: snapshot.portraits
            )
        }
        let unfinished = catalog.unfinished.map { part in
            RowsOfLibrary(
                repository: repository,
                folder: RepositoryLayout.unfinished,
                file: part.file,
                device: part.device,
                library: part.library,
                snapshot: nil,
                portraits: nil
            )
        }
        return snapshots + unfinished
    }

    /// The key of a portrait.
    func key(of row: SnapshotRow) -> PersonKey {
        PersonKey(device: device, library: library, imgID: row.id.text)
    }

    /// Hands over all rows.
    ///
    /// - Parameter body: Takes a row.
    /// - Returns: Whether these are all; what is not finished may be damaged, as it can be read anew from the device.
    /// - Throws: ``RepositoryError`` with `damaged` where a snapshot cannot be read whole.
    @discardableResult func forEach(_ body: (SnapshotRow) -> Void) throws -> Bool {
        var rows = ManifestReading(file, in: folder, expecting: portraits, of: repository)
        while let row = rows.next() { body(row) }
        guard let problem = rows.problems.first else { return true }
        guard let snapshot else { return false }
        throw RepositoryError(
            .damaged,
            "\(problem): nobody can tell whether the person is in it; put the file back from a copy, or give the snapshot "
                + "up with facelib backup prune --forget \(snapshot)"
        )
    }
}

extension ErasedPerson {
    /// Whether a row is about the person: by what they were named by, or by a key of theirs where the identity code was
    /// not shown.
    func isMeant(by row: SnapshotRow, _ key: PersonKey, known keys: Set<PersonKey>) -> Bool {
        if isMeant(by: row) { return true }
        guard row.listed.identity?.isEmpty ?? true else { return false }
        return keys.contains(key)
    }
}
