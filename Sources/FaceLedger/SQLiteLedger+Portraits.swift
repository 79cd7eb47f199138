// SPDX-License-Identifier: Apache-2.0
public import FaceModel
import GRDB

// What is known of portraits on devices.

extension SQLiteLedger {
    /// What is known of portraits in a library; ids that are not known are left out.
    public func known(_ ids: [PortraitID], in library: LibraryKey) async throws -> [PortraitID: KnownPortrait] {
        try await read { database in
            guard let number = try database.number(of: library) else { return [:] }
            let find = try RowStatement(database, Self.knownColumns + "WHERE library = ? AND img_id = ?")
            var known: [PortraitID: KnownPortrait] = [:]
            for id in ids { known[id] = try find.first(number, id.text, read: KnownPortrait.init) }
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
            let sql = Self.knownColumns + "WHERE library = ? AND img_id BETWEEN ? AND ? ORDER BY img_id"
            return try RowStatement(database, sql).all(number, first.text, last.text, read: KnownPortrait.init)
        }
    }

    private static let knownColumns = """
        SELECT img_id, stamp, photo, image, attributes, hash, read_at FROM known_portrait

        """

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
            let keep = try RowStatement(
                database,
                """
                INSERT OR REPLACE INTO known_portrait
                    (library, img_id, stamp, photo, image, attributes, hash, read_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
            )
            for portrait in portraits {
                try keep.run(number, portrait.imgID.text, portrait.stamp, portrait.fingerprint, portrait.readAt)
            }
        }
    }

    /// Forgets portraits that are no longer on the device, or no longer as they were known.
    public func forget(_ ids: [PortraitID], in library: LibraryKey) async throws {
        try await write(.soon) { database in
            guard let number = try database.number(of: library) else { return }
            let delete = try RowStatement(database, "DELETE FROM known_portrait WHERE library = ? AND img_id = ?")
            for id in ids { try delete.run(number, id.text) }
        }
    }
}

extension KnownPortrait {
    /// Reads the columns `img_id`, `stamp`, those of the fingerprint, and `read_at`.
    fileprivate init(_ row: StoredRow) throws {
        self.init(
            imgID: PortraitID(asListed: row.text(0)),
            stamp: row.text(1),
            fingerprint: try row.fingerprint(2),
            readAt: row.double(6)
        )
    }
}
