// SPDX-License-Identifier: Apache-2.0
import GRDB

extension DeviceStore {
    /// Portraits of a library in the order of their ids, for a dump of the state that does not grow in memory.
    ///
    /// Begins after the id `last`, or at the start.
    func portraitsByID(in library: Int, after last: String?, limit: Int = 500) async throws -> [StoredPortrait] {
        try await database.read { db in
            try StoredPortrait.fetchAll(
                db,
                sql:
                    "SELECT * FROM portrait WHERE lib_id = ?1 AND (?2 IS NULL OR img_id > ?2) ORDER BY img_id LIMIT ?3",
                arguments: [library, last, limit]
            )
        }
    }
}
