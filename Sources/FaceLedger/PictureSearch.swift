// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Foundation
import GRDB

/// Finds, within one transaction, earlier rows of a job that show the same picture.
struct PictureSearch {
    /// How many pictures of one band are compared; it bounds the work where very many look alike.
    static let candidatesPerBand = 64

    private let database: Database
    private let job: Int64
    private let nearness: Int

    init(_ database: Database, job: Int64, nearness: Int) {
        self.database = database
        self.job = job
        self.nearness = nearness
    }

    /// A row of the job as far as the search needs it.
    fileprivate struct Place {
        var id: Int64
        var ordinal: Int
        var source: String
        var line: Int?
        var imgID: String

        init(_ row: Row) {
            (id, ordinal, source, line, imgID) = (row[0], row[1], row[2], row[3], row[4])
        }

        func isBefore(_ other: Place) -> Bool { (ordinal, id) < (other.ordinal, other.id) }
    }

    /// Records what a row's picture looks like and returns an earlier row that shows the same: of several
    /// the one that was registered first.
    func record(_ picture: PictureRecord) throws -> PictureTwin? {
        guard let place = try place(where: "job = ? AND appended = 0 AND key = ?", [job, picture.key]) else {
            throw LedgerError(.unusable, "a picture was recorded for a row that was never registered")
        }
        let bands = [PictureBands.content(picture.content)] + PictureBands.keys(picture.keys)
        let twin = try twin(of: picture, at: place, bands)
        let look = try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO picture (row, job, content, hash) VALUES (?, ?, ?, ?)"
        )
        try look.execute(arguments: [place.id, job, picture.content.stored, picture.hash.stored])
        // Entries of a picture this one replaces stay: a candidate is always compared with what is recorded now.
        try database.cachedStatement(sql: Self.texts(bands.count).enter).execute(arguments: arguments(place, bands))
        return twin
    }

    /// The earlier row with the same file or, where there is none, the first one with a picture near enough.
    private func twin(of picture: PictureRecord, at row: Place, _ bands: [PictureBands.Entry]) throws -> PictureTwin? {
        let (content, hash) = (picture.content.stored, picture.hash.stored)
        let statement = try database.cachedStatement(sql: Self.texts(bands.count).search)
        let candidates = try Row.fetchCursor(statement, arguments: arguments(row, bands))
        var nearest: Place?
        while let candidate = try candidates.next() {
            let id: Int64 = candidate[1]
            let isContent = candidate[0] as Int64 == 0
            guard isContent || id < nearest?.id ?? .max else { continue }
            let isMatch = isContent ? (candidate[2] as Data) == content : try isNear(candidate, hash)
            guard isMatch, let place = try place(where: "id = ?", [id]), place.isBefore(row),
                place.imgID != row.imgID || place.imgID.isEmpty
            else { continue }
            if isContent { return PictureTwin(place, identical: true) }
            nearest = place
        }
        return nearest.map { PictureTwin($0, identical: false) }
    }

    private func isNear(_ candidate: Row, _ hash: Data) throws -> Bool {
        try candidate.withUnsafeData(atIndex: 3) { other in
            guard let distance = other.flatMap({ PictureBands.distance($0, hash) }) else { return false }
            return distance <= nearness
        }
    }

    /// What the statements below take: the job, the row, and a band and its value in turn.
    private func arguments(_ row: Place, _ bands: [PictureBands.Entry]) -> StatementArguments {
        StatementArguments([job, row.id] + bands.flatMap { [$0.band, $0.value] })
    }

    /// The two statements for a picture with so many bands; those of the usual number are made once.
    private static func texts(_ bands: Int) -> (search: String, enter: String) {
        bands == usual.bands ? usual.texts : (search(bands), enter(bands))
    }

    private static let usual = (bands: 9, texts: (search: search(9), enter: enter(9)))

    /// Looks for other rows in some bands at once, that of the content first; each gives its earliest rows.
    private static func search(_ bands: Int) -> String {
        let parts = (0..<bands).map { band in
            """
            SELECT * FROM (
                SELECT band, picture.row, picture.content, picture.hash
                FROM picture_band CROSS JOIN picture ON picture.row = picture_band.row
                WHERE picture_band.job = ?1 AND band = ?\(band * 2 + 3) AND value = ?\(band * 2 + 4)
                    AND picture_band.row <> ?2
                ORDER BY picture_band.row LIMIT \(candidatesPerBand)
            )
            """
        }
        return parts.joined(separator: " UNION ALL ")
    }

    /// Enters a row in some bands.
    private static func enter(_ bands: Int) -> String {
        let values = (0..<bands).map { "(?1, ?\($0 * 2 + 3), ?\($0 * 2 + 4), ?2)" }
        return "INSERT OR IGNORE INTO picture_band (job, band, value, row) VALUES " + values.joined(separator: ", ")
    }

    private func place(where condition: String, _ arguments: StatementArguments) throws -> Place? {
        let statement = try database.cachedStatement(
            sql: "SELECT id, ordinal, source, line, img_id FROM job_row WHERE \(condition)"
        )
        return try Row.fetchOne(statement, arguments: arguments).map(Place.init)
    }
}

extension PictureTwin {
    fileprivate init(_ place: PictureSearch.Place, identical: Bool) {
        self.init(source: place.source, line: place.line, imgID: place.imgID, identical: identical)
    }
}
