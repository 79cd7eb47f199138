// SPDX-License-Identifier: Apache-2.0
public import FaceModel
import Foundation
import GRDB

// What is known of portraits on devices, and the safe.

extension SQLiteLedger {
    /// What is known of portraits in a library; ids that are not known are left out.
    public func known(_ ids: [PortraitID], in library: LibraryKey) async throws -> [PortraitID: KnownPortrait] {
        try await read { database in
            guard let number = try database.number(of: library) else { return [:] }
            let statement = try database.cachedStatement(
                sql: """
                    SELECT stamp, photo, image, attributes, hash
                    FROM known_portrait WHERE library = ? AND img_id = ?
                    """
            )
            var known: [PortraitID: KnownPortrait] = [:]
            for id in ids {
                guard let row = try Row.fetchOne(statement, arguments: [number, id.text]) else { continue }
                known[id] = KnownPortrait(
                    imgID: id,
                    stamp: row[0],
                    fingerprint: try PortraitFingerprint(row, at: 1)
                )
            }
            return known
        }
    }

    /// Records portraits as they were confirmed on the device.
    public func learn(_ portraits: [KnownPortrait], in library: LibraryKey) async throws {
        try await write { database in
            let number = try database.assignNumber(to: library)
            let statement = try database.cachedStatement(
                sql: """
                    INSERT OR REPLACE INTO known_portrait (library, img_id, stamp, photo, image, attributes, hash)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """
            )
            for portrait in portraits {
                let print = portrait.fingerprint
                try statement.execute(arguments: [
                    number, portrait.imgID.text, portrait.stamp,
                    print.photo.stored, print.image.stored, print.attributes.stored, print.hash.stored,
                ])
            }
        }
    }

    /// Forgets portraits that are no longer on the device, or no longer as they were known.
    public func forget(_ ids: [PortraitID], in library: LibraryKey) async throws {
        try await write { database in
            guard let number = try database.number(of: library) else { return }
            let statement = try database.cachedStatement(
                sql: "DELETE FROM known_portrait WHERE library = ? AND img_id = ?"
            )
            for id in ids { try statement.execute(arguments: [number, id.text]) }
        }
    }

    /// Keeps a portrait as it was on the device before it is deleted there; one kept earlier under its id goes.
    public func keep(_ portrait: SafePortrait) async throws {
        try await write { database in
            let attributes = portrait.attributes
            // A new row, not a changed one: the order of the safe is that of keeping.
            try database.execute(
                sql: """
                    INSERT OR REPLACE INTO safe_portrait
                        (library, img_id, job, purpose, name, identity, gender, age, address, image)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    try database.assignNumber(to: portrait.library), portrait.imgID.text, portrait.job,
                    portrait.purpose.rawValue, attributes.name, attributes.identity, attributes.gender?.rawValue,
                    attributes.age, attributes.address, Data(portrait.image),
                ]
            )
        }
    }

    /// The portraits of a library still in the safe, oldest first, without their images.
    public func safe(in library: LibraryKey) async throws -> [SafeEntry] {
        try await read { database in
            guard let number = try database.number(of: library) else { return [] }
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT img_id, job, purpose, resolution IS NULL
                    FROM safe_portrait WHERE library = ? ORDER BY number
                    """,
                arguments: [number]
            )
            return try rows.map { row in
                SafeEntry(
                    imgID: PortraitID(asListed: row[0]),
                    job: row[1],
                    purpose: try SafePurpose(stored: row[2]),
                    isPending: row[3]
                )
            }
        }
    }

    /// One portrait with its image, `nil` when it is not in the safe.
    public func safePortrait(_ id: PortraitID, in library: LibraryKey) async throws -> SafePortrait? {
        try await read { database in
            guard let number = try database.number(of: library) else { return nil }
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT job, purpose, name, identity, gender, age, address, image
                    FROM safe_portrait WHERE library = ? AND img_id = ?
                    """,
                arguments: [number, id.text]
            )
            guard let row else { return nil }
            return SafePortrait(
                library: library,
                imgID: id,
                job: row[0],
                purpose: try SafePurpose(stored: row[1]),
                attributes: PersonAttributes(
                    name: row[2],
                    identity: row[3],
                    gender: (row[4] as Int?).flatMap(Gender.init(rawValue:)),
                    age: row[5],
                    address: row[6]
                ),
                image: Array(row[7] as Data)
            )
        }
    }

    /// Marks what became of a portrait in the safe.
    ///
    /// `.replaced` and `.putBack` erase it, image and attributes; `.removed` keeps it. Doing so again
    /// after a crash does no harm.
    public func resolve(_ id: PortraitID, in library: LibraryKey, as resolution: SafeResolution) async throws {
        try await write { database in
            guard let number = try database.number(of: library) else { return }
            let sql =
                switch resolution {
                case .replaced, .putBack: "DELETE FROM safe_portrait WHERE library = ? AND img_id = ?"
                case .removed: "UPDATE safe_portrait SET resolution = 'removed' WHERE library = ? AND img_id = ?"
                }
            try database.execute(sql: sql, arguments: [number, id.text])
        }
    }
}
