// SPDX-License-Identifier: Apache-2.0
import GRDB

extension DeviceStore {
    /// Stores portraits in one transaction, each on its own merits.
    ///
    /// The pictures of those that are refused here are removed.
    ///
    /// - Parameters:
    ///   - rows: The portraits, or why they were refused before.
    ///   - library: The library's id.
    ///   - delay: Seconds until they can be seen (B7).
    ///   - stopsAtFirst: Whether rows after the first failure are not tried (B6).
    /// - Returns: A code for each row; `nil` for rows that were not tried.
    /// - Throws: ``DeviceFault`` with -117.
    func store(
        _ rows: [Result<NewPortrait, DeviceFault>],
        library: Int,
        delay: Double,
        stopsAtFirst: Bool
    ) async throws -> [ReturnCode?] {
        let time = clock.text
        let visibleAt = delay > 0 ? clock.now + delay : 0
        let codes = try await database.write { [quirks] db in
            guard try Self.library(library, db) != nil else { throw DeviceFault(.libraryMissing) }
            var room = try Self.room(in: library, quirks, db)
            var codes: [ReturnCode?] = []
            var added = 0
            for row in rows {
                if stopsAtFirst, codes.contains(where: { $0 != .success }) {
                    codes.append(nil)
                    continue
                }
                let code = try Self.insert(row, library, room: &room, at: time, visibleAt: visibleAt, quirks, db)
                if code == .success { added += 1 }
                codes.append(code)
            }
            if added > 0 { try Self.touch(library, added: added, at: time, quirks, db) }
            try Self.count("stored", added, db)
            return codes
        }
        for case (.success(let portrait), let code) in zip(rows, codes) where code != .success {
            removePictures([portrait.picture.path])
        }
        return codes
    }

    /// Whether any more portraits fit (L2).
    func hasRoom(in library: Int) async throws -> Bool {
        guard quirks.number(.limitImages) != nil else { return true }
        return try await database.read { [quirks] in try Self.room(in: library, quirks, $0) } > 0
    }

    /// How many more portraits fit.
    private static func room(in library: Int, _ quirks: Quirks, _ db: Database) throws -> Int {
        guard let limit = quirks.number(.limitImages) else { return .max }
        let scope: SQL = quirks.hasOption(.limitImages) ? "lib_id = \(library)" : "1"
        let request: SQLRequest<Int> = "SELECT sum(picture_no) FROM library WHERE \(scope)"
        return max(0, limit - (try request.fetchOne(db) ?? 0))
    }

    private static func insert(
        _ row: Result<NewPortrait, DeviceFault>,
        _ library: Int,
        room: inout Int,
        at time: String,
        visibleAt: Double,
        _ quirks: Quirks,
        _ db: Database
    ) throws -> ReturnCode {
        let portrait: NewPortrait
        switch row {
        case .success(let value): portrait = value
        case .failure(let fault): return fault.code
        }
        guard room > 0 else { return .tooManyImages }
        if try isTaken(portrait.imgID, library, quirks, db) { return quirks.repeatedIDCode }
        if quirks[.dupPicture], try hasPicture(portrait.picture.receivedSHA256, library, db) { return .pictureExists }
        let person = portrait.person
        try db.cachedStatement(
            sql: """
                INSERT INTO portrait (lib_id, img_id, name, identity, gender, age, address, create_time, img_path, bytes,
                    sha256, received_sha256, visible_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            library, portrait.imgID, person.name, person.identity, person.gender, person.age, person.address, time,
            portrait.picture.path, portrait.picture.byteCount, portrait.picture.sha256, portrait.picture.receivedSHA256,
            visibleAt,
        ])
        room -= 1
        return .success
    }

    private static func isTaken(_ imgID: String, _ library: Int, _ quirks: Quirks, _ db: Database) throws -> Bool {
        let sql =
            quirks[.imgIDGlobal]
            ? "SELECT 1 FROM portrait WHERE img_id = ?1"
            : "SELECT 1 FROM portrait WHERE img_id = ?1 AND lib_id = ?2"
        let arguments: StatementArguments = quirks[.imgIDGlobal] ? [imgID] : [imgID, library]
        return try Int.fetchOne(db.cachedStatement(sql: sql), arguments: arguments) != nil
    }

    private static func hasPicture(_ sha256: String, _ library: Int, _ db: Database) throws -> Bool {
        try Int.fetchOne(
            db.cachedStatement(sql: "SELECT 1 FROM portrait WHERE lib_id = ? AND received_sha256 = ?"),
            arguments: [library, sha256]
        ) != nil
    }
}
