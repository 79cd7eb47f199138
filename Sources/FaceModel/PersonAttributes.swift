// SPDX-License-Identifier: Apache-2.0

/// What a portrait says about its person; every field may be empty.
public struct PersonAttributes: Hashable, Sendable {
    /// The person's name, `""` when unknown.
    public var name: String
    /// The identity code, `""` when unknown; never logged.
    public var identity: String
    /// The gender, `nil` when unknown.
    public var gender: Gender?
    /// The age in years, 0 to 999, `nil` when unknown.
    public var age: Int?
    /// The address, `""` when unknown; never logged.
    public var address: String

    /// The ages a device takes (interface 3.7).
    public static let ages = 0...999

    /// Collects the attributes of one person.
    ///
    /// - Parameters:
    ///   - name: The person's name.
    ///   - identity: The identity code.
    ///   - gender: The gender, if known.
    ///   - age: The age in years, if known.
    ///   - address: The address.
    public init(name: String = "", identity: String = "", gender: Gender? = nil, age: Int? = nil, address: String = "")
    {
        self.name = name
        self.identity = identity
        self.gender = gender
        self.age = age
        self.address = address
    }
}

/// A person's gender as the device writes it (interface, enumeration `person_gender`).
public enum Gender: Int, Sendable, Hashable {
    case female = 0
    case male = 1

    /// Reads the ways in which spreadsheets write a gender: `0` `1`, `f` `m`, words, 女 男; any case.
    ///
    /// - Parameter text: The cell or the part of a file name, already trimmed and not empty.
    /// - Throws: ``Rejection`` with ``Reason/genderValue``.
    public init(reading text: String) throws(Rejection) {
        switch text.lowercased() {
        case "0", "f", "female", "女": self = .female
        case "1", "m", "male", "男": self = .male
        default: throw Rejection(.genderValue, "gender \"\(text)\" is not 0 (female) or 1 (male)")
        }
    }
}

extension PersonAttributes {
    /// Reads an age as spreadsheets write it.
    ///
    /// - Parameter text: The cell or the part of a file name, already trimmed and not empty.
    /// - Returns: The age in years.
    /// - Throws: ``Rejection`` with ``Reason/ageRange``.
    public static func age(reading text: String) throws(Rejection) -> Int {
        guard let age = Int(text), ages.contains(age) else {
            throw Rejection(.ageRange, "age \"\(text)\" is not a whole number from 0 to 999")
        }
        return age
    }
}
