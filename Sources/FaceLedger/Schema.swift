// SPDX-License-Identifier: Apache-2.0
import GRDB

/// The formats the ledger's file has had; `docs/ledger.md` says what each table holds.
///
/// Append only: a format that was ever released is never changed, the next one is a new function.
enum Schema {
    /// Marks the file as a ledger of facelib, in SQLite's header.
    static let applicationID = 0x666C_6462

    private static let migrations: [@Sendable (Database) throws -> Void] = [makeFirstFormat]

    /// Brings a file, new or old, to the newest format in one transaction.
    static func prepare(_ writer: any DatabaseWriter, path: String) throws {
        try writer.write { database in
            let format = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
            guard format <= migrations.count else {
                throw LedgerError(
                    .newerFormat,
                    "the ledger \(path) was written by a newer facelib "
                        + "(format \(format), this one reads up to \(migrations.count)); use that one, or another --state"
                )
            }
            let owner = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
            let tables = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM sqlite_schema") ?? 0
            guard owner == applicationID || (format == 0 && tables == 0) else {
                throw LedgerError(.unusable, "\(path) is a database of another program, not a ledger of facelib")
            }
            // Nothing is written when nothing is to be done: the ledger must open on a full disk.
            if format == migrations.count { return }
            for migrate in migrations[format...] { try migrate(database) }
            try database.execute(
                sql: "PRAGMA user_version = \(migrations.count); PRAGMA application_id = \(applicationID)"
            )
        }
    }
}
