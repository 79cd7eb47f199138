// SPDX-License-Identifier: Apache-2.0
public import FaceModel
import GRDB

// What is known of portraits on devices.

extension SQLiteLedger {
    /// What is known of portraits in a library; ids that are not known are left out.
    public func known(_ ids: [PortraitID], in library: LibraryKey) async throws -> [PortraitID: KnownPortrait] {
        try await read { database in
            guard let number = try database.number(of: library) else { return [:] }
            let statement = try database.cachedStatement(
                sql: """
                    SELECT img_id, stamp, photo, image, attributes, hash, read_at
                    FROM known_portrait WHERE library = ? AND img_id = ?
                    """
            )
            var known: [PortraitID: KnownPortrait] = [:]
            for id in ids {
                known[id] = try Row.fetchOne(statement, arguments: [number, id.text]).map(KnownPortrait.init)
            }
            return known
        }
    }

    /// What is known of the portraits from one id through another, both included, in the byte order of their ids.
    public func known(
        from first: PortraitID,
        through last: PortraitID,
        in library: LibraryKey
    ) async throws -> [KnownPortrait] {
        try await read { database in
            guard let number = try database.number(of: library) else { return [] }
            // The primary key has the order, and BINARY compares bytes.
            let statement = try database.cachedStatement(
                sql: """
                    SELECT img_id, stamp, photo, image, attributes, hash, read_at FROM known_portrait
                    WHERE library = ? AND img_id BETWEEN ? AND ? ORDER BY img_id
                    """
            )
            let rows = try Row.fetchCursor(statement, arguments: [number, first.text, last.text])
            var known: [KnownPortrait] = []
            while let row = try rows.next() { known.append(try KnownPortrait(row)) }
            return known
        }
    }

    /// At most `limit` ids whose attributes were read longest ago, those first.
    public func oldestReadings(in library: LibraryKey, limit: Int) async throws -> [PortraitID] {
        try await read { database in
            guard let number = try database.number(of: library) else { return [] }
            let ids = try String.fetchAll(
                database,
                sql: "SELECT img_id FROM known_portrait WHERE library = ? ORDER BY read_at, img_id LIMIT ?",
                arguments: [number, max(0, limit)]
            )
            return ids.map(PortraitID.init(asListed:))
        }
    }

    /// When the attributes were read that were read longest ago, in seconds since 1970; `nil` when nothing is known.
    public func oldestReading(in library: LibraryKey) async throws -> Double? {
        try await read { database in
            guard let number = try database.number(of: library) else { return nil }
            return try Double.fetchOne(
                database,
                sql: "SELECT MIN(read_at) FROM known_portrait WHERE library = ?",
                arguments: [number]
            )
        }
    }

    /// Records portraits as they were confirmed on the device.
    public func learn(_ portraits: [KnownPortrait], in library: LibraryKey) async throws {
        try await write(.soon) { database in
            let number = try database.assignNumber(to: library)
            let statement = try database.cachedStatement(
                sql: """
                    INSERT OR REPLACE INTO known_portrait
                        (library, img_id, stamp, photo, image, attributes, hash, read_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """
            )
            for portrait in portraits {
                let print = portrait.fingerprint
                try statement.execute(arguments: [
                    number, portrait.imgID.text, portrait.stamp,
                    print.photo.stored, print.image.stored, print.attributes.stored, print.hash.stored,
                    portrait.readAt,
                ])
            }
        }
    }

    /// Forgets portraits that are no longer on the device, or no longer as they were known.
    public func forget(_ ids: [PortraitID], in library: LibraryKey) async throws {
        try await write(.soon) { database in
            guard let number = try database.number(of: library) else { return }
            let statement = try database.cachedStatement(
                sql: "DELETE FROM known_portrait WHERE library = ? AND img_id = ?"
            )
            for id in ids { try statement.execute(arguments: [number, id.text]) }
        }
    }
}

extension KnownPortrait {
    /// Reads the columns `img_id`, `stamp`, those of the fingerprint, and `read_at`.
    fileprivate init(_ row: Row) throws {
        self.init(
            imgID: PortraitID(asListed: row[0]),
            stamp: row[1],
            fingerprint: try PortraitFingerprint(row, at: 2),
            readAt: row[6]
        )
    }
}
