// SPDX-License-Identifier: Apache-2.0
import GRDB

/// The tables of a simulated device.
enum Schema {
    /// The migrations; append only.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("libraries and portraits", migrate: createTables)
        migrator.registerMigration("records", migrate: createRecords)
        migrator.registerMigration("stale counts", migrate: addPastCounts)
        migrator.registerMigration("retention", migrate: addExpired)
        migrator.registerMigration("cameras", migrate: createCameras)
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

    @Sendable private static func createRecords(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE record (
                    seq INTEGER PRIMARY KEY AUTOINCREMENT,
                    kind TEXT NOT NULL,
                    number INTEGER NOT NULL,
                    snap_id TEXT NOT NULL,
                    channel INTEGER NOT NULL,
                    snap_time TEXT NOT NULL,
                    alive_type INTEGER,
                    alarm_types TEXT NOT NULL,
                    lib_id INTEGER,
                    img_id TEXT,
                    wants_match INTEGER NOT NULL,
                    snap_path TEXT NOT NULL,
                    bytes INTEGER NOT NULL,
                    sha256 TEXT NOT NULL,
                    hidden INTEGER NOT NULL DEFAULT 0,
                    UNIQUE (kind, number),
                    UNIQUE (snap_id, kind)
                ) STRICT;
                CREATE INDEX record_by_time ON record (kind, snap_time, seq);
                CREATE INDEX record_by_person ON record (kind, img_id);
                CREATE INDEX record_unmatched ON record (wants_match) WHERE wants_match = 1;
                """
        )
    }

    @Sendable private static func addPastCounts(_ db: Database) throws {
        try db.execute(sql: "ALTER TABLE library ADD COLUMN previous_no INTEGER NOT NULL DEFAULT 0")
    }

    @Sendable private static func createCameras(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE camera (channel INTEGER PRIMARY KEY, kind TEXT NOT NULL) STRICT;
                CREATE TABLE camera_field (
                    channel INTEGER NOT NULL REFERENCES camera,
                    field TEXT NOT NULL,
                    value TEXT NOT NULL,
                    PRIMARY KEY (channel, field)
                ) STRICT, WITHOUT ROWID;
                """
        )
    }

    @Sendable private static func addExpired(_ db: Database) throws {
        try db.execute(sql: "INSERT INTO tally VALUES ('expired', 0)")
    }
}
