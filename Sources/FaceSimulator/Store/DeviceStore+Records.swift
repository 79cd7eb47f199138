// SPDX-License-Identifier: Apache-2.0
import GRDB

extension DeviceStore {
    /// All records with what they were matched with; a condition may follow.
    private static let recordRows: SQL = """
        SELECT r.kind, r.number, r.snap_id, r.channel, r.snap_time, r.alive_type, r.snap_path, r.sha256,
            r.lib_id AS match_lib_id, r.img_id AS match_img_id, l.lib_name, l.lib_type,
            (SELECT count(*) FROM record a WHERE a.kind = 'profile' AND a.img_id = r.img_id) AS appear_count,
            s.channel AS stranger_channel, s.snap_time AS stranger_time, s.snap_path AS stranger_path,
            p.name, p.identity, p.gender, p.age, p.address, p.create_time, p.img_path
        FROM record r
        """

    private static let recordJoins: SQL = """
         LEFT JOIN library l ON l.lib_id = r.lib_id
        LEFT JOIN portrait p ON p.lib_id = r.lib_id AND p.img_id = r.img_id
        LEFT JOIN record s ON s.kind = 'strangers' AND s.snap_id = r.img_id
        """

    /// A page of records in the order of their times (L8).
    func records(_ filter: RecordFilter, page: Page) async throws -> Listed<StoredRecord> {
        try await matchRecords()
        let direction: SQL = quirks[.sortDesc] ? "DESC" : "ASC"
        let tie: SQL = quirks[.unstableTies] ? "random()" : "r.seq"
        let condition = filter.condition
        let request: SQLRequest<StoredRecord> = """
            \(Self.recordRows) \(Self.recordJoins) WHERE \(condition)
            ORDER BY r.snap_time \(direction), \(tie) \(direction) LIMIT \(page.length) OFFSET \(page.offset)
            """
        let count: SQLRequest<Int> = """
            SELECT count(*) FROM record r LEFT JOIN library l ON l.lib_id = r.lib_id WHERE \(condition)
            """
        return try await database.read { db in
            Listed(records: try request.fetchAll(db), total: try count.fetchOne(db) ?? 0)
        }
    }

    /// Those of some records that are there, in the order of the ids.
    ///
    /// - Parameters:
    ///   - snapIDs: Their ids.
    ///   - kinds: The kinds they may be of.
    ///   - person: The person they must show; `nil` for anybody.
    /// - Returns: The records.
    /// - Throws: What SQLite says.
    func records(_ snapIDs: [String], of kinds: [RecordKind], person: String? = nil) async throws -> [StoredRecord] {
        try await matchRecords()
        return try await database.read { db in
            try snapIDs.compactMap { id in
                let request: SQLRequest<StoredRecord> = """
                    \(Self.recordRows) \(Self.recordJoins)
                    WHERE r.snap_id = \(id) AND r.kind IN \(kinds.map(\.rawValue)) AND r.hidden = 0
                        AND (r.kind <> 'alarms' OR r.lib_id IS NOT NULL)
                        AND (\(person) IS NULL OR r.img_id = \(person)) LIMIT 1
                    """
                return try request.fetchOne(db)
            }
        }
    }

    /// Ids and digests of a kind in the order of their making, for the dump of the state; begins after `last`.
    func recordDigests(_ kind: RecordKind, after last: Int, limit: Int = 500) async throws -> [RecordDigest] {
        if last == 0 { try await matchRecords() }
        let request: SQLRequest<RecordDigest> = """
            SELECT number, snap_id, sha256 FROM record
            WHERE kind = \(kind.rawValue) AND hidden = 0 AND number > \(last)
                AND (kind <> 'alarms' OR lib_id IS NOT NULL)
            ORDER BY number LIMIT \(limit)
            """
        return try await database.read { try request.fetchAll($0) }
    }

    /// Hides the first record of a kind, or shows it again, so that its pages shift (L12).
    func drift(_ kind: RecordKind) async throws {
        try await database.write {
            try $0.execute(
                sql: "UPDATE record SET hidden = 1 - hidden WHERE kind = ? AND number = 1",
                arguments: [kind.rawValue]
            )
        }
    }
}

/// What the dump of the state says about a record.
struct RecordDigest: Sendable, FetchableRecord {
    var number: Int
    var snapID: String
    var sha256: String

    init(row: Row) {
        number = row["number"]
        snapID = row["snap_id"]
        sha256 = row["sha256"]
    }
}
