// SPDX-License-Identifier: Apache-2.0
import GRDB

extension DeviceStore {
    /// Deletes the portraits that are older than the days that 1903 tells, with their pictures (P16).
    ///
    /// Asking whether there are any is one look at an index.
    func expirePortraits() async throws {
        guard quirks[.retentionOn], let days = quirks.number(.retention), days > 0 else { return }
        let now = clock.now
        let oldest = DeviceClock.text(now - Double(days) * 86_400)
        let isDue = try await database.read { db in
            try Bool.fetchOne(
                db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM portrait WHERE create_time < ?)"),
                arguments: [oldest]
            ) ?? false
        }
        guard isDue else { return }
        let paths = try await database.write { [quirks] db in
            let rows = try Row.fetchAll(
                db,
                sql: "DELETE FROM portrait WHERE create_time < ? RETURNING lib_id, img_path",
                arguments: [oldest]
            )
            for (library, gone) in Dictionary(grouping: rows, by: { $0["lib_id"] as Int }) {
                try Self.touch(library, added: -gone.count, at: DeviceClock.text(now), quirks, db)
            }
            try Self.count("expired", rows.count, db)
            return rows.map { $0["img_path"] as String }
        }
        removePictures(paths)
    }
}
