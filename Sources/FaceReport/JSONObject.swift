// SPDX-License-Identifier: Apache-2.0

/// A JSON object whose keys keep the order in which they were added.
struct JSONObject {
    private var members: [(key: String, value: String)] = []

    mutating func add(_ key: String, _ text: String?) {
        members.append((key, text.map(Self.quoted) ?? "null"))
    }

    mutating func add(_ key: String, _ number: Int?) {
        members.append((key, number.map { String($0) } ?? "null"))
    }

    mutating func add(_ key: String, seconds: Double) {
        members.append((key, Figures.decimal(seconds)))
    }

    mutating func add(_ key: String, _ object: JSONObject) {
        members.append((key, object.line))
    }

    mutating func add(_ key: String, _ objects: [JSONObject]) {
        members.append((key, "[" + objects.map(\.line).joined(separator: ",") + "]"))
    }

    /// The object without any line break.
    var line: String {
        "{" + members.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
    }

    /// The object with one member a line, for files that people open.
    var page: String {
        "{\n" + members.map { "  \"\($0.key)\": \($0.value)" }.joined(separator: ",\n") + "\n}\n"
    }

    /// A JSON string.
    ///
    /// Besides what JSON demands, everything that some program takes for the end of a line is escaped, so that
    /// a line stays a line whatever reads it.
    static func quoted(_ text: String) -> String {
        let plain = text.utf8.allSatisfy { byte in
            (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
        }
        return "\"" + (plain ? text : text.unicodeScalars.map(escaped).joined()) + "\""
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}": "\\u" + hexadecimal(scalar.value)
        default: String(scalar)
        }
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
