// SPDX-License-Identifier: Apache-2.0
import GRDB

extension Schema {
    /// Format 3: pictures keep their keys until they are entered in the bands, many at a time, each with a sketch.
    @Sendable static func makeThirdFormat(_ database: Database, _ seal: SafeSeal) throws {
        // The pictures of formats 1 and 2 are entered, without sketches: they have no keys left.
        try database.execute(
            sql: """
                ALTER TABLE picture ADD COLUMN keys BLOB;
                DROP INDEX picture_job;
                CREATE INDEX picture_job ON picture(job, keys IS NULL);
                ALTER TABLE picture_band ADD COLUMN sketch INTEGER;
                """
        )
    }
}
