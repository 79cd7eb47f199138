// SPDX-License-Identifier: Apache-2.0
public import FaceModel
import GRDB

extension SQLiteLedger {
    /// Records rows in the order of the source and says of each whether work is to be done on it.
    ///
    /// A rejection handed in with a row wins over a repeated img_id; such a row still owns its id when
    /// it is the first to name it. A row that `failed` comes back open and counts as failed until it
    /// is settled anew.
    public func register(_ rows: [NewRow], in job: String) async throws -> [Registration] {
        try await write(.soon) { database in
            var registry = try RowRegistry(database, job: database.number(ofJob: job))
            let registrations = try rows.map { row in try registry.register(row) }
            try registry.countNewRows()
            return registrations
        }
    }

    /// Records rows that are settled the moment they are registered, all with one outcome.
    ///
    /// A row whose key the job already holds keeps an outcome other than `failed`; one with the img_id of
    /// another row is recorded as its duplicate.
    public func record(_ rows: [NewRow], as outcome: Outcome, in job: String) async throws {
        try await write(.soon) { database in
            var registry = try RowRegistry(database, job: database.number(ofJob: job))
            for row in rows { try registry.record(row, as: outcome) }
            try registry.countNewRows()
        }
    }

    /// Records what became of rows; a row may be settled again.
    ///
    /// - Throws: ``LedgerError`` with ``LedgerError/Code/unusable`` for a row that was never registered;
    ///   none of the rows is settled then.
    public func settle(_ settlements: [Settlement], in job: String) async throws {
        try await write(.soon) { database in
            let number = try database.number(ofJob: job)
            let settle = try RowStatement(
                database,
                """
                UPDATE job_row SET outcome = ?, reason = ?, detail = ?, device_code = ?, further = ?
                WHERE job = ? AND appended = 0 AND key = ?
                """
            )
            for settlement in settlements {
                let changed = try settle.run(
                    settlement.outcome.rawValue,
                    settlement.reason?.rawValue,
                    settlement.detail,
                    settlement.deviceCode,
                    try StoredReasons.text(of: settlement.further),
                    number,
                    settlement.key
                )
                guard changed == 1 else {
                    throw LedgerError(.unusable, "a row was settled that was never registered in job \(job)")
                }
                guard let imgID = settlement.imgID else { continue }
                try Self.assign(imgID, to: settlement.key, of: number, in: database)
            }
        }
    }

    /// Gives a row the id that became known only after it was registered; it owns it unless another row does.
    private static func assign(_ imgID: String, to key: String, of job: Int64, in database: Database) throws {
        let assign = try RowStatement(
            database,
            """
            UPDATE job_row SET img_id = ?1, owns_id = ?1 <> '' AND NOT EXISTS (
                SELECT 1 FROM job_row AS other
                WHERE other.job = ?2 AND other.img_id = ?1 AND other.owns_id = 1
                    AND NOT (other.appended = 0 AND other.key = ?3))
            WHERE job = ?2 AND appended = 0 AND key = ?3
            """
        )
        try assign.run(imgID, job, key)
    }

    /// Adds rows that have no source, after all that have one.
    ///
    /// A row with the img_id of one added before takes its place, so that a removal that failed and
    /// then succeeded is one row.
    public func append(_ rows: [RowResult], in job: String) async throws {
        try await write(.soon) { database in
            let number = try database.number(ofJob: job)
            var registry = RowRegistry(database, job: number)
            for row in rows { try registry.append(row) }
            try registry.countNewRows()
        }
    }

    /// What these rows of the job ended in; rows without an outcome are left out.
    public func outcomes(ofRows keys: [String], of job: String) async throws -> [String: Outcome] {
        try await read { database in
            let number = try database.number(ofJob: job)
            let find = try RowStatement(
                database,
                "SELECT outcome FROM job_row WHERE job = ? AND appended = 0 AND key = ? AND outcome IS NOT NULL"
            )
            var outcomes: [String: Outcome] = [:]
            for key in keys {
                outcomes[key] = try find.first(number, key) { row in try Outcome(stored: row.text(0)) }
            }
            return outcomes
        }
    }

