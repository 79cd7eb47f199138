// SPDX-License-Identifier: Apache-2.0
import CSQLite
import GRDB
import Synchronization

/// The ledger as one SQLite file in a private folder, shared by all facelib processes of a user.
///
/// A write is finished once it has begun, even when its task is cancelled: what has happened to a
/// device must be recorded, above all while a run is being interrupted. Reads end at once when
/// cancelled. Tables and what is written when: `docs/ledger.md`.
public final class SQLiteLedger: Ledger {
    /// Where the ledger keeps what is not in its database.
    enum Home: Sendable {
        case folder(String)
        case memory(MemoryLocks)
    }

    let writer: any DatabaseWriter
    let home: Home
    /// Seals what the safe holds.
    let seal: SafeSeal
    /// The secret behind the digests of photos; ``Ledger/contentKey``.
    public let contentKey: [UInt8]?
    /// The ledger as error messages name it.
    let place: String
    /// The pictures of jobs that are under way, by the number of the job; taken out while a transaction changes them.
    let pictures = Mutex<[Int64: PictureIndex]>([:])
    /// So many entries of pictures stand in memory, those of all jobs, before they are entered in the table.
    let pictureEntries: Int

    private init(
        writer: any DatabaseWriter,
        home: Home,
        seal: SafeSeal,
        contentKey: [UInt8]?,
        place: String,
        pictureEntries: Int = PictureIndex.usualLimit
    ) {
        self.writer = writer
        self.home = home
        self.seal = seal
        self.contentKey = contentKey
        self.place = place
        self.pictureEntries = pictureEntries
    }

    /// Opens the ledger in a folder; folder (0700) and files (0600) are made when they are not there.
    ///
    /// Waits up to 5 seconds for another process that opens it at the same moment.
    ///
    /// - Parameter directory: The folder (`--state`).
    /// - Returns: The ledger, in the newest format.
    /// - Throws: ``LedgerError`` with ``LedgerError/Code/newerFormat`` or ``LedgerError/Code/unusable``.
    public static func open(directory: String) throws(LedgerError) -> SQLiteLedger {
        try PrivateFolder.make(directory)
        // The switch to WAL and the first format do not wait for each other in two processes; this does.
        let turn = try HeldFile.take(directory + "/open.lock", waiting: 5)
        defer { turn.release() }
        let path = directory + "/ledger.sqlite"
        // SQLite gives -wal and -shm the mode of the database.
        try PrivateFolder.reserveFile(path)
        do {
            let pool = try DatabasePool(path: path, configuration: configuration())
            try pool.writeWithoutTransaction { database in
                // GRDB sets NORMAL with WAL, which may lose the newest batches when the power goes (design rule 1).
                try database.execute(sql: "PRAGMA synchronous = FULL")
            }
            let seal = try Schema.prepare(pool, path: path, keyFile: SafeKeyFile(folder: directory))
            return SQLiteLedger(
                writer: pool,
                home: .folder(directory),
                seal: seal,
                contentKey: try pool.read(Schema.contentKey),
                place: "the ledger \(path)"
            )
        } catch {
            throw LedgerError(error, "the ledger \(path) cannot be opened")
        }
    }

    /// Makes a ledger that ends with the last reference to it, for tests.
    ///
    /// - Returns: An empty ledger.
    /// - Throws: ``LedgerError`` with ``LedgerError/Code/unusable``.
    public static func inMemory() throws(LedgerError) -> SQLiteLedger {
        try inMemory(pictureEntries: PictureIndex.usualLimit)
    }

    static func inMemory(pictureEntries: Int) throws(LedgerError) -> SQLiteLedger {
        do {
            let queue = try DatabaseQueue(configuration: configuration())
            let seal = try Schema.prepare(queue, path: "in memory", keyFile: nil)
            return SQLiteLedger(
                writer: queue,
                home: .memory(MemoryLocks()),
                seal: seal,
                contentKey: try queue.read(Schema.contentKey),
                place: "the ledger in memory",
                pictureEntries: pictureEntries
            )
        } catch {
            throw LedgerError(error, "a ledger in memory cannot be made")
        }
    }

    /// Whether SQLite keeps no count of its memory, which nobody asks for; it does where it had begun to work before.
    private static let hasSetSQLiteUp = fl_sqlite_without_memory_statistics() == 0

    private static func configuration() -> Configuration {
        _ = hasSetSQLiteUp
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 3
        configuration.prepareDatabase { database in
            // Sorting must not leave names in /tmp.
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
            if database.configuration.readonly {
                try database.execute(sql: "PRAGMA cache_size = -2000")
                return
            }
            // What is erased is overwritten; pages of ended jobs go back to the disk bit by bit.
            try database.execute(
                sql: """
                    PRAGMA cache_size = -4000;
                    PRAGMA wal_autocheckpoint = 4000;
                    PRAGMA secure_delete = ON;
                    PRAGMA auto_vacuum = INCREMENTAL
                    """
            )
        }
        return configuration
    }
}

extension SQLiteLedger {
    /// When a transaction must be on the disk.
    enum Durability {
        /// When it returns: what follows relies on it.
        case synced
        /// With the next one that is synced. It outlives the end of the process at once; when the power goes, it may be
        /// lost together with all that came after it, which is as if the process had been killed before it.
        case soon
    }

    /// Runs one transaction to its end, whether or not the task is cancelled.
    func write<Value: Sendable>(
        _ durability: Durability = .synced,
        _ change: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do {
            return try await withCheckedThrowingContinuation { continuation in
                writer.asyncWriteWithoutTransaction { database in
                    continuation.resume(with: Result { try database.transact(durability, change) })
                }
            }
        } catch {
            throw LedgerError(error, "\(place) cannot be written")
        }
    }

    /// Reads what one moment saw.
    func read<Value: Sendable>(
        _ look: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do {
            return try await writer.read(look)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw LedgerError(error, "\(place) cannot be read")
        }
    }
}

extension Database {
    /// Runs one transaction; every other one is synced, as the ledger was opened.
    fileprivate func transact<Value>(
        _ durability: SQLiteLedger.Durability,
        _ change: (Database) throws -> Value
    ) throws -> Value {
        if durability == .soon { try cachedStatement(sql: "PRAGMA synchronous = NORMAL").execute() }
        defer { if durability == .soon { try? cachedStatement(sql: "PRAGMA synchronous = FULL").execute() } }
        var value: Value?
        try inTransaction(.immediate) {
            value = try change(self)
            return .commit
        }
        guard let value else { preconditionFailure("a transaction that was committed has a value") }
        return value
    }
}

extension LedgerError {
    /// Keeps SQLite's words and number, without the statement's values: they are personal data.
    init(_ error: any Error, _ what: String) {
        switch error {
        case let error as LedgerError:
            self = error
        case let error as DatabaseError:
            let words = error.message ?? error.extendedResultCode.description
            self.init(.unusable, "\(what): \(words) (SQLite \(error.extendedResultCode.rawValue))")
        default:
            self.init(.unusable, "\(what): \(error)")
        }
    }
}
