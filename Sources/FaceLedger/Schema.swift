// SPDX-License-Identifier: Apache-2.0
import GRDB

/// The formats the ledger's file has had; `docs/ledger.md` says what each table holds.
///
/// Append only: a format that was ever released is never changed, the next one is a new function.
enum Schema {
    /// Marks the file as a ledger of facelib, in SQLite's header.
    static let applicationID = 0x666C_6462

    private static let migrations: [@Sendable (Database, SafeSeal) throws -> Void] = [
        { database, _ in try makeFirstFormat(database) }, makeSecondFormat, makeThirdFormat,
        makeFourthFormat, makeFifthFormat, makeSixthFormat,
    ]

    /// The first format in which the safe is sealed.
    private static let firstSealed = 2

    /// Brings a file, new or old, to the newest format in one transaction.
    ///
    /// - Parameters:
    ///   - writer: The database.
    ///   - path: The ledger as errors name it.
    ///   - keyFile: Where the key of the safe lies; `nil` for one that ends with the ledger.
    /// - Returns: What seals the safe.
    /// - Throws: ``LedgerError``, or what SQLite says.
    static func prepare(_ writer: any DatabaseWriter, path: String, keyFile: SafeKeyFile?) throws -> SafeSeal {
        let (seal, oldFormat) = try writer.write { database in
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
            let seal = try keyFile?.take {
                guard format >= firstSealed else { return false }
                return try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM safe_portrait)") ?? false
            }
            let chosen = seal ?? SafeSeal(key: SafeSeal.makeKey())
            // Nothing is written when nothing is to be done: the ledger must open on a full disk.
            if format == migrations.count { return (chosen, format) }
            for migrate in migrations[format...] { try migrate(database, chosen) }
            try database.execute(
                sql: "PRAGMA user_version = \(migrations.count); PRAGMA application_id = \(applicationID)"
            )
            return (chosen, format)
        }
        if (1..<firstSealed).contains(oldFormat) { try overwriteWhatWasClear(writer) }
        return seal
    }

    /// Carries the pages that the migration zeroed from the WAL into the file, where portraits still stand in clear.
    private static func overwriteWhatWasClear(_ writer: any DatabaseWriter) throws {
        do {
            try writer.writeWithoutTransaction { database in _ = try database.checkpoint(.truncate) }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            // Another process still reads the old pages; the next checkpoint carries the new ones over.
        }
    }
}
