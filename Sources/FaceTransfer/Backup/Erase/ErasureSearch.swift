// SPDX-License-Identifier: Apache-2.0
import FaceDevice
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

    /// Reads all snapshots.
    ///
    /// - Parameters:
    ///   - repository: The repository.
    ///   - person: Who is looked for.
    ///   - known: Keys that are theirs, as an earlier search found.
    /// - Throws: ``RepositoryError`` with `damaged` where a snapshot cannot be read whole.
    init(repository: Repository, person: ErasedPerson, known: [PersonKey]) throws(RepositoryError) {
        self.repository = repository
        self.person = person
        keys = Set(known)
        // Who is known by an identity code in one snapshot is known by an id in those where it was masked.
        let named = repository.catalog.snapshots
        for snapshot in named {
            try forEachRow(of: snapshot) { row in
                if person.isMeant(by: row) { keys.insert(PersonKey(row, in: snapshot)) }
            }
        }
        for snapshot in named {
            var count = 0
            try forEachRow(of: snapshot) { row in
                guard person.isMeant(by: row, in: snapshot, known: keys) else { return }
                count += 1
                if !row.image.isEmpty { images.insert(row.image) }
            }
            if count > 0 { snapshots.append(snapshot.id) }
            portraits += count
        }
    }

    /// Those of their images that no other portrait has.
    func imagesOfNobodyElse() throws(RepositoryError) -> [String] {
        var theirs = images
        for snapshot in repository.catalog.snapshots {
            try forEachRow(of: snapshot) { row in
                if !person.isMeant(by: row, in: snapshot, known: keys) { theirs.remove(row.image) }
            }
        }
        return theirs.sorted()
    }

    private func forEachRow(of snapshot: Snapshot, _ body: (SnapshotRow) -> Void) throws(RepositoryError) {
        var rows = ManifestReading(snapshot.manifest, of: repository)
        while let row = rows.next() { body(row) }
        if let problem = rows.problems.first {
            throw RepositoryError(
                .damaged,
                "\(problem): nobody can tell whether the person is in it; put the file back from a copy, or remove the "
                    + "snapshot \(snapshot.id) with facelib backup prune"
            )
        }
    }
}

/// A person by the key of their portrait in one library.
struct PersonKey: Sendable, Hashable, Codable {
    var device: String
    var library: String
    var imgID: String

    init(_ row: SnapshotRow, in snapshot: Snapshot) {
        device = snapshot.device.serial
        library = snapshot.library.name
        imgID = row.id.text
    }
}

extension ErasedPerson {
    /// Whether a row is about the person: by what they were named by, or by a key of theirs where the identity code was
    /// not shown.
    func isMeant(by row: SnapshotRow, in snapshot: Snapshot, known keys: Set<PersonKey>) -> Bool {
        if isMeant(by: row) { return true }
        guard row.listed.identity?.isEmpty ?? true else { return false }
        return keys.contains(PersonKey(row, in: snapshot))
    }
}

extension Catalog.Erasing {
    /// Whether a row is about the person.
    func isMeant(by row: SnapshotRow, in snapshot: Snapshot) -> Bool {
        person.isMeant(by: row, in: snapshot, known: Set(keys))
    }
}
