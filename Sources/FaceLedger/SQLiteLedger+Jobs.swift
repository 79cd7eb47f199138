// SPDX-License-Identifier: Apache-2.0
import FaceModel
import GRDB

extension SQLiteLedger {
    /// Records a new job, or an old one that is taken up again: all but its state and message stay.
    public func begin(_ job: JobRecord) async throws {
        try await write { database in
            try database.execute(
                sql: """
                    INSERT INTO job (id, command, source, target, directory, options, state, message, started, seconds)
                    VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, ?)
                    ON CONFLICT (id) DO UPDATE SET state = excluded.state, message = ''
                    """,
                arguments: [
                    job.id, job.command, job.source, job.target, job.directory, job.options,
                    JobState.running.rawValue, job.started, job.seconds,
                ]
            )
        }
    }

    /// Records how a job ended; what only the search for equal pictures needed goes when it finished.
    public func end(_ job: String, _ state: JobState, message: String, seconds: Double) async throws {
        // First, so that a crash in between leaves a job that is ended again, not pictures that stay for ever.
        if state == .finished { try await forgetPictures(of: job) }
        try await write { database in
            try database.execute(
                sql: "UPDATE job SET state = ?, message = ?, seconds = seconds + ? WHERE number = ?",
                arguments: [state.rawValue, message, seconds, try database.number(ofJob: job)]
            )
            try database.execute(sql: "PRAGMA incremental_vacuum(4096)")
        }
    }

    /// One job by its id, `nil` when there is none.
    public func job(_ id: String) async throws -> JobRecord? {
        try await read { database in
            try Row.fetchOne(database, sql: Self.jobColumns + "WHERE id = ?", arguments: [id]).map(Self.jobRecord)
        }
    }

    /// The newest jobs first.
    public func jobs(limit: Int) async throws -> [JobRecord] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: Self.jobColumns + "ORDER BY started DESC, number DESC LIMIT ?",
                arguments: [max(0, limit)]
            ).map(Self.jobRecord)
        }
    }

    /// The newest job that finished with this command, source and target.
    public func lastFinished(command: String, source: String, target: String) async throws -> JobRecord? {
        try await read { database in
            try Row.fetchOne(
                database,
                sql: Self.jobColumns + """
                    WHERE command = ? AND source = ? AND target = ? AND state = ?
                    ORDER BY started DESC, number DESC LIMIT 1
                    """,
                arguments: [command, source, target, JobState.finished.rawValue]
            ).map(Self.jobRecord)
        }
    }

    private static let jobColumns = """
        SELECT id, command, source, target, directory, options, state, message, started, seconds, row_count
        FROM job

        """

    @Sendable private static func jobRecord(_ row: Row) throws -> JobRecord {
        JobRecord(
            id: row[0],
            command: row[1],
            source: row[2],
            target: row[3],
            directory: row[4],
            options: row[5],
            state: try JobState(stored: row[6]),
            message: row[7],
            started: row[8],
            seconds: row[9],
            rows: row[10]
        )
    }
}
