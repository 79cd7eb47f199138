// SPDX-License-Identifier: Apache-2.0
package import FaceModel

/// How a row of the source differs from the portrait that is stored under its id.
package struct Difference: Sendable {
    /// The attributes to change, `nil` when none differs.
    package var attributes: AttributeChange?
    /// Whether the picture is another one.
    package var image: Bool

    package init(attributes: AttributeChange? = nil, image: Bool) {
        self.attributes = attributes
        self.image = image
    }

    /// Whether nothing differs.
    package var isEmpty: Bool { attributes == nil && !image }

    /// What differs, for a report; names fields, never values.
    package var summary: String {
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
