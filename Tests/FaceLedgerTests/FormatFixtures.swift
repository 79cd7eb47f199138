// SPDX-License-Identifier: Apache-2.0

/// Ledgers as earlier versions wrote them, as SQL; never changed once the format was released.
enum FormatFixtures {
    /// Format 1 with a finished job of one row and what was learned from it.
    static let first = """
        CREATE TABLE job (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            command TEXT NOT NULL,
            source TEXT NOT NULL,
            target TEXT NOT NULL,
            directory TEXT NOT NULL,
            options TEXT NOT NULL,
            state TEXT NOT NULL,
            message TEXT NOT NULL,
            started REAL NOT NULL,
            seconds REAL NOT NULL,
            row_count INTEGER NOT NULL DEFAULT 0
        ) STRICT;

        CREATE TABLE job_row (
            id INTEGER PRIMARY KEY,
            job INTEGER NOT NULL REFERENCES job(number),
            appended INTEGER NOT NULL,
            key TEXT NOT NULL,
            ordinal INTEGER NOT NULL,
            source TEXT NOT NULL,
            line INTEGER,
            img_id TEXT NOT NULL,
            owns_id INTEGER NOT NULL,
            name TEXT NOT NULL,
            outcome TEXT,
            reason TEXT,
            detail TEXT NOT NULL,
            device_code INTEGER,
            UNIQUE (job, appended, key)
        ) STRICT;
        CREATE INDEX job_row_order ON job_row(job, appended, ordinal);
        CREATE UNIQUE INDEX job_row_owner ON job_row(job, img_id) WHERE owns_id = 1;
        CREATE TABLE picture (
            row INTEGER PRIMARY KEY REFERENCES job_row(id),
            job INTEGER NOT NULL REFERENCES job(number),
            content BLOB NOT NULL,
            hash BLOB NOT NULL
        ) STRICT;
        CREATE INDEX picture_job ON picture(job);

        CREATE TABLE picture_band (
            job INTEGER NOT NULL REFERENCES job(number),
            band INTEGER NOT NULL,
            value INTEGER NOT NULL,
            row INTEGER NOT NULL,
            PRIMARY KEY (job, band, value, row)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE device_library (
            number INTEGER PRIMARY KEY,
            device TEXT NOT NULL,
            library INTEGER NOT NULL,
            UNIQUE (device, library)
        ) STRICT;

        CREATE TABLE batch (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            job TEXT NOT NULL REFERENCES job(id),
            library INTEGER NOT NULL REFERENCES device_library(number)
        ) STRICT;
        CREATE INDEX batch_library ON batch(library);

        CREATE TABLE batch_item (
            batch INTEGER NOT NULL REFERENCES batch(number) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            key TEXT NOT NULL,
            img_id TEXT NOT NULL,
            photo BLOB NOT NULL,
            image BLOB NOT NULL,
            attributes BLOB NOT NULL,
            hash BLOB NOT NULL,
            PRIMARY KEY (batch, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE known_portrait (
            library INTEGER NOT NULL REFERENCES device_library(number),
            img_id TEXT NOT NULL,
            stamp TEXT NOT NULL,
            photo BLOB NOT NULL,
            image BLOB NOT NULL,
            attributes BLOB NOT NULL,
            hash BLOB NOT NULL,
            PRIMARY KEY (library, img_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE safe_portrait (
            number INTEGER PRIMARY KEY,
            library INTEGER NOT NULL REFERENCES device_library(number),
            img_id TEXT NOT NULL,
            job TEXT NOT NULL,
            purpose TEXT NOT NULL,
            resolution TEXT,
            name TEXT NOT NULL,
            identity TEXT NOT NULL,
            gender INTEGER,
            age INTEGER,
            address TEXT NOT NULL,
            image BLOB NOT NULL,
            UNIQUE (library, img_id)
        ) STRICT;

        PRAGMA user_version = 1;
        PRAGMA application_id = 1718379618;
        INSERT INTO job VALUES
            (1, 'old', 'import', 'new', 'hq:Staff', '/', '{}', 'finished', '', 1.0, 2.0, 1);
        INSERT INTO job_row VALUES
            (1, 1, 0, 'k', 0, 'new/a.jpg', NULL, 'E-1', 1, 'Ann', 'stored', NULL, '', NULL);
        INSERT INTO device_library VALUES (1, 'SN-1', 3);
        INSERT INTO known_portrait VALUES
            (1, 'E-1', 't1', zeroblob(32), zeroblob(32), zeroblob(32), zeroblob(8));
        """

    /// What may lie in the safe of format 1: a replacement that waits, and a removal that was meant.
    static let firstSafe = """
        INSERT INTO device_library VALUES (2, 'SN-1', 4);
        INSERT INTO safe_portrait VALUES
            (7, 1, 'E-1', 'old', 'replacement', NULL, 'Annabella Quist', 'ID-7746-1193', 0, 31,
                'Karl Johans gate 4711', CAST(replace(hex(zeroblob(3000)), '0', 'picture of a face') AS BLOB)),
            (9, 2, 'E-2', 'old', 'removal', 'removed', 'Annabella Quist', '', NULL, NULL, '', x'010203');
        """
}
