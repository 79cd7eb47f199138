// SPDX-License-Identifier: Apache-2.0
public import FaceModel
import Foundation
import GRDB

// Secrets that a job needs until it has ended, sealed like the safe.

extension SQLiteLedger {
    /// Keeps a secret for as long as a job is under way; returns when it is sealed and synced.
    public func keep(_ secret: Secret, of job: String) async throws {
        let content = try seal.seal(secret, of: job)
        try await write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO job_secret (job, content) VALUES (?, ?)",
                arguments: [job, content]
            )
        }
    }

    /// The secret that was kept for a job, `nil` when there is none.
    ///
    /// - Throws: ``LedgerError`` also when it is damaged or was sealed with another key.
    public func secret(of job: String) async throws -> Secret? {
        let content = try await read { database in
            try Data.fetchOne(database, sql: "SELECT content FROM job_secret WHERE job = ?", arguments: [job])
        }
        return try content.map { try seal.openSecret($0, of: job) }
    }

    /// The jobs for which secrets are kept.
    public func jobsWithSecrets() async throws -> [String] {
        try await read { database in try String.fetchAll(database, sql: "SELECT job FROM job_secret ORDER BY job") }
    }

    /// Erases the secret of a job; doing so again does no harm.
    public func forgetSecret(of job: String) async throws {
        try await write { database in
            try database.execute(sql: "DELETE FROM job_secret WHERE job = ?", arguments: [job])
        }
    }
}
