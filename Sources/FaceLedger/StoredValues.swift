// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Foundation
import GRDB

// How values stand in columns, and how a value that cannot be read back is reported.

extension Digest {
    var stored: Data { Data(bytes) }

    init(stored: Data) throws {
        guard let digest = Digest(bytes: Array(stored)) else {
            throw LedgerError(.unusable, "the ledger holds a digest of \(stored.count) bytes")
        }
        self = digest
    }
}

extension [UInt64] {
    /// The words one after another, each with its lowest byte first.
    var stored: Data {
        var data = Data(capacity: count * 8)
        for word in self {
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                data.append(UInt8(truncatingIfNeeded: word >> shift))
            }
        }
        return data
    }

    init(stored: Data) {
        self = stored.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count - 7, by: 8).map { offset in
                UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            }
        }
    }
}

extension PortraitFingerprint {
    /// Reads the columns `photo`, `image`, `attributes` and `hash`, the first of them at `index`.
    init(_ row: Row, at index: Int) throws {
        self.init(
            photo: try Digest(stored: row[index]),
            image: try Digest(stored: row[index + 1]),
            attributes: try Digest(stored: row[index + 2]),
            hash: [UInt64](stored: row[index + 3])
        )
    }
}

extension RawRepresentable where RawValue == String {
    /// Reads a word of a closed list; one that is not on it was written by a newer facelib.
    init(stored: String) throws {
        guard let value = Self(rawValue: stored) else {
            throw LedgerError(
                .newerFormat,
                "the ledger holds \"\(stored)\", which this facelib does not know; use the newer one that wrote it"
            )
        }
        self = value
    }
}

extension Database {
    /// The number under which a job's rows are kept.
    func number(ofJob id: String) throws -> Int64 {
        let statement = try cachedStatement(sql: "SELECT number FROM job WHERE id = ?")
        guard let number = try Int64.fetchOne(statement, arguments: [id]) else {
            throw LedgerError(.unusable, "the ledger has no job \(id)")
        }
        return number
    }

    /// The number under which a library's portraits are kept, `nil` when nothing was ever kept of it.
    func number(of library: LibraryKey) throws -> Int64? {
        let statement = try cachedStatement(
            sql: "SELECT number FROM device_library WHERE device = ? AND library = ?"
        )
        return try Int64.fetchOne(statement, arguments: [library.device, library.library])
    }

    /// The number under which a library's portraits are kept, given out when there is none yet.
    func assignNumber(to library: LibraryKey) throws -> Int64 {
        if let number = try number(of: library) { return number }
        try execute(
            sql: "INSERT INTO device_library (device, library) VALUES (?, ?)",
            arguments: [library.device, library.library]
        )
        return lastInsertedRowID
    }
}
