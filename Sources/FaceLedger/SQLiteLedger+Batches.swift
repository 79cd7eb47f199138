// SPDX-License-Identifier: Apache-2.0
import FaceModel
import GRDB

extension SQLiteLedger {
    /// Records a batch and what it will send, before its request leaves.
    public func open(_ batch: BatchRecord) async throws {
        try await write { database in
            try database.execute(
                sql: "INSERT INTO batch (id, job, library) VALUES (?, ?, ?)",
                arguments: [batch.id, batch.job, try database.assignNumber(to: batch.library)]
            )
            let number = database.lastInsertedRowID
            let insert = try RowStatement(
                database,
                """
                INSERT INTO batch_item (batch, position, key, img_id, photo, image, attributes, hash, warnings, remark)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
            )
            for (position, item) in batch.items.enumerated() {
                try insert.run(
                    number,
                    position,
                    item.key,
                    item.imgID.text,
                    item.fingerprint,
                    try StoredReasons.text(of: item.warnings),
                    item.remark.isEmpty ? nil : item.remark
                )
            }
        }
    }

    /// Forgets batches whose rows have all been accounted for; one that is forgotten already does no harm.
    public func close(batches: [String]) async throws {
        if batches.isEmpty { return }
        try await write(.soon) { database in
            let delete = try RowStatement(database, "DELETE FROM batch WHERE id = ?")
            for batch in batches { try delete.run(batch) }
        }
    }

    /// The batches of a library that were opened and never closed, oldest first, of whatever job.
    public func openBatches(in library: LibraryKey) async throws -> [BatchRecord] {
        try await read { database in
            guard let number = try database.number(of: library) else { return [] }
            let batches = try Row.fetchAll(
                database,
                sql: "SELECT number, id, job FROM batch WHERE library = ? ORDER BY number",
                arguments: [number]
            )
            let items = try RowStatement(
                database,
                """
                SELECT key, img_id, photo, image, attributes, hash, warnings, remark
                FROM batch_item WHERE batch = ? ORDER BY position
                """
            )
            return try batches.map { batch in
                BatchRecord(
                    id: batch[1],
                    job: batch[2],
                    library: library,
                    items: try items.all(batch[0] as Int64) { item in
                        BatchItem(
                            key: item.text(0),
                            imgID: PortraitID(asListed: item.text(1)),
                            fingerprint: try item.fingerprint(2),
                            warnings: try item.reasons(6),
                            remark: item.text(7)
                        )
                    }
                )
            }
        }
    }
}
