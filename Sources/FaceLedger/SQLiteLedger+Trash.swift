// SPDX-License-Identifier: Apache-2.0
import FaceModel
import GRDB

// The trash: what was resolved in the safe and can still be brought back.

extension SQLiteLedger {
    /// What a job changed, replaced or removed, as it was before: oldest first, `limit` at a time, without content.
    public func trash(of job: String, after cursor: TrashEntry.ID?, limit: Int) async throws -> TrashPage {
        let limit = max(1, limit)
        return try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT safe_portrait.number, img_id, device, device_library.library, purpose, kept
                    FROM safe_portrait JOIN device_library ON device_library.number = safe_portrait.library
                    WHERE job = ? AND resolution IS NOT NULL AND safe_portrait.number > ?
                    ORDER BY safe_portrait.number LIMIT ?
                    """,
                arguments: [job, cursor?.number ?? 0, limit]
            )
            let entries = try rows.map { row in
                TrashEntry(
                    id: TrashEntry.ID(number: row[0]),
                    imgID: PortraitID(asListed: row[1]),
                    library: LibraryKey(device: row[2], library: row[3]),
                    purpose: try SafePurpose(stored: row[4]),
                    kept: row[5]
                )
            }
            return TrashPage(entries: entries, next: entries.count < limit ? nil : entries.last?.id)
        }
    }

    /// One portrait of the trash with its content, `nil` when it has been erased.
    ///
    /// - Throws: ``LedgerError`` also when its content is damaged or was sealed with another key.
    public func trashed(_ id: TrashEntry.ID) async throws -> SafePortrait? {
        let row = try await read { database in
            try Row.fetchOne(
                database,
                sql: SealedPortrait.columns + "WHERE safe_portrait.number = ? AND resolution IS NOT NULL",
                arguments: [id.number]
            ).map { try SealedPortrait($0) }
        }
        return try row?.opened(with: seal)
    }

    /// How many portraits of a job are in the trash.
    public func trashCount(of job: String) async throws -> Int {
        try await read { database in
            let count = try Int.fetchOne(
                database,
                sql: "SELECT COUNT(*) FROM safe_portrait WHERE job = ? AND resolution IS NOT NULL",
                arguments: [job]
            )
            return count ?? 0
        }
    }

    /// Erases what was kept before a time and says how many portraits that were; nothing that is pending goes.
    ///
    /// Some at a time: one transaction of a million portraits would keep other processes waiting longer than they do.
    public func emptyTrash(keptBefore time: Double) async throws -> Int {
        var erased = 0
        while true {
            let count = try await write { database in
                try database.execute(
                    sql: """
                        DELETE FROM safe_portrait WHERE number IN (
                            SELECT number FROM safe_portrait WHERE resolution IS NOT NULL AND kept < ? LIMIT 200)
                        """,
                    arguments: [time]
                )
                let count = database.changesCount
                if count > 0 { try database.execute(sql: "PRAGMA incremental_vacuum(4096)") }
                return count
            }
            if count == 0 { return erased }
            erased += count
            try Task.checkCancellation()
        }
    }
}
