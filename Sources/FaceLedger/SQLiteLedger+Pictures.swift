// SPDX-License-Identifier: Apache-2.0
import FaceModel
import GRDB
import Synchronization

extension SQLiteLedger {
    /// Records what pictures look like and returns, for each, an earlier row that shows the same picture.
    ///
    /// Of the pictures that share a key, the first 64 are compared. What another process records for the same job at the
    /// same time may be missed.
    public func recordPictures(
        _ pictures: [PictureRecord],
        nearness: Int,
        in job: String
    ) async throws -> [PictureTwin?] {
        let (twins, full) = try await write(.soon) { [self] database in
            let number = try database.number(ofJob: job)
            // Out of the store, and no copy of it: what a failed transaction did to it is gone with it, and read anew.
            let index = try self.pictures.withLock { $0.removeValue(forKey: number) } ?? database.pictureIndex(number)
            var search = PictureSearch(database, job: number, nearness: nearness, consume index)
            let twins = try pictures.map { picture in try search.record(picture) }
            let jobs = self.pictures.withLock { indices in
                indices[number] = search.index
                return indices.count
            }
            // What all jobs have in memory is bounded, each has its share.
            return (twins, search.index.count * jobs >= pictureEntries ? search.index.rows : [])
        }
        if !full.isEmpty { try await enter(full, of: job) }
        return twins
    }

    /// Enters pictures in the table of bands, a band at a time and in its order, so that each page is written once.
    private func enter(_ rows: [Int64], of job: String) async throws {
        var band = 0
        while case let current = band,
            try await write(.soon, { database in try database.enter(rows, of: job, in: current) })
        {
            band += 1
        }
        try await write(.soon) { [self] database in
            let mark = try RowStatement(database, "UPDATE picture SET keys = NULL WHERE row = ?")
            for row in rows { try mark.run(row) }
            // What came in the meantime is read from the table.
            let number = try database.number(ofJob: job)
            pictures.withLock { $0[number] = nil }
        }
    }

    /// Forgets what the pictures of a job look like, unless rows failed: those may be taken up again.
    ///
    /// Some at a time: one transaction of a million rows would need their keys in memory and keep other
    /// processes waiting longer than they do.
    func forgetPictures(of job: String) async throws {
        let mayGoOn = try await read { database in
            try Bool.fetchOne(
                database,
                sql: "SELECT EXISTS (SELECT 1 FROM job_row WHERE job = ? AND outcome = ?)",
                arguments: [try database.number(ofJob: job), Outcome.failed.rawValue]
            ) ?? false
        }
        if mayGoOn { return }
        var isLeft = true
        while isLeft {
            // With the end of the job, which waits for the disk.
            isLeft = try await write(.soon) { [self] database in
                let number = try database.number(ofJob: job)
                pictures.withLock { $0[number] = nil }
                try database.execute(
                    sql: """
                        DELETE FROM picture_band WHERE (job, band, value, row) IN (
                            SELECT job, band, value, row FROM picture_band WHERE job = ? LIMIT 20000)
                        """,
                    arguments: [number]
                )
                let bands = database.changesCount
                try database.execute(
                    sql: "DELETE FROM picture WHERE row IN (SELECT row FROM picture WHERE job = ? LIMIT 5000)",
                    arguments: [number]
                )
                return bands + database.changesCount > 0
            }
        }
    }
}

extension Database {
    /// The pictures of a job that were never entered in the table of bands.
    fileprivate func pictureIndex(_ job: Int64) throws -> PictureIndex {
        let others = try RowStatement(self, "SELECT 1 FROM picture_band WHERE job = ? LIMIT 1")
        var index = PictureIndex(hasOthers: try others.first(job) { _ in true } ?? false)
        let find = try RowStatement(
            self,
            "SELECT row, content, hash, keys FROM picture WHERE job = ? AND (keys IS NULL) = 0 ORDER BY row"
        )
        try find.scan(job) { row in
            index.enter(row.int64(0), row.words(2), PictureBands.all(try row.digest(1), row.words(3)))
            return true
        }
        return index
    }

    /// Enters pictures in one band and says whether any had a value in it.
    fileprivate func enter(_ rows: [Int64], of job: String, in band: Int) throws -> Bool {
        let find = try RowStatement(self, "SELECT content, hash, keys FROM picture WHERE row = ?")
        let entries = try rows.compactMap { row in
            try find.first(row) { found -> (value: Int64, row: Int64, sketch: Int64?)? in
                let bands = PictureBands.all(try found.digest(0), found.words(2))
                guard band < bands.count else { return nil }
                return (bands[band].value, row, PictureBands.sketch(found.words(1)))
            } ?? nil
        }
        let insert = try RowStatement(
            self,
            "INSERT OR IGNORE INTO picture_band (job, band, value, row, sketch) VALUES (?, ?, ?, ?, ?)"
        )
        let number = try number(ofJob: job)
        for entry in entries.sorted(by: { ($0.value, $0.row) < ($1.value, $1.row) }) {
            try insert.run(number, band, entry.value, entry.row, entry.sketch)
        }
        return !entries.isEmpty
    }
}
