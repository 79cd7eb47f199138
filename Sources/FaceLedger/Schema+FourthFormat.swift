// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation
import GRDB

extension Schema {
    /// Format 4: a key for the digests of photos, unless the ledger has some that were made without one.
    @Sendable static func makeFourthFormat(_ database: Database, _ seal: SafeSeal) throws {
        try database.execute(sql: "CREATE TABLE content_key (key BLOB NOT NULL) STRICT")
        let remembers = try Bool.fetchOne(
            database,
            sql: """
                SELECT EXISTS (SELECT 1 FROM known_portrait) OR EXISTS (SELECT 1 FROM batch_item)
                    OR EXISTS (SELECT 1 FROM picture)
                """
        )
        if remembers == true { return }
        let key = SymmetricKey(size: SymmetricKeySize(bitCount: 8 * contentKeyLength)).withUnsafeBytes { Data($0) }
        try database.execute(sql: "INSERT INTO content_key VALUES (?)", arguments: [key])
    }

    /// The key of a ledger whose digests are made with one.
    static func contentKey(_ database: Database) throws -> [UInt8]? {
        try Data.fetchOne(database, sql: "SELECT key FROM content_key").map(Array.init)
    }

    private static let contentKeyLength = 64
}
