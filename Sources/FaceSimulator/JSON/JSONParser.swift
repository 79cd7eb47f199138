// SPDX-License-Identifier: Apache-2.0

/// Reads a JSON body without touching the bytes of long strings.
///
/// A batch of portraits is a few short fields around megabytes of base64, so strings are found by their
/// quotes with `memchr` and sliced, not copied.
struct JSONParser {
    /// The body is not JSON.
    struct Malformed: Error {}

    private static let deepest = 64
    private let bytes: [UInt8]
    private var index: Int

    /// Reads one value, which must be all that the body holds.
    static func parse(_ bytes: [UInt8]) throws(Malformed) -> JSONValue {
        var parser = JSONParser(bytes)
        let value = try parser.value(depth: 0)
        parser.skipBlanks()
        guard parser.index == bytes.count else { throw Malformed() }
        return value
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    private mutating func value(depth: Int) throws(Malformed) -> JSONValue {
        guard depth < Self.deepest else { throw Malformed() }
        skipBlanks()
        switch try peek() {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(Malformed) -> JSONValue {
        index += 1
        var members: [String: JSONValue] = [:]
        skipBlanks()
        if try take(UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipBlanks()
            guard try peek() == UInt8(ascii: "\"") else { throw Malformed() }
            let name = try string().string
            skipBlanks()
            guard try take(UInt8(ascii: ":")) else { throw Malformed() }
            members[name] = try value(depth: depth + 1)
            skipBlanks()
            if try take(UInt8(ascii: "}")) { return .object(members) }
            guard try take(UInt8(ascii: ",")) else { throw Malformed() }
        }
    }

    private mutating func array(depth: Int) throws(Malformed) -> JSONValue {
        index += 1
        var items: [JSONValue] = []
        skipBlanks()
        if try take(UInt8(ascii: "]")) { return .array(items) }
        while true {
            items.append(try value(depth: depth + 1))
            skipBlanks()
            if try take(UInt8(ascii: "]")) { return .array(items) }
            guard try take(UInt8(ascii: ",")) else { throw Malformed() }
        }
    }

    private mutating func string() throws(Malformed) -> JSONText {
        let start = index + 1
        var from = start
        while let quote = ByteSearch.first(0x22, in: bytes, from: from) {
            var backslashes = 0
            while quote - backslashes > start, bytes[quote - backslashes - 1] == 0x5C { backslashes += 1 }
            guard backslashes.isMultiple(of: 2) else {
                from = quote + 1
                continue
            }
            index = quote + 1
            return JSONText(raw: bytes[start..<quote])
        }
        throw Malformed()
    }

    private mutating func number() throws(Malformed) -> JSONValue {
        let start = index
        while index < bytes.count, "+-.eE0123456789".utf8.contains(bytes[index]) { index += 1 }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        guard Double(text) != nil else { throw Malformed() }
        return .number(text)
    }

    private mutating func word(_ text: StaticString, _ value: JSONValue) throws(Malformed) -> JSONValue {
        let expected = Array(text.description.utf8)
        guard index + expected.count <= bytes.count, bytes[index..<index + expected.count].elementsEqual(expected)
        else { throw Malformed() }
        index += expected.count
        return value
    }

    private mutating func skipBlanks() {
        while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
    }

    private func peek() throws(Malformed) -> UInt8 {
        guard index < bytes.count else { throw Malformed() }
        return bytes[index]
    }

    private mutating func take(_ byte: UInt8) throws(Malformed) -> Bool {
        guard try peek() == byte else { return false }
        index += 1
        return true
    }
}
