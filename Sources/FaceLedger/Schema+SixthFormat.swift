// SPDX-License-Identifier: Apache-2.0
import GRDB

extension Schema {
    /// Format 6: where repositories were, and the secrets of jobs under way.
    @Sendable static func makeSixthFormat(_ database: Database, _ seal: SafeSeal) throws {
        try database.execute(
            sql: """
                CREATE TABLE repository (
                    path TEXT PRIMARY KEY,
                    id TEXT NOT NULL,
                    seen REAL NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE job_secret (
                    job TEXT PRIMARY KEY,
                    content BLOB NOT NULL
                ) STRICT, WITHOUT ROWID;
                """
        )
        // Whoever backed up with an earlier format is guarded from the first night on; which repository it was is not known.
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO repository (path, id, seen)
                SELECT CASE WHEN target LIKE '/%' THEN target ELSE rtrim(directory, '/') || '/' || target END, '', started
                FROM job WHERE command = 'backup' AND target <> '' ORDER BY started
                """
        )
    }
}
