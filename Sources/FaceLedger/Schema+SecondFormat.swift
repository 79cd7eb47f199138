// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Foundation
import GRDB

extension Schema {
    /// Format 2: when attributes were last read; the safe sealed, with a trash of what was resolved.
    @Sendable static func makeSecondFormat(_ database: Database, _ seal: SafeSeal) throws {
        try database.execute(sql: readings + "ALTER TABLE safe_portrait RENAME TO clear_portrait;\n" + safe)
        try sealClearPortraits(database, seal)
        try database.execute(sql: "DROP TABLE clear_portrait")
    }

    /// The primary key stands in the index too, so that the oldest ids are read from it alone.
    private static let readings = """
        ALTER TABLE known_portrait ADD COLUMN read_at REAL NOT NULL DEFAULT 0;
        CREATE INDEX known_portrait_reading ON known_portrait(library, read_at);

        """

    /// Numbers are never given out again: a handle must not come to mean another portrait.
    private static let safe = """
        CREATE TABLE safe_portrait (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            library INTEGER NOT NULL REFERENCES device_library(number),
            img_id TEXT NOT NULL,
            job TEXT NOT NULL,
            purpose TEXT NOT NULL,
            resolution TEXT,
            kept REAL NOT NULL,
            content BLOB NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX safe_portrait_pending ON safe_portrait(library, img_id) WHERE resolution IS NULL;
        CREATE INDEX safe_portrait_job ON safe_portrait(job) WHERE resolution IS NOT NULL;
        CREATE INDEX safe_portrait_kept ON safe_portrait(kept) WHERE resolution IS NOT NULL;

        """

    /// Format 1 did not say when a portrait was kept: its time in the trash begins now.
    private static func sealClearPortraits(_ database: Database, _ seal: SafeSeal) throws {
        let now = Date().timeIntervalSince1970
        let insert = try database.makeStatement(
            sql: """
                INSERT INTO safe_portrait (library, img_id, job, purpose, resolution, kept, content)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        )
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT clear_portrait.library, device, device_library.library, img_id, job, purpose, resolution,
                    name, identity, gender, age, address, image
                FROM clear_portrait JOIN device_library ON device_library.number = clear_portrait.library
                ORDER BY clear_portrait.number
                """
        )
        while let row = try rows.next() {
            let portrait = SafePortrait(
                library: LibraryKey(device: row[1], library: row[2]),
                imgID: PortraitID(asListed: row[3]),
                job: row[4],
                purpose: try SafePurpose(stored: row[5]),
                kept: now,
                attributes: PersonAttributes(
                    name: row[7],
                    identity: row[8],
                    gender: (row[9] as Int?).flatMap(Gender.init(rawValue:)),
                    age: row[10],
                    address: row[11]
                ),
                image: Array(row[12] as Data)
            )
            try insert.execute(arguments: [
                row[0] as Int64, portrait.imgID.text, portrait.job, portrait.purpose.rawValue, row[6] as String?,
                now, try seal.seal(portrait),
            ])
        }
    }
}
