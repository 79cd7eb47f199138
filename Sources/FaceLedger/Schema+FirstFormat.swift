// SPDX-License-Identifier: Apache-2.0
import GRDB

extension Schema {
    /// Format 1: jobs and rows, pictures, batches, known portraits, the safe.
    @Sendable static func makeFirstFormat(_ database: Database) throws {
        try database.execute(sql: jobs + pictures + batches + portraits)
    }

    private static let jobs = """
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

        """

    private static let pictures = """
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

        """

    private static let batches = """
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

        """

    private static let portraits = """
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

        """
}