    /// Which of these rows of the job have an outcome other than `failed`.
    public func settledKeys(among keys: [String], of job: String) async throws -> Set<String> {
        try await read { database in
            let number = try database.number(ofJob: job)
            let find = try RowStatement(
                database,
                """
                SELECT 1 FROM job_row
                WHERE job = ? AND appended = 0 AND key = ? AND outcome IS NOT NULL AND outcome <> 'failed'
                """
            )
            return Set(try keys.filter { key in try find.first(number, key) { _ in true } ?? false })
        }
    }

    /// How many rows of the job ended in each outcome; rows without one are not counted.
    public func outcomes(of job: String) async throws -> [Outcome: Int] {
        // One pass with a sum each: grouping would sort all rows of the job in memory.
        let sums = Outcome.allCases.map { "TOTAL(outcome = '\($0.rawValue)')" }.joined(separator: ", ")
        return try await read { database in
            let row = try Row.fetchOne(
                database,
                sql: "SELECT COUNT(outcome), \(sums) FROM job_row WHERE job = ?",
                arguments: [try database.number(ofJob: job)]
            )
            guard let row else { return [:] }
            var counts: [Outcome: Int] = [:]
            for (index, outcome) in Outcome.allCases.enumerated() {
                let count = Int(row[index + 1] as Double)
                if count > 0 { counts[outcome] = count }
            }
            guard counts.values.reduce(0, +) == row[0] as Int else {
                throw LedgerError(.newerFormat, "job \(job) has outcomes that this facelib does not know")
            }
            return counts
        }
    }

    /// How many rows of the job are of its source, with whatever outcome; those that were appended are not.
    public func sourceRowCount(of job: String) async throws -> Int {
        try await read { database in
            let count = try Int.fetchOne(
                database,
                sql: """
                    SELECT COUNT(*) FROM job_row WHERE job = ? AND appended = 0 AND (reason IS NULL OR reason <> ?)
                    """,
                arguments: [try database.number(ofJob: job), Reason.sourceMissingRow.rawValue]
            )
            return count ?? 0
        }
    }

    /// How many rows of the job have no outcome yet.
    public func unsettledCount(of job: String) async throws -> Int {
        try await read { database in
            let count = try Int.fetchOne(
                database,
                sql: "SELECT COUNT(*) FROM job_row WHERE job = ? AND outcome IS NULL",
                arguments: [try database.number(ofJob: job)]
            )
            return count ?? 0
        }
    }

    /// The keys of at most `limit` rows of the job that have no outcome yet.
    public func unsettledKeys(of job: String, limit: Int) async throws -> [String] {
        try await read { database in
            let find = try RowStatement(
                database,
                "SELECT key FROM job_row WHERE job = ? AND outcome IS NULL ORDER BY ordinal LIMIT ?"
            )
            return try find.all(try database.number(ofJob: job), max(0, limit)) { $0.text(0) }
        }
    }

    /// The rows of a job that have an outcome, in the order of the source, `limit` at a time.
    public func results(of job: String, after cursor: ResultCursor?, limit: Int) async throws -> ResultPage {
        let limit = max(1, limit)
        return try await read { database in
            let start = cursor ?? ResultCursor(isAppended: false, ordinal: .min, key: "")
            let find = try RowStatement(
                database,
                """
                SELECT appended, ordinal, key, source, line, img_id, name, outcome, reason, detail, device_code, further
                FROM job_row
                WHERE job = ? AND (appended, ordinal, key) > (?, ?, ?) AND outcome IS NOT NULL
                ORDER BY appended, ordinal, key LIMIT ?
                """
            )
            let number = try database.number(ofJob: job)
            var last: ResultCursor?
            let rows = try find.all(number, start.isAppended, start.ordinal, start.key, limit) { row in
                last = ResultCursor(isAppended: row.bool(0), ordinal: row.int(1), key: row.text(2))
                return try Self.rowResult(row)
            }
            return ResultPage(rows: rows, next: rows.count < limit ? nil : last)
        }
    }

    private static func rowResult(_ row: StoredRow) throws -> RowResult {
        RowResult(
            source: row.text(3),
            line: row.optionalInt(4),
            imgID: row.text(5),
            name: row.text(6),
            outcome: try Outcome(stored: row.text(7)),
            reason: try row.optionalText(8).map { try Reason(stored: $0) },
            detail: row.text(9),
            deviceCode: row.optionalInt(10),
            further: try row.reasons(11)
        )
    }
}
