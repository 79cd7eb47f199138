// SPDX-License-Identifier: Apache-2.0
import FaceModel
import GRDB

// How values stand in columns, and how a value that cannot be read back is reported.

extension Int: StoredValue {
    func stand(in places: inout StatementPlaces) { places.take(Int64(self)) }
}

extension Int64: StoredValue {
    func stand(in places: inout StatementPlaces) { places.take(self) }
}

extension Double: StoredValue {
    func stand(in places: inout StatementPlaces) { places.take(self) }
}

extension Bool: StoredValue {
    func stand(in places: inout StatementPlaces) { places.take(self ? 1 : 0 as Int64) }
}

extension String: StoredValue {
    func stand(in places: inout StatementPlaces) { places.take(self) }
}

extension Optional: StoredValue where Wrapped: StoredValue {
    func stand(in places: inout StatementPlaces) {
        if let self { self.stand(in: &places) } else { places.takeNull() }
    }
}

extension Digest: StoredValue {
    func stand(in places: inout StatementPlaces) { bytes.withUnsafeBytes { places.take($0) } }
}

/// The words one after another, each with its lowest byte first.
extension [UInt64]: StoredValue {
    func stand(in places: inout StatementPlaces) {
        // As they lie in memory, wherever that is so.
        if 1.littleEndian == 1 { return withUnsafeBytes { places.take($0) } }
        map(\.littleEndian).withUnsafeBytes { places.take($0) }
    }
}

extension PortraitFingerprint: StoredValue {
    /// Takes four places: `photo`, `image`, `attributes` and `hash`.
    func stand(in places: inout StatementPlaces) {
        photo.stand(in: &places)
        image.stand(in: &places)
        attributes.stand(in: &places)
        hash.stand(in: &places)
    }
}

extension StoredRow {
    func digest(_ column: Int32) throws -> Digest {
        let bytes = bytes(column)
        guard let digest = Digest(bytes: Array(bytes)) else {
            throw LedgerError(.unusable, "the ledger holds a digest of \(bytes.count) bytes")
        }
        return digest
    }

    func words(_ column: Int32) -> [UInt64] {
        let bytes = bytes(column)
        return [UInt64](unsafeUninitializedCapacity: bytes.count / 8) { words, count in
            count = words.count
            for place in words.indices {
                let word = bytes.loadUnaligned(fromByteOffset: place * 8, as: UInt64.self)
                words[place] = UInt64(littleEndian: word)
            }
        }
    }

    /// Reads the columns `photo`, `image`, `attributes` and `hash`, the first of them at `column`.
    func fingerprint(_ column: Int32) throws -> PortraitFingerprint {
        PortraitFingerprint(
            photo: try digest(column),
            image: try digest(column + 1),
            attributes: try digest(column + 2),
            hash: words(column + 3)
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
