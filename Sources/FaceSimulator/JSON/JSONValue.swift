// SPDX-License-Identifier: Apache-2.0

/// A JSON value that was received; strings stay in the body's bytes until somebody asks for them.
indirect enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(JSONText)
    case array([JSONValue])
    case object([String: JSONValue])
}

/// The characters of a received JSON string, as they stand between its quotes.
struct JSONText: Sendable {
    let raw: ArraySlice<UInt8>
    private let isJSON: Bool

    /// The characters between the quotes of a body.
    init(raw: ArraySlice<UInt8>) {
        self.raw = raw
        isJSON = true
    }

    /// Asked only for texts that somebody wants to read: pictures are decoded as they stand.
    private var hasEscapes: Bool { isJSON && raw.contains(0x5C) }

    /// A text that did not come as JSON, such as a part of a form.
    init(_ text: String) {
        raw = Array(text.utf8)[...]
        isJSON = false
    }

    /// The text; invalid UTF-8 becomes U+FFFD.
    var string: String {
        hasEscapes ? String(decoding: unescaped, as: UTF8.self) : String(decoding: raw, as: UTF8.self)
    }

    /// The bytes with every escape resolved.
    var unescaped: ArraySlice<UInt8> {
        guard hasEscapes else { return raw }
        var out: [UInt8] = []
        out.reserveCapacity(raw.count)
        var index = raw.startIndex
        while index < raw.endIndex {
            guard raw[index] == 0x5C, index + 1 < raw.endIndex else {
                out.append(raw[index])
                index += 1
                continue
            }
            index = appendEscape(at: index + 1, to: &out)
        }
        return out[...]
    }

    /// Appends the escape whose letter stands at `index`; returns where the text goes on.
    private func appendEscape(at index: Int, to out: inout [UInt8]) -> Int {
        switch raw[index] {
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "b"): out.append(0x08)
        case UInt8(ascii: "f"): out.append(0x0C)
        case UInt8(ascii: "u"):
            guard let unit = codeUnit(at: index + 1) else { return index + 1 }
            var units = [unit]
            var next = index + 5
            if UTF16.isLeadSurrogate(unit), next + 1 < raw.endIndex, raw[next] == 0x5C,
                raw[next + 1] == UInt8(ascii: "u"), let trail = codeUnit(at: next + 2)
            {
                units.append(trail)
                next += 6
            }
            out.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
            return next
        default: out.append(raw[index])
        }
        return index + 1
    }

    private func codeUnit(at index: Int) -> UInt16? {
        guard index + 4 <= raw.endIndex else { return nil }
        return UInt16(String(decoding: raw[index..<index + 4], as: UTF8.self), radix: 16)
    }
}
