// SPDX-License-Identifier: Apache-2.0
import FaceModel
import GRDB

extension SQLiteLedger {
    /// Records what pictures look like and returns, for each, an earlier row that shows the same picture.
    ///
    /// Of the pictures that share a key, the first 64 are compared.
    public func recordPictures(
        _ pictures: [PictureRecord],
        nearness: Int,
        in job: String
    ) async throws -> [PictureTwin?] {
        try await write(.soon) { database in
            let search = PictureSearch(database, job: try database.number(ofJob: job), nearness: nearness)
            return try pictures.map { picture in try search.record(picture) }
        }
    }

    /// Records a batch and what it will send, before its request leaves.
    public func open(_ batch: BatchRecord) async throws {
        try await write { database in
            try database.execute(
                sql: "INSERT INTO batch (id, job, library) VALUES (?, ?, ?)",
                arguments: [batch.id, batch.job, try database.assignNumber(to: batch.library)]
            )
            let number = database.lastInsertedRowID
            let insert = try database.cachedStatement(
                sql: """
                    INSERT INTO batch_item (batch, position, key, img_id, photo, image, attributes, hash)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """
            )
            for (position, item) in batch.items.enumerated() {
                let print = item.fingerprint
                try insert.execute(arguments: [
                    number, position, item.key, item.imgID.text,
                    print.photo.stored, print.image.stored, print.attributes.stored, print.hash.stored,
                ])
            }
        }
    }

    /// Forgets a batch whose rows have all been accounted for; one that is forgotten already does no harm.
    public func close(batch: String) async throws {
        try await write(.soon) { database in
            try database.execute(sql: "DELETE FROM batch WHERE id = ?", arguments: [batch])
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
            return try batches.map { batch in
                let items = try Row.fetchAll(
                    database,
                    sql: """
                        SELECT key, img_id, photo, image, attributes, hash
                        FROM batch_item WHERE batch = ? ORDER BY position
                        """,
                    arguments: [batch[0] as Int64]
                )
                return BatchRecord(
                    id: batch[1],
                    job: batch[2],
                    library: library,
                    items: try items.map { item in
                        BatchItem(
                            key: item[0],
                            imgID: PortraitID(asListed: item[1]),
                            fingerprint: try PortraitFingerprint(item, at: 2)
                        )
                    }
                )
            }
        }
    }
}
