// SPDX-License-Identifier: Apache-2.0
import FaceModel
import GRDB

/// A portrait library as the device keeps it.
struct StoredLibrary: Sendable, FetchableRecord {
    /// The stranger library's fixed id.
    static let greylistID = 2_147_483_647

    var id: Int
    var name: String
    var type: Int
    var createTime: String
    var updateTime: String
    var pictureCount: Int
    /// How many there were before portraits last came or went.
    var previousCount: Int

    init(row: Row) {
        id = row["lib_id"]
        name = row["lib_name"]
        type = row["lib_type"]
        createTime = row["create_time"]
        updateTime = row["update_time"]
        pictureCount = row["picture_no"]
        previousCount = row["previous_no"]
    }
}

/// What 1034 may select libraries by; `nil` selects all.
struct LibraryFilter: Sendable {
    var id: Int?
    var name: String?
    var type: Int?
}
