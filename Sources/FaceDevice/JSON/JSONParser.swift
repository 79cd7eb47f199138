// SPDX-License-Identifier: Apache-2.0

/// A strict JSON parser (RFC 8259) for replies, which may hold an image of megabytes in one string.
///
/// Linear in the size of the text; nesting is limited, because replies come from outside.
struct JSONParser {
    /// Why a text is not JSON, with the byte at which it stops being.
    struct Failure: Error, CustomStringConvertible {
        var reason: String
        var offset: Int
        var description: String { "\(reason) at byte \(offset)" }
    }

    private static let maximumDepth = 64

    private let bytes: [UInt8]
    private var position = 0

    /// Parses a whole text; a byte order mark before it is passed over (interface G12).
    static func value(of bytes: [UInt8]) throws(Failure) -> JSONValue {
        var parser = JSONParser(bytes: bytes)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
        let value = try parser.value(depth: 0)
        parser.skipBlanks()
        guard parser.position == bytes.count else { throw parser.failure("something follows the value") }
        return value
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func failure(_ reason: String) -> Failure { Failure(reason: reason, offset: position) }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(Failure) -> JSONValue {
        guard depth < Self.maximumDepth else { throw failure("nested too deeply") }
        skipBlanks()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"): return .number(try number())
        case .some(let byte) where isDigit(byte): return .number(try number())
        case nil: throw failure("the text ends early")
        default: throw failure("unexpected character")
        }
    }

    private mutating func object(depth: Int) throws(Failure) -> JSONValue {
        position += 1
        var members: [(key: String, value: JSONValue)] = []
        skipBlanks()
        if skip(UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipBlanks()
            guard next == UInt8(ascii: "\"") else { throw failure("a key is missing") }
            let key = try string()
            skipBlanks()
            guard skip(UInt8(ascii: ":")) else { throw failure("\":\" is missing") }
            members.append((key, try value(depth: depth + 1)))
            skipBlanks()
            if skip(UInt8(ascii: "}")) { return .object(members) }
            guard skip(UInt8(ascii: ",")) else { throw failure("\",\" or \"}\" is missing") }
        }
    }

    private mutating func array(depth: Int) throws(Failure) -> JSONValue {
        position += 1
        var elements: [JSONValue] = []
        skipBlanks()
        if skip(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            elements.append(try value(depth: depth + 1))
            skipBlanks()
            if skip(UInt8(ascii: "]")) { return .array(elements) }
            guard skip(UInt8(ascii: ",")) else { throw failure("\",\" or \"]\" is missing") }
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(Failure) -> JSONValue {
        for byte in word.description.utf8 {
            guard skip(byte) else { throw failure("unexpected word") }
        }
        return value
    }

    private mutating func number() throws(Failure) -> String {
        let start = position
        _ = skip(UInt8(ascii: "-"))
        guard let first = next, isDigit(first) else { throw failure("a digit is missing") }
        position += 1
        if first != UInt8(ascii: "0") { skipDigits() }
        if skip(UInt8(ascii: ".")) {
            guard let digit = next, isDigit(digit) else { throw failure("a digit is missing") }
            skipDigits()
        }
        if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
            if !skip(UInt8(ascii: "-")) { _ = skip(UInt8(ascii: "+")) }
            guard let digit = next, isDigit(digit) else { throw failure("a digit is missing") }
            skipDigits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0") <= byte && byte <= UInt8(ascii: "9") }

    private mutating func skipDigits() {
        while let byte = next, isDigit(byte) { position += 1 }
    }

    private mutating func string() throws(Failure) -> String {
        position += 1
        var unescaped: [UInt8] = []
        var start = position
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                defer { position += 1 }
                if unescaped.isEmpty { return String(decoding: bytes[start..<position], as: UTF8.self) }
                unescaped.append(contentsOf: bytes[start..<position])
                return String(decoding: unescaped, as: UTF8.self)
            case UInt8(ascii: "\\"):
                unescaped.append(contentsOf: bytes[start..<position])
                position += 1
                try escape(into: &unescaped)
                start = position
            case 0..<0x20: throw failure("a control character stands in a text")
            default: position += 1
            }
        }
        throw failure("a text does not end")
    }

    private mutating func escape(into output: inout [UInt8]) throws(Failure) {
        guard let byte = next else { throw failure("a text does not end") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): output.append(byte)
        case UInt8(ascii: "b"): output.append(0x08)
        case UInt8(ascii: "f"): output.append(0x0C)
        case UInt8(ascii: "n"): output.append(0x0A)
        case UInt8(ascii: "r"): output.append(0x0D)
        case UInt8(ascii: "t"): output.append(0x09)
        case UInt8(ascii: "u"): output.append(contentsOf: String(try escapedScalar()).utf8)
        default: throw failure("unknown escape")
        }
    }

    /// The scalar of `\uXXXX` or of a pair of them; a lone half becomes the replacement character.
    private mutating func escapedScalar() throws(Failure) -> Unicode.Scalar {
        let replacement: Unicode.Scalar = "\u{FFFD}"
        let first = try codeUnit()
        guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) ?? replacement }
        let mark = position
        guard skip(UInt8(ascii: "\\")), skip(UInt8(ascii: "u")) else {
            position = mark
            return replacement
        }
        let second = try codeUnit()
        guard (0xDC00..<0xE000).contains(second) else {
            position = mark
            return replacement
        }
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? replacement
    }

    private mutating func codeUnit() throws(Failure) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw failure("\"\\u\" without four digits")
            }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }
}
