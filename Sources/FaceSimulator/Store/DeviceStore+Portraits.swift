// SPDX-License-Identifier: Apache-2.0
import GRDB

extension DeviceStore {
    /// How 1035 compares `create_time` (L13).
    enum TimeFilter: Sendable {
        case equal(String)
        case from(String)
    }

    /// Where a portrait stands in the order of `list_shuffled`: a bijection of the numbers below 2^32 (L8).
    static let shuffledPlace = "(seq * 2654435761 & 4294967295)"

    /// A page of a library's portraits, those that can be seen by now.
    func portraits(in library: Int, page: Page, time: TimeFilter?) async throws -> Listed<StoredPortrait> {
        var condition: SQL = "lib_id = \(library)"
        switch time {
        case .equal(let text): condition += " AND create_time = \(text)"
        case .from(let text): condition += " AND create_time >= \(text)"
        case nil: break
        }
        let isPlain = time == nil && !quirks[.asyncIngest]
        if quirks[.asyncIngest] { condition += " AND visible_at <= \(clock.now)" }
        let direction: SQL = quirks[.sortDesc] ? "DESC" : "ASC"
        let tie: SQL = quirks[.unstableTies] ? "random()" : "seq"
        let order: SQL =
            if quirks[.listRandom] {
                "random()"
            } else if quirks[.listShuffled] {
                SQL(sql: Self.shuffledPlace)
            } else {
                "create_time \(direction), \(tie) \(direction)"
            }
        let request: SQLRequest<StoredPortrait> = """
            SELECT * FROM portrait WHERE \(condition) ORDER BY \(order) LIMIT \(page.length) OFFSET \(page.offset)
            """
        // The library's own counter is exact and does not grow slower with the library.
        let count: SQLRequest<Int> =
            isPlain
            ? "SELECT picture_no FROM library WHERE lib_id = \(library)"
            : "SELECT count(*) FROM portrait WHERE \(condition)"
        return try await database.read { db in
            Listed(records: try request.fetchAll(db), total: try count.fetchOne(db) ?? 0)
        }
    }

    /// A portrait that can be seen by now.
    ///
    /// - Throws: ``DeviceFault`` with -117 or -126.
    func portrait(_ imgID: String, in library: Int) async throws -> StoredPortrait {
        let now = clock.now
        return try await database.read { try Self.portrait(imgID, library, now: now, $0) }
    }

    /// Those of some portraits that are there and can be seen by now, in the order of the ids.
    func portraits(_ imgIDs: [String], in library: Int) async throws -> [StoredPortrait] {
        let now = clock.now
        return try await database.read { db in
            try imgIDs.compactMap { try Self.findPortrait($0, library, now: now, db) }
        }
    }

    /// Changes what a portrait says about its person.
    ///
    /// - Throws: ``DeviceFault`` with -117 or -126.
    func changePortrait(
        _ imgID: String,
        in library: Int,
        _ change: @escaping @Sendable (inout Person) throws -> Void
    ) async throws {
        let now = clock.now
        let time = clock.text
        try await database.write { [quirks] db in
            var person = try Self.portrait(imgID, library, now: now, db).person
            try change(&person)
            try db.execute(
                sql: """
                    UPDATE portrait SET name = ?, identity = ?, gender = ?, age = ?, address = ?
                    WHERE lib_id = ? AND img_id = ?
                    """,
                arguments: [
                    person.name, person.identity, person.gender, person.age, person.address, library, imgID,
                ]
            )
            try Self.touch(library, added: 0, at: time, quirks, db)
        }
    }

    /// Deletes portraits.
    ///
    /// - Parameters:
    ///   - imgIDs: Their ids.
    ///   - library: The library's id.
    ///   - allOrNothing: Whether one missing id keeps all the others.
    /// - Returns: Whether all of them were there.
    /// - Throws: ``DeviceFault`` with -117.
    func deletePortraits(_ imgIDs: [String], in library: Int, allOrNothing: Bool) async throws -> Bool {
        let now = clock.now
        let time = clock.text
        let (paths, isComplete) = try await database.write { [quirks] db in
            guard try Self.library(library, db) != nil else { throw DeviceFault(.libraryMissing) }
            let found = try Set(imgIDs).compactMap { try Self.findPortrait($0, library, now: now, db) }
            let isComplete = found.count == Set(imgIDs).count
            guard isComplete || !allOrNothing else { return ([String](), false) }
            for portrait in found {
                try db.cachedStatement(sql: "DELETE FROM portrait WHERE lib_id = ? AND img_id = ?")
                    .execute(arguments: [library, portrait.imgID])
            }
            if !found.isEmpty { try Self.touch(library, added: -found.count, at: time, quirks, db) }
            try Self.count("deleted", found.count, db)
            return (found.map(\.imgPath), isComplete)
        }
        removePictures(paths)
        return isComplete
    }

    private static func portrait(_ imgID: String, _ library: Int, now: Double, _ db: Database) throws -> StoredPortrait
    {
        guard try self.library(library, db) != nil else { throw DeviceFault(.libraryMissing) }
        guard let portrait = try findPortrait(imgID, library, now: now, db) else { throw DeviceFault(.portraitMissing) }
        return portrait
    }

    private static func findPortrait(
        _ imgID: String,
        _ library: Int,
        now: Double,
        _ db: Database
    ) throws -> StoredPortrait? {
        let statement = try db.cachedStatement(
            sql: "SELECT * FROM portrait WHERE lib_id = ? AND img_id = ? AND visible_at <= ?"
        )
        return try StoredPortrait.fetchOne(statement, arguments: [library, imgID, now])
    }
}
