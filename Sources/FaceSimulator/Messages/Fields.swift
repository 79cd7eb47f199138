// SPDX-License-Identifier: Apache-2.0

/// The fields of a request, whether they came as JSON or as parts of a form.
///
/// Scalars are read leniently, `"12"` for `12` and back (G10), unless `isStrict`. A field that is `null` is
/// as good as left out.
struct Fields: Sendable {
    private let values: [String: JSONValue]
    private let isStrict: Bool

    init(_ values: [String: JSONValue], isStrict: Bool) {
        self.values = values
        self.isStrict = isStrict
    }

    /// The text parts of a form; they have no types to be strict about.
    init(form: [String: String]) {
        self.init(form.mapValues { .string(JSONText($0)) }, isStrict: false)
    }

    /// A text, `nil` when it is left out.
    func text(_ name: String) throws(DeviceFault) -> String? {
        switch values[name] {
        case nil, .null: return nil
        case .string(let text): return text.string
        case .number(let text) where !isStrict: return Self.wholeNumber(text).map { String($0) } ?? text
        default: throw DeviceFault(.parameter)
        }
    }

    /// A whole number, `nil` when it is left out or an empty text.
    func integer(_ name: String) throws(DeviceFault) -> Int? {
        let text: String
        switch values[name] {
        case nil, .null: return nil
        case .number(let number): text = number
        case .string(let string) where !isStrict:
            guard !string.raw.isEmpty else { return nil }
            text = string.string
        default: throw DeviceFault(.parameter)
        }
        guard let number = Self.wholeNumber(text) else { throw DeviceFault(.parameter) }
        return number
    }

    /// A text that must be there and not empty.
    func requiredText(_ name: String) throws(DeviceFault) -> String {
        guard let text = try text(name), !text.isEmpty else { throw DeviceFault(.parameter) }
        return text
    }

    /// Ids with commas between them, 1 to 50, each once.
    func requiredIDs(_ name: String) throws(DeviceFault) -> [String] {
        var ids: [String] = []
        for part in try requiredText(name).split(separator: ",") {
            let id = String(part.trimmingPrefix { $0 == " " })
            if !id.isEmpty, !ids.contains(id) { ids.append(id) }
        }
        guard (1...50).contains(ids.count) else { throw DeviceFault(.parameter) }
        return ids
    }

    /// A whole number that must be there.
    func requiredInteger(_ name: String) throws(DeviceFault) -> Int {
        guard let number = try integer(name) else { throw DeviceFault(.parameter) }
        return number
    }

    /// A picture `{filename, data}` that must be there (P13).
    func requiredPicture(_ name: String) throws(DeviceFault) -> EncodedPicture {
        guard let value = values[name] else { throw DeviceFault(.parameter) }
        return try EncodedPicture(value)
    }

    /// A list of pictures that must be there and not empty.
    func requiredPictures(_ name: String) throws(DeviceFault) -> [EncodedPicture] {
        guard case .array(let items) = values[name], !items.isEmpty else { throw DeviceFault(.parameter) }
        return try items.map { item throws(DeviceFault) in try EncodedPicture(item) }
    }

    /// 12 for `12`, `12.0` and `1.2e1`.
    private static func wholeNumber(_ text: String) -> Int? {
        if let number = Int(text) { return number }
        return Double(text).flatMap { Int(exactly: $0) }
    }
}
