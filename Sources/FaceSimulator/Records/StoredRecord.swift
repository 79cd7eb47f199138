// SPDX-License-Identifier: Apache-2.0
import GRDB

/// A record as the device keeps it, with what is known now about the library and the person it was matched with.
struct StoredRecord: Sendable, FetchableRecord {
    /// What it shows; attributes and the like follow from kind and number.
    var drawn: DrawnRecord
    var snapID: String
    var channel: Int
    var time: String
    var aliveType: Int?
    var path: String
    var sha256: String
    /// The library and the person in it; `nil` for bodies, and while there is no portrait to match.
    var match: Match?
    /// The portrait of a match in a library, while it is there.
    var portrait: Portrait?

    /// What an alarm says of the portrait that raised it.
    struct Portrait: Sendable {
        var person: Person
        var createTime: String
        var imgPath: String
    }

    /// Whom a face was found to be.
    struct Match: Sendable {
        var libraryID: Int
        /// The library's name now (Q8); `""` for the stranger library and one that is gone.
        var libraryName: String
        var libraryType: Int
        var imgID: String
        /// How often a stranger was seen.
        var appearCount: Int
        /// The stranger's own picture: where it was taken, when, and where it lies.
        var strangerChannel: Int
        var strangerTime: String
        var strangerPath: String
    }

    init(row: Row) {
        let kind = RecordKind(rawValue: row["kind"]) ?? .captures
        drawn = DrawnRecord(kind: kind, number: row["number"])
        snapID = row["snap_id"]
        channel = row["channel"]
        time = row["snap_time"]
        aliveType = row["alive_type"]
        path = row["snap_path"]
        sha256 = row["sha256"]
        if let library: Int = row["match_lib_id"], let imgID: String = row["match_img_id"] {
            match = Match(
                libraryID: library,
                libraryName: row["lib_name"] ?? "",
                libraryType: row["lib_type"] ?? 0,
                imgID: imgID,
                appearCount: max(1, row["appear_count"]),
                strangerChannel: row["stranger_channel"] ?? 0,
                strangerTime: row["stranger_time"] ?? "",
                strangerPath: row["stranger_path"] ?? ""
            )
        }
        if let imgPath: String = row["img_path"] {
            portrait = Portrait(
                person: Person(
                    name: row["name"],
                    identity: row["identity"],
                    gender: row["gender"],
                    age: row["age"],
                    address: row["address"]
                ),
                createTime: row["create_time"],
                imgPath: imgPath
            )
        }
    }
}
