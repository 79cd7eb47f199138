// SPDX-License-Identifier: Apache-2.0
import GRDB

/// What a portrait says about its person, as the device keeps it: texts, all of them (P4).
struct Person: Sendable, Equatable {
    var name = ""
    var identity = ""
    var gender = ""
    var age = ""
    var address = ""
}

/// A portrait as the device keeps it.
struct StoredPortrait: Sendable, FetchableRecord {
    var libraryID: Int
    var imgID: String
    var person: Person
    var createTime: String
    var imgPath: String
    var byteCount: Int
    var sha256: String
    var receivedSHA256: String

    init(row: Row) {
        libraryID = row["lib_id"]
        imgID = row["img_id"]
        person = Person(
            name: row["name"],
            identity: row["identity"],
            gender: row["gender"],
            age: row["age"],
            address: row["address"]
        )
        createTime = row["create_time"]
        imgPath = row["img_path"]
        byteCount = row["bytes"]
        sha256 = row["sha256"]
        receivedSHA256 = row["received_sha256"]
    }
}

/// A picture that was accepted and written, waiting for the transaction that gives it to a portrait.
struct KeptPicture: Sendable {
    /// `img/…`, or `""` when the device does not keep pictures (P15).
    var path: String
    var byteCount: Int
    var sha256: String
    var receivedSHA256: String
}

/// A portrait that is ready to be stored.
struct NewPortrait: Sendable {
    var imgID: String
    var person: Person
    var picture: KeptPicture
}
