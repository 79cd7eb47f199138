// SPDX-License-Identifier: Apache-2.0
import FaceModel
import GRDB

/// Takes rows into a job within one transaction and decides what is to be done on each.
///
/// An img_id belongs to the first row of the job that named it (`owns_id`), compared exactly.
struct RowRegistry {
    private let database: Database
    private let job: Int64
    private var newRows = 0

    init(_ database: Database, job: Int64) {
        self.database = database
        self.job = job
    }

    /// A row as an earlier attempt of the job left it.
    private struct Stored {
        var id: Int64
        var row: NewRow
        var ownsID: Bool
        var outcome: Outcome?
    }

    /// What is recorded of a row besides what its source says.
    private struct Verdict {
        var outcome: Outcome?
        var reason: Reason?
        var detail = ""
        var deviceCode: Int?
        var further: [Rejection] = []

        init() {}

        /// What a row was handed in with.
        init(_ row: NewRow) {
            guard let rejection = row.rejection else { return }
            outcome = .rejected
            reason = rejection.reason
            detail = rejection.detail
            deviceCode = rejection.deviceCode
            further = row.further
        }

        init(_ outcome: Outcome, _ row: NewRow) {
            self.init(row)
            self.outcome = outcome
        }

        init(duplicateOf owner: String) {
            outcome = .duplicate
            reason = .imgIDRepeated
            detail = "img_id of row \(owner)"
        }
    }

    mutating func register(_ row: NewRow) throws -> Registration {
        let verdict = Verdict(row)
        // Nearly all rows are new and name their own id: one statement settles those.
        if try insert(row, verdict, ownsID: !row.imgID.isEmpty) { return row.rejection == nil ? .open : .rejected }
        if let stored = try stored(row.key) { return try registerAgain(row, stored) }
        if row.rejection != nil {
            _ = try insert(row, verdict, ownsID: false)
            return .rejected
        }
        let owner = try owner(of: row.imgID, otherThan: nil) ?? ""
        _ = try insert(row, Verdict(duplicateOf: owner), ownsID: false)
        return .duplicate(of: owner)
    }

    /// Takes in a row that has its outcome already.
    mutating func record(_ row: NewRow, as outcome: Outcome) throws {
        let verdict = Verdict(outcome, row)
        if try insert(row, verdict, ownsID: !row.imgID.isEmpty) { return }
        var plain = row
        (plain.rejection, plain.further) = (nil, [])
        // A repeated img_id has been recorded as a duplicate, what ended before stays.
        guard try register(plain) == .open, let stored = try stored(row.key) else { return }
        try record(verdict, for: stored)
    }

    /// Takes up a row that the job holds already.
    private func registerAgain(_ row: NewRow, _ stored: Stored) throws -> Registration {
        if let outcome = stored.outcome, outcome != .failed {
            // Its place in the source may have moved; what was done under its id and name has not.
            var moved = stored.row
            (moved.ordinal, moved.source, moved.line) = (row.ordinal, row.source, row.line)
            if moved != stored.row { try update(moved, stored, ownsID: stored.ownsID) }
            return .settled(outcome)
        }
        var row = row
        // An id that was derived later is not forgotten because the source still does not say it.
        if row.imgID.isEmpty { row.imgID = stored.row.imgID }
        let keepsID = stored.ownsID && row.imgID == stored.row.imgID
        let owner = keepsID ? nil : try owner(of: row.imgID, otherThan: stored.id)
        let ownsID = owner == nil && !row.imgID.isEmpty
        let verdict = Verdict(row)
        (row.rejection, row.further) = (nil, [])
        if row != stored.row || ownsID != stored.ownsID { try update(row, stored, ownsID: ownsID) }
        if verdict.outcome == .rejected {
            try record(verdict, for: stored)
            return .rejected
        }
        if let owner {
            try record(Verdict(duplicateOf: owner), for: stored)
            return .duplicate(of: owner)
        }
        return .open
    }

