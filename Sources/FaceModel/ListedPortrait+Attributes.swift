// SPDX-License-Identifier: Apache-2.0

extension ListedPortrait {
    /// Which of the attributes that the device shows in clear differ from what they shall be.
    ///
    /// - Parameter wanted: The attributes of the source.
    /// - Returns: The fields to change, `nil` when none differs; masked fields count as equal.
    package func change(to wanted: PersonAttributes) -> AttributeChange? {
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
    package var isMasked: Bool { [name, identity, gender, age, address].contains(nil) }

    /// The attributes, `nil` while any of them is masked.
    package var clearAttributes: PersonAttributes? {
        guard let name, let identity, let gender, let age, let address else { return nil }
        return PersonAttributes(
            name: name,
            identity: identity,
            gender: Int(gender).flatMap(Gender.init(rawValue:)),
            age: Int(age),
            address: address
        )
    }

    /// The fields to change so that the portrait says what it shall: what is masked is set in any case.
    package func changeBehindMasks(to wanted: PersonAttributes) -> AttributeChange {
        var change = change(to: wanted) ?? AttributeChange()
        let all = AttributeChange(wanted)
        if name == nil { change.name = all.name }
        if identity == nil { change.identity = all.identity }
        if gender == nil { change.gender = all.gender }
        if age == nil { change.age = all.age }
        if address == nil { change.address = all.address }
        return change
    }

    /// Takes over the fields that are masked here and in clear there.
    package mutating func fill(from other: ListedPortrait) {
        name = name ?? other.name
        identity = identity ?? other.identity
        gender = gender ?? other.gender
        age = age ?? other.age
        address = address ?? other.address
    }

    /// The names of the fields that are masked, for a sentence.
    package var maskedFields: [String] {
        [
            (name, "name"), (identity, "identity code"), (gender, "gender"), (age, "age"), (address, "address"),
        ].filter { $0.0 == nil }.map(\.1)
    }

    /// The attributes, those that are masked left empty.
    package var shownAttributes: PersonAttributes {
        var shown = self
        shown.fill(
            from: ListedPortrait(
                id: id,
                imagePath: imagePath,
                createTime: createTime,
                name: "",
                identity: "",
                gender: "",
                age: "",
                address: ""
            )
        )
        return shown.clearAttributes ?? PersonAttributes()
    }
}
