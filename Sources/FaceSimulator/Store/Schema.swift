// SPDX-License-Identifier: Apache-2.0
import GRDB

/// The tables of a simulated device.
enum Schema {
    /// The migrations; append only.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("libraries and portraits", migrate: createTables)
        return migrator
    }

    @Sendable private static func createTables(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE library (
                    lib_id INTEGER PRIMARY KEY AUTOINCREMENT,
                    lib_name TEXT NOT NULL,
                    lib_type INTEGER NOT NULL,
                    create_time TEXT NOT NULL,
                    update_time TEXT NOT NULL,
                    picture_no INTEGER NOT NULL DEFAULT 0
                ) STRICT;
                CREATE TABLE portrait (
                    seq INTEGER PRIMARY KEY AUTOINCREMENT,
                    lib_id INTEGER NOT NULL REFERENCES library ON DELETE CASCADE,
                    img_id TEXT NOT NULL,
                    name TEXT NOT NULL,
                    identity TEXT NOT NULL,
                    gender TEXT NOT NULL,
                    age TEXT NOT NULL,
                    address TEXT NOT NULL,
                    create_time TEXT NOT NULL,
                    img_path TEXT NOT NULL,
                    bytes INTEGER NOT NULL,
                    sha256 TEXT NOT NULL,
                    received_sha256 TEXT NOT NULL,
                    visible_at REAL NOT NULL,
                    UNIQUE (lib_id, img_id)
                ) STRICT;
                CREATE INDEX portrait_by_time ON portrait (lib_id, create_time, seq);
                CREATE TABLE device (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
                CREATE TABLE tally (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
                INSERT INTO tally VALUES ('stored', 0), ('deleted', 0);
                """
        )
    }
}
