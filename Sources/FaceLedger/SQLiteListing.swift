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

    /// `seen` is a table of its own: it is small, and marking must not rewrite entries.
    private static let tables = """
        CREATE TABLE entry (
            number INTEGER PRIMARY KEY,
            img_id TEXT NOT NULL UNIQUE,
            stamp TEXT NOT NULL,
            image_path TEXT NOT NULL,
            name TEXT,
            identity TEXT,
            gender TEXT,
            age TEXT,
            address TEXT
        ) STRICT;
        CREATE TABLE seen (entry INTEGER PRIMARY KEY) STRICT;
        """

    func add(_ entries: [ListingEntry]) async throws {
        let added = try await write { database in
            let statement = try database.cachedStatement(
                sql: """
                    INSERT INTO entry (img_id, stamp, image_path, name, identity, gender, age, address)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                    """
            )
            var added = 0
            for entry in entries {
                try statement.execute(arguments: [
                    entry.imgID.text, entry.stamp, entry.imagePath, entry.name, entry.identity, entry.gender,
                    entry.age, entry.address,
                ])
                added += database.changesCount
            }
            return added
        }
        repeated.withLock { $0 += entries.count - added }
    }

    func count() async throws -> Int {
        try await read { database in try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM entry") ?? 0 }
    }

    func repeatedCount() async throws -> Int { repeated.withLock { $0 } }

    func entries(of ids: [PortraitID]) async throws -> [PortraitID: ListingEntry] {
        try await read { database in
            let statement = try database.cachedStatement(sql: Self.columns + "WHERE img_id = ?")
            var entries: [PortraitID: ListingEntry] = [:]
            for id in ids {
                entries[id] = try Row.fetchOne(statement, arguments: [id.text]).map(Self.entry)
            }
            return entries
        }
    }

    func entries(after id: PortraitID?, limit: Int) async throws -> [ListingEntry] {
        try await read { database in
            // A device may list an empty id, which no id stands before.
            let sql = Self.columns + "WHERE img_id \(id == nil ? ">=" : ">") ? ORDER BY img_id LIMIT ?"
            let statement = try database.cachedStatement(sql: sql)
            return try Row.fetchAll(statement, arguments: [id?.text ?? "", max(0, limit)]).map(Self.entry)
        }
    }

    func takeUnseen(_ ids: [PortraitID]) async throws -> [ListingEntry] {
        try await write { database in
            let find = try database.cachedStatement(sql: Self.columns + "WHERE img_id = ?")
            let mark = try database.cachedStatement(
                sql: "INSERT OR IGNORE INTO seen (entry) SELECT number FROM entry WHERE img_id = ?"
            )
            var taken: [ListingEntry] = []
            for id in ids {
                try mark.execute(arguments: [id.text])
                guard database.changesCount == 1 else { continue }
                if let row = try Row.fetchOne(find, arguments: [id.text]) { taken.append(Self.entry(row)) }
            }
            return taken
        }
    }

    func markSeen(_ ids: [PortraitID]) async throws {
        try await write { database in
            let statement = try database.cachedStatement(
                sql: "INSERT OR IGNORE INTO seen (entry) SELECT number FROM entry WHERE img_id = ?"
            )
            for id in ids { try statement.execute(arguments: [id.text]) }
        }
    }

    func unseenCount() async throws -> Int {
        try await read { database in
            try Int.fetchOne(database, sql: "SELECT (SELECT COUNT(*) FROM entry) - (SELECT COUNT(*) FROM seen)") ?? 0
        }
    }

    func unseen(after id: PortraitID?, limit: Int) async throws -> [ListingEntry] {
        try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: Self.columns + """
                    WHERE img_id > ? AND NOT EXISTS (SELECT 1 FROM seen WHERE seen.entry = number)
                    ORDER BY img_id LIMIT ?
                    """,
                arguments: [id?.text ?? "", max(0, limit)]
            )
            return rows.map(Self.entry)
        }
    }

    func close() async {
        file?.remove()
        queue.withLock { $0 = nil }
    }

    private static let columns = """
        SELECT img_id, stamp, image_path, name, identity, gender, age, address FROM entry

        """

    @Sendable private static func entry(_ row: Row) -> ListingEntry {
        ListingEntry(
            imgID: PortraitID(asListed: row[0]),
            stamp: row[1],
            imagePath: row[2],
            name: row[3],
            identity: row[4],
            gender: row[5],
            age: row[6],
            address: row[7]
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
