// SPDX-License-Identifier: Apache-2.0
import FaceModel
import GRDB

extension DeviceStore {
    /// A library, or `nil` when there is none with this id.
    func library(_ id: Int) async throws -> StoredLibrary? {
        try await database.read { try Self.library(id, $0) }
    }

    /// Libraries in the order of their creation (L8).
    func libraries(_ filter: LibraryFilter = LibraryFilter(), page: Page? = nil) async throws -> Listed<StoredLibrary> {
        var condition: SQL = "1"
        if let id = filter.id { condition += " AND lib_id = \(id)" }
        if let type = filter.type { condition += " AND lib_type = \(type)" }
        if let name = filter.name {
            condition += quirks[.nameSubstring] ? " AND instr(lib_name, \(name)) > 0" : " AND lib_name = \(name)"
        }
        let order: SQL = quirks[.sortDesc] ? "create_time DESC, lib_id DESC" : "create_time, lib_id"
        let limit: SQL = page.map { " LIMIT \($0.length) OFFSET \($0.offset)" } ?? ""
        let request: SQLRequest<StoredLibrary> = "SELECT * FROM library WHERE \(condition) ORDER BY \(order)\(limit)"
        let count: SQLRequest<Int> = "SELECT count(*) FROM library WHERE \(condition)"
        return try await database.read { db in
            Listed(records: try request.fetchAll(db), total: try count.fetchOne(db) ?? 0)
        }
    }

    /// Creates a library.
    ///
    /// - Returns: Its id: ascending and never used before, unless `lib_id_reuse` (L3).
    func createLibrary(name: String, type: LibraryType) async throws -> Int {
        let now = clock.text
        return try await database.write { [quirks] db in
            try Self.checkName(name, besides: nil, quirks, db)
            if let limit = quirks.number(.limitLibs),
                try Int.fetchOne(db, sql: "SELECT count(*) FROM library") ?? 0 >= limit
            {
                throw DeviceFault(.tooManyLibraries)
            }
            let id = quirks[.libIDReuse] ? try Self.smallestFreeID(db) : nil
            try db.execute(
                sql:
                    "INSERT INTO library (lib_id, lib_name, lib_type, create_time, update_time) VALUES (?, ?, ?, ?, ?)",
                arguments: [id, name, type.rawValue, now, now]
            )
            return Int(db.lastInsertedRowID)
        }
    }

    /// Changes name and type of a library.
    func changeLibrary(_ id: Int, name: String?, type: LibraryType?) async throws -> StoredLibrary {
        let now = clock.text
        return try await database.write { [quirks] db in
            guard let old = try Self.library(id, db) else { throw DeviceFault(.libraryMissing) }
            if let name { try Self.checkName(name, besides: id, quirks, db) }
            try db.execute(
                sql: "UPDATE library SET lib_name = ?, lib_type = ?, update_time = ? WHERE lib_id = ?",
                arguments: [name ?? old.name, type?.rawValue ?? old.type, now, id]
            )
            return try Self.library(id, db) ?? old
        }
    }

    /// Deletes a library with its portraits (L5).
    func deleteLibrary(_ id: Int) async throws {
        let paths = try await database.write { [quirks] db in
            guard let library = try Self.library(id, db) else { throw DeviceFault(.libraryMissing) }
            guard !(try Self.cameras(db).contains(where: { $0.libraryIDs.contains(id) })) else {
                throw DeviceFault(.libraryBound)
            }
            if quirks[.deleteNonempty], library.pictureCount > 0 { throw DeviceFault(.unknownError) }
            let paths = try String.fetchAll(db, sql: "SELECT img_path FROM portrait WHERE lib_id = ?", arguments: [id])
            try db.execute(sql: "DELETE FROM library WHERE lib_id = ?", arguments: [id])
            try Self.count("deleted", paths.count, db)
            return paths
        }
        removePictures(paths)
    }

    /// Removes the pictures of portraits that are gone.
    func removePictures(_ paths: [String]) {
        for path in paths where !path.isEmpty { folder.remove(folder.file(path)) }
    }

    static func library(_ id: Int, _ db: Database) throws -> StoredLibrary? {
        try StoredLibrary.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM library WHERE lib_id = ?"),
            arguments: [id]
        )
    }

    /// Moves a library's counter and time after its portraits changed (L9).
    static func touch(_ id: Int, added: Int, at time: String, _ quirks: Quirks, _ db: Database) throws {
        try db.cachedStatement(
            sql: """
                UPDATE library SET picture_no = picture_no + ?1, update_time = coalesce(?2, update_time),
                    previous_no = CASE ?1 WHEN 0 THEN previous_no ELSE picture_no END
                WHERE lib_id = ?3
                """
        ).execute(arguments: [added, quirks[.updateTimeStatic] ? nil : time, id])
    }

    private static func checkName(_ name: String, besides id: Int?, _ quirks: Quirks, _ db: Database) throws {
        guard (1...quirks.libraryNameMaximum).contains(name.count) else { throw DeviceFault(.parameter) }
        guard !quirks[.libNameDups] else { return }
        let names = try Row.fetchAll(db, sql: "SELECT lib_id, lib_name FROM library")
        let isTaken = names.contains { row in
            let other: String = row["lib_name"]
            let isSame =
                quirks[.libNameCI] ? other.lowercased() == name.lowercased() : other.utf8.elementsEqual(name.utf8)
            return isSame && row["lib_id"] as Int != id
        }
        if isTaken { throw DeviceFault(.libraryExists) }
    }

    private static func smallestFreeID(_ db: Database) throws -> Int {
        let taken = try Int.fetchSet(db, sql: "SELECT lib_id FROM library")
        return (1...(taken.count + 1)).first { !taken.contains($0) } ?? 1
    }
}
