// SPDX-License-Identifier: Apache-2.0
import GRDB

extension DeviceStore {
    /// Adds a record at the front of a library, or takes it away again, so that its pages shift (L12).
    func drift(in library: Int) async throws {
        let imgID = "drift-\(library)"
        if try await !deletePortraits([imgID], in: library, allOrNothing: false) {
            let picture = try driftPicture(in: library)
            let portrait = NewPortrait(imgID: imgID, person: Person(name: "Drift"), picture: picture)
            _ = try await store([.success(portrait)], library: library, delay: 0, stopsAtFirst: false)
            try await database.write { db in
                try db.execute(
                    sql: "UPDATE portrait SET create_time = '2000-01-01 00:00:00' WHERE lib_id = ? AND img_id = ?",
                    arguments: [library, imgID]
                )
            }
        }
    }

    private func driftPicture(in library: Int) throws -> KeptPicture {
        let bytes = try DrawnPicture.jpeg(library)
        let path = quirks[.faceOff] ? "" : "img/\(library)_\(UUIDText.new()).jpg"
        if !path.isEmpty { try folder.write(bytes, to: folder.file(path)) }
        let digest = PictureDigest.sha256(bytes)
        return KeptPicture(path: path, byteCount: bytes.count, sha256: digest, receivedSHA256: digest)
    }
}
