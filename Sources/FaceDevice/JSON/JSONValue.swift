// SPDX-License-Identifier: Apache-2.0

/// A parsed reply whose scalars are read leniently: devices send numbers as text and text as numbers
/// (interface G10).
enum JSONValue: Sendable {
    case null
    case bool(Bool)
    /// A number as it was written, so that ids of 19 digits stay exact.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([(key: String, value: JSONValue)])

    /// A member of an object, `nil` where there is none; of repeated keys the last counts (interface G15).
    subscript(_ key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key == key }?.value
    }

    /// The text of a scalar; `""` for `null`, `nil` for a list or an object.
    var text: String? {
        switch self {
        case .null: ""
        case .bool(let value): value ? "1" : "0"
        case .number(let text), .string(let text): text
        case .array, .object: nil
        }
    }

    /// A whole number from `12`, `12.0` or `"12"`.
    var integer: Int? {
        switch self {
        case .bool(let value): return value ? 1 : 0
        case .number(let text), .string(let text):
            if let value = Int(text) { return value }
            guard let value = Double(text), value == value.rounded(), abs(value) < 1e15 else { return nil }
            return Int(value)
        case .null, .array, .object: return nil
        }
    }

    /// The elements of a list, `nil` for anything else.
    var elements: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// Whether it is one of the ways to say nothing: `""`, `null`, `{}`, `[]` (interface G7).
    var isNothing: Bool {
        switch self {
        case .null: true
        case .string(let text): text.isEmpty
        case .array(let elements): elements.isEmpty
        case .object(let members): members.isEmpty
        case .bool, .number: false
        }
    }

    /// The text of a member, `""` when it is missing or no scalar.
    func text(of key: String) -> String { self[key]?.text ?? "" }
}
