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
        let content = PictureBands.content(picture.content)
        let bands = PictureBands.keys(picture.keys)
        let twin = try twin(of: picture, at: place, content: content, bands: bands)

        let look = try database.cachedStatement(
            sql: "INSERT OR REPLACE INTO picture (row, job, content, hash) VALUES (?, ?, ?, ?)"
        )
        try look.execute(arguments: [place.id, job, picture.content.stored, picture.hash.stored])
        // Entries of a picture this one replaces stay: a candidate is always compared with what is recorded now.
        let entry = try database.cachedStatement(
            sql: "INSERT OR IGNORE INTO picture_band (job, band, value, row) VALUES (?, ?, ?, ?)"
        )
        for band in [content] + bands { try entry.execute(arguments: [job, band.band, band.value, place.id]) }
        return twin
    }

    private func twin(
        of picture: PictureRecord,
        at place: Place,
        content: PictureBands.Entry,
        bands: [PictureBands.Entry]
    ) throws -> PictureTwin? {
        let digest = picture.content.stored
        let identical = try first(in: content, for: place, registeredBefore: .max) { candidate in
            (candidate[1] as Data) == digest
        }
        if let identical { return PictureTwin(identical, identical: true) }
        let hash = picture.hash.stored
        var nearest: Place?
        for band in bands {
            let found = try first(in: band, for: place, registeredBefore: nearest?.id ?? .max) { candidate in
                try candidate.withUnsafeData(atIndex: 2) { other in
                    guard let distance = other.flatMap({ PictureBands.distance($0, hash) }) else { return false }
                    return distance <= nearness
                }
            }
            nearest = found ?? nearest
        }
        return nearest.map { PictureTwin($0, identical: false) }
    }

    /// The first row of a band whose picture matches, that stands earlier in the source and has another id.
    private func first(
        in entry: PictureBands.Entry,
        for row: Place,
        registeredBefore limit: Int64,
        where isMatch: (Row) throws -> Bool
    ) throws -> Place? {
        let statement = try database.cachedStatement(
            sql: """
                SELECT picture.row, picture.content, picture.hash
                FROM picture_band CROSS JOIN picture ON picture.row = picture_band.row
                WHERE picture_band.job = ? AND band = ? AND value = ? AND picture_band.row < ?
                ORDER BY picture_band.row LIMIT \(Self.candidatesPerBand)
                """
        )
        let candidates = try Row.fetchCursor(statement, arguments: [job, entry.band, entry.value, limit])
        while let candidate = try candidates.next() {
            let id: Int64 = candidate[0]
            guard id != row.id, try isMatch(candidate), let place = try place(where: "id = ?", [id]) else { continue }
            if place.isBefore(row), place.imgID != row.imgID || place.imgID.isEmpty { return place }
        }
        return nil
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
