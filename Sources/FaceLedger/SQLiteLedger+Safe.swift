// SPDX-License-Identifier: Apache-2.0
public import FaceModel
import Foundation
import GRDB

// The safe: portraits that are about to be changed, replaced or removed, each sealed.

extension SQLiteLedger {
    /// Keeps a portrait as it is on the device before it is changed there; returns when it is sealed and synced.
    ///
    /// An older entry of its id that is still pending goes to the trash as replaced, with what it holds.
    public func keep(_ portrait: SafePortrait) async throws {
        let content = try seal.seal(portrait)
        try await write { database in
            let number = try database.assignNumber(to: portrait.library)
            try Self.resolve(portrait.imgID, inLibrary: number, as: .replaced, database)
            try database.execute(
                sql: """
                    INSERT INTO safe_portrait (library, img_id, job, purpose, kept, content)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    number, portrait.imgID.text, portrait.job, portrait.purpose.rawValue, portrait.kept, content,
                ]
            )
        }
    }

    /// The portraits of a library that wait for a resolution, oldest first, without their content.
    public func pendingSafe(in library: LibraryKey) async throws -> [SafeEntry] {
        try await read { database in
            guard let number = try database.number(of: library) else { return [] }
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT img_id, job, purpose FROM safe_portrait
                    WHERE library = ? AND resolution IS NULL ORDER BY number
                    """,
                arguments: [number]
            )
            return try rows.map { row in
                SafeEntry(imgID: PortraitID(asListed: row[0]), job: row[1], purpose: try SafePurpose(stored: row[2]))
            }
        }
    }

    /// The pending portrait of an id with its content, `nil` when none waits.
    ///
    /// - Throws: ``LedgerError`` also when its content is damaged or was sealed with another key.
    public func safePortrait(_ id: PortraitID, in library: LibraryKey) async throws -> SafePortrait? {
        let row = try await read { database in
            try Row.fetchOne(
                database,
                sql: SealedPortrait.columns
                    + "WHERE device = ? AND device_library.library = ? AND img_id = ? AND resolution IS NULL",
                arguments: [library.device, library.library, id.text]
            ).map { try SealedPortrait($0) }
        }
        return try row?.opened(with: seal)
    }

    /// Marks what became of the pending portrait of an id: `.putBack` erases it, the others leave it to the trash.
    ///
    /// Doing so again after a crash does no harm.
    public func resolve(_ id: PortraitID, in library: LibraryKey, as resolution: SafeResolution) async throws {
        try await write(.soon) { database in
            guard let number = try database.number(of: library) else { return }
            try Self.resolve(id, inLibrary: number, as: resolution, database)
        }
    }

    private static func resolve(
        _ id: PortraitID,
        inLibrary library: Int64,
        as resolution: SafeResolution,
        _ database: Database
    ) throws {
        let pending = "WHERE library = ? AND img_id = ? AND resolution IS NULL"
        switch resolution {
        case .putBack:
            try database.execute(sql: "DELETE FROM safe_portrait \(pending)", arguments: [library, id.text])
        case .replaced, .removed:
            try database.execute(
                sql: "UPDATE safe_portrait SET resolution = ? \(pending)",
                arguments: [resolution.rawValue, library, id.text]
            )
        }
    }
}

/// A row of the safe as it stands in the ledger.
struct SealedPortrait: Sendable {
    /// What ``init(_:)`` reads, for a `WHERE` to follow.
    static let columns = """
        SELECT device, device_library.library, img_id, job, purpose, kept, content
        FROM safe_portrait JOIN device_library ON device_library.number = safe_portrait.library

        """

    private let library: LibraryKey
    private let imgID: PortraitID
    private let job: String
    private let purpose: SafePurpose
    private let kept: Double
    private let content: Data

    init(_ row: Row) throws {
        library = LibraryKey(device: row[0], library: row[1])
        imgID = PortraitID(asListed: row[2])
        job = row[3]
        purpose = try SafePurpose(stored: row[4])
        kept = row[5]
        content = row[6]
    }

    func opened(with seal: SafeSeal) throws -> SafePortrait {
        let opened = try seal.open(content, library, imgID, job)
        return SafePortrait(
            library: library,
            imgID: imgID,
            job: job,
            purpose: purpose,
            kept: kept,
            attributes: opened.attributes,
            image: opened.image
        )
    }
}
