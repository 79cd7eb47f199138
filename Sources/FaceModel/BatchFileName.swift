// SPDX-License-Identifier: Apache-2.0

/// A file name that carries a portrait's attributes.
///
/// `Name_imgid_Identity_Gender_Age_Address.ext` (interface 3.24, B1, B2). `#` stands for an empty attribute; there is no escape.
public struct BatchFileName: Hashable, Sendable {
    /// The longest name that file systems take, in bytes.
    public static let maximumBytes = 255

    /// The id text, not yet checked; `nil` where the name says `#`.
    public var imgID: String?
    /// The attributes.
    public var attributes: PersonAttributes

    /// Reads a file name's stem (without the extension).
    ///
    /// - Parameter stem: What stands before the last dot.
    /// - Throws: ``Rejection`` with ``Reason/nameFields`` for too few or blank parts,
    ///   ``Reason/nameSeparator`` for too many, ``Reason/genderValue`` or ``Reason/ageRange``.
    public init(stem: String) throws(Rejection) {
        let parts = stem.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 6 else {
            throw Rejection(.nameSeparator, "the file name has \(parts.count) parts between \"_\", not 6")
        }
        guard parts.count == 6 else {
            throw Rejection(.nameFields, "the file name has \(parts.count) of the 6 parts")
        }
        if let blank = parts.firstIndex(of: "") {
            throw Rejection(.nameFields, "part \(blank + 1) of the file name (\(Self.partNames[blank])) is blank")
        }
        let values = parts.map { $0 == "#" ? "" : $0 }
        imgID = values[1].isEmpty ? nil : values[1]
        attributes = PersonAttributes(name: values[0], identity: values[2], address: values[5])
        if !values[3].isEmpty { attributes.gender = try Gender(reading: values[3]) }
        if !values[4].isEmpty { attributes.age = try PersonAttributes.age(reading: values[4]) }
    }

    /// The file name for a portrait, or `nil` where one of its values cannot be said in one.
    ///
    /// - Parameters:
    ///   - id: The portrait's id.
    ///   - attributes: Its attributes.
    ///   - fileExtension: The extension without the dot.
    /// - Returns: The whole name; `nil` when a value holds `_`, a path separator, a quote or a control
    ///   character, is `#` itself, or when the name would be longer than ``maximumBytes``.
    public static func text(id: PortraitID, attributes: PersonAttributes, fileExtension: String) -> String? {
        let values = [
            attributes.name, id.text, attributes.identity,
            attributes.gender.map { String($0.rawValue) } ?? "", attributes.age.map { String($0) } ?? "",
            attributes.address,
        ]
        guard values.allSatisfy(isSayable) else { return nil }
        let name = values.map { $0.isEmpty ? "#" : $0 }.joined(separator: "_") + "." + fileExtension
        return name.utf8.count <= maximumBytes ? name : nil
    }

    private static let partNames = ["Name", "imgid", "Identity", "Gender", "Age", "Address"]

    private static func isSayable(_ value: String) -> Bool {
        value != "#"
            && value.unicodeScalars.allSatisfy { scalar in
                scalar.value >= 0x20 && scalar.value != 0x7F && !"_/\\\"'".unicodeScalars.contains(scalar)
            }
    }
}
