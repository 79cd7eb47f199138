// SPDX-License-Identifier: Apache-2.0
import GRDB

extension Schema {
    /// Format 5: rows keep all of their reasons, batches what was noticed about their rows.
    @Sendable static func makeFifthFormat(_ database: Database, _ seal: SafeSeal) throws {
        // NULL where there are none, which costs a row one byte and no statement of its own.
        try database.execute(
            sql: """
                ALTER TABLE job_row ADD COLUMN further TEXT;
                ALTER TABLE batch_item ADD COLUMN warnings TEXT;
                ALTER TABLE batch_item ADD COLUMN remark TEXT;
                """
        )
    }
}
