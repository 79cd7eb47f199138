// SPDX-License-Identifier: Apache-2.0
import GRDB

extension DeviceStore {
    /// Adds cameras until there are so many; those that are there stay as they are.
    ///
    /// The first one is bound to `libraries` when it is added.
    func drawCameras(_ count: Int, firstBoundTo libraries: [Int]) throws {
        try database.write { db in
            let have = try Int.fetchOne(db, sql: "SELECT max(channel) FROM camera") ?? 0
            for channel in have + 1..<max(count, have) + 1 {
                let camera = DrawnCamera(channel: channel).stored(boundTo: channel == 1 ? libraries : [])
                try db.execute(
                    sql: "INSERT INTO camera VALUES (?, ?)",
                    arguments: [channel, String(camera.kind.rawValue)]
                )
                try Self.set(camera.values, of: channel, db)
            }
        }
    }

    /// The cameras in the order of their channels.
    func cameras() async throws -> [StoredCamera] { try await database.read { try Self.cameras($0) } }

    /// Changes a camera.
    ///
    /// - Parameters:
    ///   - channel: The camera's channel.
    ///   - changes: Says, of a camera of this kind, which fields get which values.
    /// - Throws: ``DeviceFault`` for a channel or a library that is not there (C2).
    func changeCamera(_ channel: Int, to changes: @Sendable (CameraKind) throws -> [String: String]) async throws {
        try await database.write { [quirks] db in
            guard var camera = try Self.cameras(db).first(where: { $0.channel == channel }) else {
                throw DeviceFault(.cameraUnknown)
            }
            camera.values = try changes(camera.kind)
            for id in camera.libraryIDs where !quirks[.libIDsUnknownOK] {
                guard try Self.library(id, db) != nil else { throw DeviceFault(.libraryMissing) }
            }
            try Self.set(camera.values, of: channel, db)
        }
    }

    static func cameras(_ db: Database) throws -> [StoredCamera] {
        let kinds = try Row.fetchAll(db, sql: "SELECT channel, kind FROM camera ORDER BY channel")
        let values = try Row.fetchAll(db, sql: "SELECT channel, field, value FROM camera_field")
        let grouped = Dictionary(grouping: values) { $0["channel"] as Int }
        return kinds.compactMap { row in
            let channel: Int = row["channel"]
            return CameraKind(rawValue: Character(row["kind"] as String)).map { kind in
                let fields = (grouped[channel] ?? []).map { ($0["field"] as String, $0["value"] as String) }
                return StoredCamera(channel: channel, kind: kind, values: Dictionary(uniqueKeysWithValues: fields))
            }
        }
    }

    private static func set(_ values: [String: String], of channel: Int, _ db: Database) throws {
        for (field, value) in values {
            try db.cachedStatement(sql: "INSERT OR REPLACE INTO camera_field VALUES (?, ?, ?)")
                .execute(arguments: [channel, field, value])
        }
    }
}
