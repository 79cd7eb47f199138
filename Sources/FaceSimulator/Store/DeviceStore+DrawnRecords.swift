// SPDX-License-Identifier: Apache-2.0
import GRDB

extension DeviceStore {
    /// Draws records until there are so many of each kind; those that are there stay.
    func drawRecords(_ count: Int) throws {
        for kind in RecordKind.allCases {
            let have = try database.read {
                try Int.fetchOne($0, sql: "SELECT max(number) FROM record WHERE kind = ?", arguments: [kind.rawValue])
            }
            let missing = (have ?? 0) + 1..<max(count, have ?? 0) + 1
            for start in stride(from: missing.lowerBound, to: missing.upperBound, by: 500) {
                try draw(kind, start..<min(start + 500, missing.upperBound))
            }
        }
    }

    /// Finds portraits for alarms and captures that have none yet, spread over all libraries.
    ///
    /// It is asked before records are read, so that alarms are there as soon as there are portraits to raise them.
    /// What was matched once stays so.
    func matchRecords() async throws {
        let now = clock.now
        let isMissing = try await database.read { db in
            try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM record WHERE wants_match = 1)") ?? false
        }
        guard isMissing else { return }
        try await database.write { db in
            let portraits = try Self.spreadPortraits(now: now, db)
            guard !portraits.isEmpty else { return }
            for row in try Row.fetchAll(db, sql: "SELECT seq, number FROM record WHERE wants_match = 1") {
                let portrait = portraits[(row["number"] as Int) % portraits.count]
                try db.cachedStatement(sql: "UPDATE record SET lib_id = ?, img_id = ?, wants_match = 0 WHERE seq = ?")
                    .execute(arguments: [portrait.libraryID, portrait.imgID, row["seq"] as Int])
            }
        }
    }

    /// Up to 1000 portraits from all over the device, in the order of their ids.
    private static func spreadPortraits(now: Double, _ db: Database) throws -> [StoredPortrait] {
        let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM portrait") ?? 0
        return try StoredPortrait.fetchAll(
            db,
            sql: """
                SELECT * FROM (SELECT *, row_number() OVER (ORDER BY lib_id, img_id) AS place FROM portrait)
                WHERE place % ? = 0 AND visible_at <= ? ORDER BY place LIMIT 1000
                """,
            arguments: [max(1, count / 1000), now]
        )
    }

    /// Draws some records; the pictures are there before the rows.
    private func draw(_ kind: RecordKind, _ numbers: Range<Int>) throws {
        let kindIndex = RecordKind.allCases.firstIndex(of: kind) ?? 0
        var folders: Set<Substring> = []
        let records = try numbers.map { number in
            let record = DrawnRecord(kind: kind, number: number)
            let picture = try DrawnPicture.jpeg(number << 3 | kindIndex)
            let file = folder.file(record.path)
            let isNew = folders.insert(record.path.prefix(record.path.count - record.snapID.count - 4)).inserted
            if isNew { try folder.makeFolder(of: file) }
            try folder.write(picture, to: file)
            return (record, picture.count, PictureDigest.sha256(picture))
        }
        try database.write { db in
            for (record, byteCount, sha256) in records {
                let stranger = record.stranger
                try db.cachedStatement(
                    sql: """
                        INSERT INTO record (kind, number, snap_id, channel, snap_time, alive_type, alarm_types, lib_id,
                            img_id, wants_match, snap_path, bytes, sha256)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """
                ).execute(arguments: [
                    kind.rawValue, record.number, record.snapID, record.channel, record.time, record.aliveType,
                    record.alarmTypes.isEmpty ? "" : "," + record.alarmTypes.joined(separator: ",") + ",",
                    stranger.map { _ in StoredLibrary.greylistID }, stranger,
                    stranger == nil && !kind.isBody, record.path, byteCount, sha256,
                ])
            }
        }
    }
}
