// SPDX-License-Identifier: Apache-2.0

/// Appends JSON to an array of bytes.
struct JSONWriter {
    /// What was written so far.
    private(set) var bytes: [UInt8] = []
    /// Whether numbers and strings of digits change places inside `data` (G10).
    let looseTypes: Bool

    init(looseTypes: Bool = false) {
        self.looseTypes = looseTypes
    }

    /// Writes an object; only the members below `data` are subject to loose types.
    mutating func members(_ members: [(String, ReplyValue)]) {
        object(members) { writer, name, value in
            writer.value(value, loose: writer.looseTypes && name == "data")
        }
    }

    /// Writes any value as it is.
    mutating func value(_ value: ReplyValue) {
        self.value(value, loose: false)
    }

    private mutating func value(_ value: ReplyValue, loose: Bool) {
        switch value {
        case .null: raw("null")
        case .integer(let number): loose ? string(String(number)) : raw(String(number))
        case .decimal(let number): loose ? string("\(number)") : raw("\(number)")
        case .text(let text):
            if loose, let number = Self.plainNumber(text) { return raw(String(number)) }
            string(text)
        case .list(let items):
            raw("[")
            for (index, item) in items.enumerated() {
                if index > 0 { raw(",") }
                self.value(item, loose: loose)
            }
            raw("]")
        case .object(let members):
            object(members) { writer, _, value in writer.value(value, loose: loose) }
        }
    }

    private mutating func object(
        _ members: [(String, ReplyValue)],
        _ write: (inout Self, String, ReplyValue) -> Void
    ) {
        raw("{")
        for (index, member) in members.enumerated() {
            if index > 0 { raw(",") }
            string(member.0)
            raw(":")
            write(&self, member.0, member.1)
        }
        raw("}")
    }

    private mutating func raw(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        if text.utf8.count > 4096 || text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) {
            // Only pictures are this long, and base64 has nothing to escape.
            bytes.append(contentsOf: text.utf8)
        } else {
            for byte in text.utf8 { escaped(byte) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escaped(_ byte: UInt8) {
        switch byte {
        case 0x22, 0x5C: bytes.append(contentsOf: [0x5C, byte])
        case 0x0A: raw("\\n")
        case 0x0D: raw("\\r")
        case 0x09: raw("\\t")
        case 0..<0x20:
            let digits = String(byte, radix: 16)
            raw("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
        default: bytes.append(byte)
        }
    }

    /// The number a text says when it is written as JSON would write it: no sign, no leading zero.
    private static func plainNumber(_ text: String) -> Int? {
        guard text.utf8.count <= 15, let number = Int(text), number >= 0, String(number) == text else { return nil }
        return number
    }
}
