// SPDX-License-Identifier: Apache-2.0

/// A capture, an alarm or a stranger as a query shows it, with every field that the device sent.
public struct DeviceRecord: Sendable, Hashable {
    /// One value of a record.
    public struct Field: Sendable, Hashable {
        /// The device's name of it; members of an object follow a dot (`face_attr.gender_code`).
        public var name: String
        /// The value as sent, `nil` where the device masked it (design rule 3).
        public var text: String?
        /// What the value means, `nil` for one that stands for itself or is not documented.
        public var words: String?

        /// Takes a value.
        ///
        /// - Parameters:
        ///   - name: The device's name of it.
        ///   - text: The value as sent, `nil` for a masked one.
        ///   - words: What the value means.
        public init(name: String, text: String?, words: String? = nil) {
            self.name = name
            self.text = text
            self.words = words
        }
    }

    /// What exports of chosen records take: `snap_id`, for strangers `person_id`; `""` when the device named none.
    ///
    /// Not unique: a capture that matched several portraits is listed once for each.
    public var id: String
    /// The path of the captured image for ``Device/download(_:to:)`` (`snap_path`), `""` when there is none.
    public var imagePath: String
    /// The path of the image of the portrait or stranger it matched (`img_path`), `""` when there is none.
    public var matchedImagePath: String
    /// Every field in the order in which the device sent them.
    public var fields: [Field]

    /// Collects a record.
    ///
    /// - Parameters:
    ///   - id: What exports of chosen records take.
    ///   - imagePath: The path of the captured image.
    ///   - matchedImagePath: The path of the image that it matched.
    ///   - fields: Every field.
    public init(id: String, imagePath: String, matchedImagePath: String, fields: [Field]) {
        self.id = id
        self.imagePath = imagePath
        self.matchedImagePath = matchedImagePath
        self.fields = fields
    }

    /// The text of a field.
    ///
    /// - Parameter name: The device's name of it.
    /// - Returns: The text; `nil` when the record has no such field, or the device masked it.
    public subscript(_ name: String) -> String? { fields.first { $0.name == name }?.text }
}

/// One page of records.
public struct RecordPage: Sendable {
    /// The records of this page.
    public var records: [DeviceRecord]
    /// How many records the device counts in all.
    public var total: Int

    /// Collects a page.
    ///
    /// - Parameters:
    ///   - records: The records of this page.
    ///   - total: How many there are in all.
    public init(records: [DeviceRecord], total: Int) {
        self.records = records
        self.total = total
    }
}
