// SPDX-License-Identifier: Apache-2.0

/// What the codes in records mean (interface appendices B, C and C1, enumerations).
///
/// Devices send more than is documented: what is not in a table has no words and passes through (interface A3, A8).
public enum RecordWords {
    /// An attribute and the meanings of its codes.
    struct Attribute {
        var title: String
        var words: [String: String]

        init(_ title: String, _ words: [String: String] = [:]) {
            self.title = title
            self.words = words
        }
    }

    /// What a field is.
    ///
    /// - Parameters:
    ///   - name: The name of a record's field.
    ///   - kind: What kind of record has it.
    /// - Returns: Its meaning, such as "mask colour"; `nil` for a field that is not one of coded attributes.
    public static func title(of name: String, in kind: RecordKind) -> String? { attribute(name, kind)?.title }

    /// What the value of a field means.
    ///
    /// - Parameters:
    ///   - name: The name of a record's field.
    ///   - text: The value as sent; several stand with commas between them.
    ///   - kind: What kind of record has it.
    /// - Returns: The meaning, `nil` for a value that has none of its own or is not documented.
    public static func words(for name: String, _ text: String, in kind: RecordKind) -> String? {
        guard !text.isEmpty else { return nil }
        if name.hasSuffix(".st_age_value") { return years(text) }
        guard let attribute = attribute(name, kind) else { return nil }
        if let words = attribute.words[text] { return words }
        // Alarm types come as a list, and so may others: what has no words keeps its code.
        let codes = text.split(separator: ",").map { String($0).filter { $0 != " " } }
        guard codes.count > 1, codes.contains(where: { attribute.words[$0] != nil }) else { return nil }
        return codes.map { attribute.words[$0] ?? $0 }.joined(separator: ", ")
    }

    private static func attribute(_ name: String, _ kind: RecordKind) -> Attribute? {
        if name == "alarm_type" { return kind == .bodyAlarms ? bodyAlarmType : faceAlarmType }
        if let attribute = codes[name] { return attribute }
        if name.hasPrefix("face_attr.") { return face[String(name.dropFirst("face_attr.".count))] }
        if name.hasPrefix("body_attr.") { return body[String(name.dropFirst("body_attr.".count))] }
        return nil
    }

    /// An age such as "26.000000" in whole years.
    private static func years(_ text: String) -> String? {
        guard let age = Double(text), (0..<1000).contains(age) else { return nil }
        return String(Int(age.rounded()))
    }

    // MARK: Codes of the records themselves

    private static let codes: [String: Attribute] = [
        "lib_type": Attribute("type of the library", ["0": "strangers", "1": "key personnel", "2": "whitelist"]),
        "alive_type": Attribute("aliveness", ["0": "unknown", "1": "not alive", "2": "alive"]),
        "event_type": Attribute("wandering", ["0": "none", "1": "wandering", "2": "staying"]),
        "person_gender": Attribute("gender", ["0": "female", "1": "male"]),
    ]

    private static let faceAlarmType = Attribute(
        "alarm",
        ["0": "none", "1": "key personnel or whitelist", "2": "stranger", "3": "hit in the stranger library"]
    )

    /// Appendix C1.
    private static let bodyAlarmType = Attribute(
        "alarm",
        [
            "0": "no alarm", "385": "fight", "386": "tumble", "387": "smoke", "388": "doze", "389": "play phone",
            "390": "no helmet", "391": "no work cloth", "394": "invade", "395": "leave post",
            "396": "over boundary", "398": "crowded", "641": "fire smoke", "705": "fire extinguisher",
        ]
    )
}
