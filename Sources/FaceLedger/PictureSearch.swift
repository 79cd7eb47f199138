// SPDX-License-Identifier: Apache-2.0
import FaceModel
import GRDB

/// Finds, within one transaction, earlier rows of a job that show the same picture.
struct PictureSearch {
    private let database: Database
    private let job: Int64
    private let nearness: Int
    /// The pictures that are not in the table of bands.
    private(set) var index: PictureIndex

    init(_ database: Database, job: Int64, nearness: Int, _ index: PictureIndex) {
        self.database = database
        self.job = job
        self.nearness = nearness
        self.index = index
    }

    /// A row of the job as far as the search needs it.
    fileprivate struct Place {
        var id: Int64
        var ordinal: Int
        var source: String
        var line: Int?
        var imgID: String

        func isBefore(_ other: Place) -> Bool { (ordinal, id) < (other.ordinal, other.id) }
    }

    /// A row and what its picture looks like.
    private struct Candidate {
        var place: Place
        var content: Digest
        var hash: [UInt64]
    }

    /// Records what a row's picture looks like and returns an earlier row that shows the same: of several
    /// the one that was registered first.
    mutating func record(_ picture: PictureRecord) throws -> PictureTwin? {
        guard let place = try place(of: picture.key) else {
            throw LedgerError(.unusable, "a picture was recorded for a row that was never registered")
        }
        let bands = PictureBands.all(picture.content, picture.keys)
        let twin = try twin(of: picture, at: place, bands)
        let look = try RowStatement(
            database,
            "INSERT OR REPLACE INTO picture (row, job, content, hash, keys) VALUES (?, ?, ?, ?, ?)"
        )
        try look.run(place.id, job, picture.content, picture.hash, picture.keys)
        // Entries of a picture this one replaces stay: a candidate is always compared with what is recorded now.
        index.enter(place.id, picture.hash, bands)
        return twin
    }

    /// The earlier row with the same file or, where there is none, the first one with a picture near enough.
    private func twin(of picture: PictureRecord, at row: Place, _ bands: [PictureBands.Entry]) throws -> PictureTwin? {
        let alike = try rows(inTable: bands[0], near: nil) + index.rows(with: bands[0])
        if let identical = try first(of: alike, before: row, where: { $0.content == picture.content }) {
            return PictureTwin(identical, identical: true)
        }
        let sketch = PictureBands.sketch(picture.hash)
        let near = try bands.dropFirst().flatMap { band in
            try rows(inTable: band, near: sketch) + index.rows(with: band, near: picture.hash, nearness)
        }
        return try first(of: near, before: row) { candidate in
            PictureBands.distance(candidate.hash, picture.hash).map { $0 <= nearness } ?? false
        }.map { PictureTwin($0, identical: false) }
    }

    /// The earliest rows that have a value in a band, of those in the table; not those whose sketches say that they are
    /// too far from a hash.
    private func rows(inTable entry: PictureBands.Entry, near sketch: Int64?) throws -> [Int64] {
        guard index.hasOthers else { return [] }
        let find = try RowStatement(
            database,
            "SELECT row, sketch FROM picture_band WHERE job = ? AND band = ? AND value = ? ORDER BY row LIMIT ?"
        )
        var rows: [Int64] = []
        try find.scan(job, entry, PictureIndex.rowsPerValue) { found in
            let least = sketch.map { found.isNull(1) ? 0 : PictureBands.leastDistance($0, found.int64(1)) } ?? 0
            if least <= nearness { rows.append(found.int64(0)) }
            return true
        }
        return rows
    }

    /// The first of some rows that stands before another, is of another portrait and looks as it should.
    private func first(
        of rows: [Int64],
        before row: Place,
        where isWanted: (Candidate) -> Bool
    ) throws -> Place? {
        for id in Set(rows).sorted() where id != row.id {
            guard let candidate = try candidate(id), candidate.place.isBefore(row),
                candidate.place.imgID != row.imgID || row.imgID.isEmpty, isWanted(candidate)
            else { continue }
            return candidate.place
        }
        return nil
    }

    private func place(of key: String) throws -> Place? {
        let find = try RowStatement(
            database,
            "SELECT id, ordinal, source, line, img_id FROM job_row WHERE job = ? AND appended = 0 AND key = ?"
        )
        return try find.first(job, key, read: Self.place)
    }

    /// What is recorded of a row, `nil` when nothing is.
    private func candidate(_ row: Int64) throws -> Candidate? {
        let find = try RowStatement(
            database,
            """
            SELECT id, ordinal, source, line, img_id, content, hash
            FROM picture JOIN job_row ON job_row.id = picture.row WHERE picture.row = ?
            """
        )
        return try find.first(row) { found in
            Candidate(place: Self.place(found), content: try found.digest(5), hash: found.words(6))
        }
    }

    private static func place(_ row: StoredRow) -> Place {
        Place(
            id: row.int64(0),
            ordinal: row.int(1),
            source: row.text(2),
            line: row.optionalInt(3),
            imgID: row.text(4)
        )
    }
}

extension PictureTwin {
    fileprivate init(_ place: PictureSearch.Place, identical: Bool) {
        self.init(source: place.source, line: place.line, imgID: place.imgID, identical: identical)
    }
}
