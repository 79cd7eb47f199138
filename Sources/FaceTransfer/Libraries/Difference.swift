// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel

/// How a row of the source differs from the portrait that is stored under its id.
struct Difference: Sendable {
    /// The attributes to change, `nil` when none differs.
    var attributes: AttributeChange?
    /// Whether the picture is another one.
    var image: Bool

    /// Whether nothing differs.
    var isEmpty: Bool { attributes == nil && !image }

    /// What differs, for a report; names fields, never values.
    var summary: String {
        var fields: [String] = []
        if attributes?.name != nil { fields.append("name") }
        if attributes?.identity != nil { fields.append("identity") }
        if attributes?.gender != nil { fields.append("gender") }
        if attributes?.age != nil { fields.append("age") }
        if attributes?.address != nil { fields.append("address") }
        if image { fields.append("picture") }
        return fields.joined(separator: ", ")
    }
}
