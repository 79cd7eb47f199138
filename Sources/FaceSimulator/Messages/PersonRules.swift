// SPDX-License-Identifier: Apache-2.0

/// What the device accepts as img_id and as attributes (P1, P3, P5).
struct PersonRules: Sendable {
    let quirks: Quirks

    /// The id to store under: the caller's, or a new one for `nil` and `""`.
    func imgID(_ text: String?) throws(DeviceFault) -> String {
        guard let text, !text.isEmpty else { return UUIDText.new() }
        let isAllowed =
            quirks[.imgIDAny]
            ? !text.contains(",")
            : text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
                default: false
                }
            }
        guard isAllowed else { throw DeviceFault(.parameter) }
        guard text.count <= 48 else { throw DeviceFault(.imgIDTooLong) }
        return text
    }

    /// The attributes as the device stores them.
    func person(_ person: Person) throws(DeviceFault) -> Person {
        guard ["", "0", "1"].contains(person.gender) else { throw DeviceFault(.parameter) }
        let isAge =
            person.age.utf8.allSatisfy { (0x30...0x39).contains($0) }
            && (person.age.isEmpty || Int(person.age).map { $0 <= 999 } ?? false)
        guard isAge else { throw DeviceFault(.parameter) }
        var kept = person
        kept.name = try field(person.name)
        kept.identity = try field(person.identity)
        kept.address = try field(person.address)
        return kept
    }

    /// The attributes that a request carries; fields that are left out keep what `old` says (P7).
    func person(_ fields: Fields, over old: Person = Person()) throws(DeviceFault) -> Person {
        func value(_ name: String, _ old: String) throws(DeviceFault) -> String {
            guard let new = try fields.text(name) else { return old }
            return new.isEmpty && quirks[.emptyKeeps] ? old : new
        }
        return try person(
            Person(
                name: try value("person_name", old.name),
                identity: try value("person_idcard", old.identity),
                gender: try value("person_gender", old.gender),
                age: try value("person_age", old.age),
                address: try value("person_addr", old.address)
            )
        )
    }

    private func field(_ text: String) throws(DeviceFault) -> String {
        if quirks[.rejectMasks], !text.isEmpty, text.allSatisfy({ $0 == "*" }) { throw DeviceFault(.parameter) }
        guard text.count > quirks.fieldMaximum else { return text }
        guard quirks[.truncateFields] else { throw DeviceFault(.parameter) }
        return String(text.prefix(quirks.fieldMaximum))
    }
}
