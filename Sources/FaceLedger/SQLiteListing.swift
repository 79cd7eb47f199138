// SPDX-License-Identifier: Apache-2.0
import FaceModel
import GRDB
import Synchronization

/// A listing in a scratch file of SQLite's, without journal and sync: after an error or a crash it is worthless.
final class SQLiteListing: Listing {
    /// `nil` once it is closed: GRDB crashes when a connection is used after its `close()`, so the last use ends it.
    private let queue: Mutex<DatabaseQueue?>
    private let file: ScratchFile?
    private let repeated = Mutex(0)

    /// Makes an empty listing; without a file it is in memory.
    init(file: ScratchFile?) throws(LedgerError) {
        self.file = file
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            try database.execute(
                sql: """
                    PRAGMA locking_mode = EXCLUSIVE;
                    PRAGMA synchronous = OFF;
                    PRAGMA secure_delete = OFF;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA cache_size = -16000
                    """
            )
            _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = OFF")
        }
        do {
            let queue =
                if let file {
                    try DatabaseQueue(path: file.path, configuration: configuration)
                } else {
                    try DatabaseQueue(configuration: configuration)
                }
            try queue.write { database in try database.execute(sql: Self.tables) }
            self.queue = Mutex(queue)
        } catch {
            throw LedgerError(error, "a listing cannot begin")
        }
    }

    // `seen` is a table of its own: it is small, and marking must not rewrite entries. Entries stand in the order of their
    // ids, in which they are read.
    private static let tables = """
        CREATE TABLE entry (
            img_id TEXT PRIMARY KEY NOT NULL,
            stamp TEXT NOT NULL,
            image_path TEXT NOT NULL,
            name TEXT,
            identity TEXT,
            gender TEXT,
            age TEXT,
            address TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE seen (img_id TEXT PRIMARY KEY NOT NULL) STRICT, WITHOUT ROWID;
        """

    func add(_ entries: [ListingEntry]) async throws {
        let added = try await write { database in
            let insert = try RowStatement(
                database,
                """
                INSERT INTO entry (img_id, stamp, image_path, name, identity, gender, age, address)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """
            )
            return try entries.reduce(0) { added, entry in
                try added
                    + insert.run(
                        entry.imgID.text,
                        entry.stamp,
                        entry.imagePath,
                        entry.name,
                        entry.identity,
                        entry.gender,
                        entry.age,
                        entry.address
                    )
            }
        }
        repeated.withLock { $0 += entries.count - added }
    }

    func count() async throws -> Int {
        try await read { database in try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM entry") ?? 0 }
    }

    func repeatedCount() async throws -> Int { repeated.withLock { $0 } }

    func entries(of ids: [PortraitID]) async throws -> [PortraitID: ListingEntry] {
        try await read { database in
            let find = try RowStatement(database, Self.columns + "WHERE img_id = ?")
            var entries: [PortraitID: ListingEntry] = [:]
            for id in ids { entries[id] = try find.first(id.text, read: Self.entry) }
            return entries
        }
    }

    func entries(after id: PortraitID?, limit: Int) async throws -> [ListingEntry] {
        try await read { database in
            // A device may list an empty id, which no id stands before.
            let sql = Self.columns + "WHERE img_id \(id == nil ? ">=" : ">") ? ORDER BY img_id LIMIT ?"
            return try RowStatement(database, sql).all(id?.text ?? "", max(0, limit), read: Self.entry)
        }
    }

    func takeUnseen(_ ids: [PortraitID]) async throws -> [ListingEntry] {
        try await write { database in
            let find = try RowStatement(database, Self.columns + "WHERE img_id = ?")
            let mark = try RowStatement(database, Self.mark)
            return try ids.compactMap { id in
                try mark.run(id.text) == 1 ? try find.first(id.text, read: Self.entry) : nil
            }
        }
    }

    func markSeen(_ ids: [PortraitID]) async throws {
        try await write { database in
            let mark = try RowStatement(database, Self.mark)
            for id in ids { try mark.run(id.text) }
        }
    }

    func unseenCount() async throws -> Int {
        try await read { database in
            try Int.fetchOne(database, sql: "SELECT (SELECT COUNT(*) FROM entry) - (SELECT COUNT(*) FROM seen)") ?? 0
        }
    }

    func unseen(after id: PortraitID?, limit: Int) async throws -> [ListingEntry] {
        try await read { database in
            let sql =
                Self.columns + """
                    WHERE img_id > ? AND NOT EXISTS (SELECT 1 FROM seen WHERE seen.img_id = entry.img_id)
                    ORDER BY img_id LIMIT ?
                    """
            return try RowStatement(database, sql).all(id?.text ?? "", max(0, limit), read: Self.entry)
        }
    }

    func close() async {
        file?.remove()
        queue.withLock { $0 = nil }
    }

    private static let columns = """
        SELECT img_id, stamp, image_path, name, identity, gender, age, address FROM entry

        """

    private static let mark = "INSERT OR IGNORE INTO seen (img_id) SELECT img_id FROM entry WHERE img_id = ?"

    @Sendable private static func entry(_ row: StoredRow) -> ListingEntry {
        ListingEntry(
            imgID: PortraitID(asListed: row.text(0)),
            stamp: row.text(1),
            imagePath: row.text(2),
            name: row.optionalText(3),
            identity: row.optionalText(4),
            gender: row.optionalText(5),
            age: row.optionalText(6),
            address: row.optionalText(7)
        )
    }

    private func connection() throws(LedgerError) -> DatabaseQueue {
        if let connection = queue.withLock({ $0 }) { return connection }
        throw LedgerError(.unusable, "the listing is closed")
    }

    private func write<Value: Sendable>(
        _ change: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do {
            return try await connection().write(change)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw LedgerError(error, "the listing cannot be written")
        }
    }

    private func read<Value: Sendable>(
        _ look: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do {
            return try await connection().read(look)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw LedgerError(error, "the listing cannot be read")
        }
    }
}
