// SPDX-License-Identifier: Apache-2.0
import FaceArchive

/// Writes the rows of a snapshot, in the order of their ids, into an archive of tables.
package struct ManifestWriting: ~Copyable {
    private let repository: Repository
    private let folder: String
    private var writer: ZipWriter
    private var text = SnapshotTable.head
    private var waiting = 0
    private var tables = 0

    /// How many rows a table has: what one damaged byte can cost.
    private static let tableLength = 1_000
    /// Begins an archive in one of the repository's folders.
    package init(_ repository: Repository, in folder: String) throws {
        self.repository = repository
        self.folder = folder
        writer = try ZipWriter(
            path: repository.path(folder, RepositoryLayout.unnamed),
            passphrase: repository.key.passphrase
        )
    }

    /// Adds a row.
    package mutating func add(_ row: SnapshotRow) throws {
        text += SnapshotTable.line(row)
        waiting += 1
        if waiting == Self.tableLength { try writeTable() }
    }

    /// Adds what tells of the snapshot as a whole, and brings everything to the disk.
    ///
    /// - Parameter snapshot: The snapshot, `nil` for rows of one that is not finished.
    /// - Returns: The archive's name in the folder.
    /// - Throws: `ArchiveError`, ``RepositoryError`` or ``TargetError`` with the system's own words.
    package consuming func finish(_ snapshot: Snapshot?) throws -> String {
        if waiting > 0 { try writeTable() }
        if let snapshot {
            try writer.add(RepositoryLayout.snapshotEntry, Array(RepositoryJSON.text(of: snapshot).utf8))
        }
        try writer.finish()
        return try repository.name(RepositoryLayout.unnamed, in: folder)
    }

    private mutating func writeTable() throws {
        tables += 1
        try writer.add(RepositoryLayout.people(tables), Array(text.utf8))
        text = SnapshotTable.head
        waiting = 0
    }
}
