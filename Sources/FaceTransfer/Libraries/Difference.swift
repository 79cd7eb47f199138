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

extension ListedPortrait {
    /// Which of the attributes that the device shows in clear differ from what they shall be.
    ///
    /// - Parameter wanted: The attributes of the source.
    /// - Returns: The fields to change, `nil` when none differs; masked fields count as equal.
    func change(to wanted: PersonAttributes) -> AttributeChange? {
        let target = AttributeChange(wanted)
        var change = AttributeChange()
        func differing(_ shown: String?, _ wanted: String?) -> String? {
            shown == nil || shown == wanted ? nil : wanted
        }
        change.name = differing(name, target.name)
        change.identity = differing(identity, target.identity)
        change.gender = differing(gender, target.gender)
        change.age = differing(age, target.age)
        change.address = differing(address, target.address)
        return change == AttributeChange() ? nil : change
    }

    /// Whether the device masked any field.
    var isMasked: Bool { [name, identity, gender, age, address].contains(nil) }

    /// The attributes, `nil` while any of them is masked.
    var clearAttributes: PersonAttributes? {
        guard let name, let identity, let gender, let age, let address else { return nil }
        return PersonAttributes(
            name: name,
            identity: identity,
            gender: Int(gender).flatMap(Gender.init(rawValue:)),
            age: Int(age),
            address: address
        )
    }
}