    /// Adds a row without a source, or gives the one with its img_id a new outcome.
    mutating func append(_ result: RowResult) throws {
        let key = result.imgID.isEmpty ? result.source : result.imgID
        let further = try StoredReasons.text(of: result.further)
        let known = try RowStatement(
            database,
            """
            UPDATE job_row SET source = ?, line = ?, name = ?,
                outcome = ?, reason = ?, detail = ?, device_code = ?, further = ?
            WHERE job = ? AND appended = 1 AND key = ?
            """
        )
        let changed = try known.run(
            result.source,
            result.line,
            result.name,
            result.outcome.rawValue,
            result.reason?.rawValue,
            result.detail,
            result.deviceCode,
            further,
            job,
            key
        )
        if changed > 0 { return }
        let new = try RowStatement(
            database,
            """
            INSERT INTO job_row (job, appended, key, ordinal, source, line, img_id, owns_id, name,
                outcome, reason, detail, device_code, further)
            VALUES (?1, 1, ?2,
                (SELECT COALESCE(MAX(ordinal), -1) + 1 FROM job_row WHERE job = ?1 AND appended = 1),
                ?3, ?4, ?5, 0, ?6, ?7, ?8, ?9, ?10, ?11)
            """
        )
        try new.run(
            job,
            key,
            result.source,
            result.line,
            result.imgID,
            result.name,
            result.outcome.rawValue,
            result.reason?.rawValue,
            result.detail,
            result.deviceCode,
            further
        )
        newRows += 1
    }

    /// Adds the rows that were new to the job's count.
    func countNewRows() throws {
        guard newRows > 0 else { return }
        try database.execute(
            sql: "UPDATE job SET row_count = row_count + ? WHERE number = ?",
            arguments: [newRows, job]
        )
    }

    /// Adds a row unless its key is there or, where it wants to own its id, another row owns that.
    private mutating func insert(_ row: NewRow, _ verdict: Verdict, ownsID: Bool) throws -> Bool {
        let insert = try RowStatement(
            database,
            """
            INSERT INTO job_row (job, appended, key, ordinal, source, line, img_id, owns_id, name,
                outcome, reason, detail, device_code, further)
            VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """
        )
        let inserted = try insert.run(
            job,
            row.key,
            row.ordinal,
            row.source,
            row.line,
            row.imgID,
            ownsID,
            row.name,
            verdict.outcome?.rawValue,
            verdict.reason?.rawValue,
            verdict.detail,
            verdict.deviceCode,
            try StoredReasons.text(of: verdict.further)
        )
        guard inserted == 1 else { return false }
        newRows += 1
        return true
    }

    private func stored(_ key: String) throws -> Stored? {
        let find = try RowStatement(
            database,
            """
            SELECT id, ordinal, source, line, img_id, name, owns_id, outcome
            FROM job_row WHERE job = ? AND appended = 0 AND key = ?
            """
        )
        return try find.first(job, key) { found in
            Stored(
                id: found.int64(0),
                row: NewRow(
                    key: key,
                    ordinal: found.int(1),
                    source: found.text(2),
                    line: found.optionalInt(3),
                    imgID: found.text(4),
                    name: found.text(5),
                    rejection: nil
                ),
                ownsID: found.bool(6),
                outcome: try found.optionalText(7).map { try Outcome(stored: $0) }
            )
        }
    }

    /// The row that owns an id, as a report names it.
    private func owner(of imgID: String, otherThan id: Int64?) throws -> String? {
        let find = try RowStatement(
            database,
            "SELECT id, source, line FROM job_row WHERE job = ? AND img_id = ? AND owns_id = 1"
        )
        let owner = try find.first(job, imgID) { ($0.int64(0), $0.text(1), $0.optionalInt(2)) }
        guard let (number, source, line) = owner, number != id else { return nil }
        return line.map { "\(source), line \($0)" } ?? source
    }

    private func update(_ row: NewRow, _ stored: Stored, ownsID: Bool) throws {
        let update = try RowStatement(
            database,
            "UPDATE job_row SET ordinal = ?, source = ?, line = ?, img_id = ?, owns_id = ?, name = ? WHERE id = ?"
        )
        try update.run(row.ordinal, row.source, row.line, row.imgID, ownsID, row.name, stored.id)
    }

    private func record(_ verdict: Verdict, for stored: Stored) throws {
        let update = try RowStatement(
            database,
            "UPDATE job_row SET outcome = ?, reason = ?, detail = ?, device_code = ?, further = ? WHERE id = ?"
        )
        try update.run(
            verdict.outcome?.rawValue,
            verdict.reason?.rawValue,
            verdict.detail,
            verdict.deviceCode,
            try StoredReasons.text(of: verdict.further),
            stored.id
        )
    }
}
