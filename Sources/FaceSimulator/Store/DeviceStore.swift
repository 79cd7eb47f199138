// SPDX-License-Identifier: Apache-2.0
import GRDB
import SystemPackage

/// What a simulated device holds: its libraries and portraits in SQLite, its pictures as files.
///
/// Every method that changes something is one transaction. Pictures are written before the transaction that
/// names them and removed after the one that forgets them, so that a kill at any point loses nothing.
struct DeviceStore: Sendable {
    let database: DatabasePool
    let folder: DeviceFolder
    let quirks: Quirks
    let clock: DeviceClock

    init(folder: DeviceFolder, quirks: Quirks, clock: DeviceClock) throws {
        self.folder = folder
        self.quirks = quirks
        self.clock = clock
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = NORMAL") }
        database = try DatabasePool(path: try folder.privateFile("device.sqlite").string, configuration: configuration)
        try Schema.migrator.migrate(database)
        try database.writeWithoutTransaction { db in
            if quirks[.imgIDGlobal] {
                try db.execute(sql: "CREATE INDEX IF NOT EXISTS portrait_by_id ON portrait (img_id)")
            }
            if quirks[.dupPicture] {
                try db.execute(
                    sql: "CREATE INDEX IF NOT EXISTS portrait_by_picture ON portrait (lib_id, received_sha256)"
                )
            }
            if quirks[.listShuffled] {
                try db.execute(
                    sql: "CREATE INDEX IF NOT EXISTS portrait_shuffled ON portrait (lib_id, \(Self.shuffledPlace))"
                )
            }
            if quirks[.retentionOn] {
                try db.execute(sql: "CREATE INDEX IF NOT EXISTS portrait_by_age ON portrait (create_time)")
            }
            try db.execute(
                sql: "INSERT OR IGNORE INTO device VALUES ('serial_id', ?)",
                arguments: ["FLSIM" + UUIDText.new().prefix(8).uppercased()]
            )
        }
        let known = try database.read { try String.fetchSet($0, sql: "SELECT img_path FROM portrait") }
        try folder.removePictures(except: known)
    }

    /// The device's serial number, made when its folder was.
    func serialID() async throws -> String {
        try await database.read { try String.fetchOne($0, sql: "SELECT value FROM device WHERE name = 'serial_id'") }
            ?? ""
    }

    /// The bytes of all stored pictures.
    func storedBytes() async throws -> Int {
        try await database.read { try Int.fetchOne($0, sql: "SELECT sum(bytes) FROM portrait") } ?? 0
    }

    /// How many portraits were ever stored, deleted by a call and deleted for their age, since the last reset.
    func tally() async throws -> (stored: Int, deleted: Int, expired: Int) {
        try await database.read { db in
            let rows = try Row.fetchAll(db, sql: "SELECT name, value FROM tally")
            let values = Dictionary(uniqueKeysWithValues: rows.map { ($0["name"] as String, $0["value"] as Int) })
            return (values["stored"] ?? 0, values["deleted"] ?? 0, values["expired"] ?? 0)
        }
    }

    /// Sets the tally to zero.
    func resetTally() async throws {
        try await database.write { try $0.execute(sql: "UPDATE tally SET value = 0") }
    }

    /// Counts portraits that came or went, in the transaction that makes them do so.
    static func count(_ name: String, _ number: Int, _ db: Database) throws {
        guard number > 0 else { return }
        try db.cachedStatement(sql: "UPDATE tally SET value = value + ? WHERE name = ?").execute(arguments: [
            number, name,
        ])
    }
}
