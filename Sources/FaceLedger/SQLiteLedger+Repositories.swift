// SPDX-License-Identifier: Apache-2.0
import GRDB

// Where repositories of snapshots were seen.

extension SQLiteLedger {
    /// Records that a repository was opened.
    public func note(_ repository: KnownRepository) async throws {
        try await write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO repository (path, id, seen) VALUES (?, ?, ?)",
                arguments: [repository.path, repository.id, repository.seen]
            )
        }
    }

    /// The repository that was last opened at a path, `nil` when there never was one.
    public func knownRepository(at path: String) async throws -> KnownRepository? {
        try await read { database in
            try Row.fetchOne(
                database,
                sql: "SELECT path, id, seen FROM repository WHERE path = ?",
                arguments: [path]
            ).map { KnownRepository(path: $0[0], id: $0[1], seen: $0[2]) }
        }
    }
}
