// SPDX-License-Identifier: Apache-2.0

/// Where the tables and keys of a TOML text stand.
///
/// The TOML library says what a document means, not where; this says where, for messages and for
/// changing one value without touching the rest. It expects text that the library has accepted.
struct ConfigurationOutline {
    /// A table's heading or a key.
    struct Entry {
        /// The dotted path, such as `devices`, `hq`, `pin`.
        let path: [String]
        /// The line, from 1.
        let line: Int
        /// Whether it is a heading in brackets.
        let isHeading: Bool
        /// The bytes of the key's value, or of the heading itself.
        let range: Range<Int>
        /// The first byte of the entry.
        let start: Int
    }

    private(set) var entries: [Entry] = []
    /// The text's bytes, which the entries' ranges count.
    let bytes: [UInt8]
    private var position = 0
    private var line = 1

    /// Reads a text's outline.
    init(_ text: String) {
        bytes = Array(text.utf8)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        var heading: [String] = []
        while skipToStatement() {
            let start = position
            if current == UInt8(ascii: "[") {
                while current == UInt8(ascii: "[") { position += 1 }
                heading = dottedKey()
                while current == UInt8(ascii: "]") { position += 1 }
                add(heading, isHeading: true, range: start..<position, start: start)
                skipLine()
            } else {
                let path = heading + dottedKey()
                guard current == UInt8(ascii: "=") else {
                    skipLine()
                    continue
                }
                position += 1
                skipBlanks()
                let valueStart = position
                let startLine = line
                let end = skipValue()
                entries.append(
                    Entry(path: path, line: startLine, isHeading: false, range: valueStart..<end, start: start)
                )
            }
        }
    }

    /// The line of a heading or key, `nil` when it does not stand in the text as such.
    func line(of path: [String]) -> Int? {
        entries.first { $0.path == path }?.line
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func add(_ path: [String], isHeading: Bool, range: Range<Int>, start: Int) {
        entries.append(Entry(path: path, line: line, isHeading: isHeading, range: range, start: start))
    }

    private mutating func skipBlanks() {
        while current == UInt8(ascii: " ") || current == UInt8(ascii: "\t") { position += 1 }
    }

    private mutating func skipLine() {
        while let byte = current, byte != UInt8(ascii: "\n") { position += 1 }
    }

    private mutating func skipToStatement() -> Bool {
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
            case UInt8(ascii: "#"):
                skipLine()
                continue
            default: return true
            }
            position += 1
        }
        return false
    }

    private mutating func dottedKey() -> [String] {
        var parts: [String] = []
        repeat {
            skipBlanks()
            if let quote = current, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                let start = position
                skipString(quote)
                parts.append(String(decoding: bytes[start + 1..<max(start + 1, position - 1)], as: UTF8.self))
            } else {
                let start = position
                while let byte = current, !" \t\r\n.=]#".utf8.contains(byte) { position += 1 }
                parts.append(String(decoding: bytes[start..<position], as: UTF8.self))
            }
            skipBlanks()
        } while take(UInt8(ascii: "."))
        return parts
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    /// Skips a value and returns where it ends, without the blanks and the comment behind it.
    private mutating func skipValue() -> Int {
        var depth = 0
        var end = position
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"): skipString(byte)
            case UInt8(ascii: "#"):
                skipLine()
                continue
            case UInt8(ascii: "\n"):
                if depth == 0 { return end }
                line += 1
                position += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                position += 1
                continue
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                depth += 1
                position += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                position += 1
            default: position += 1
            }
            end = position
        }
        return end
    }

    private mutating func skipString(_ quote: UInt8) {
        let isLong = bytes[position...].starts(with: [quote, quote, quote])
        let close = [UInt8](repeating: quote, count: isLong ? 3 : 1)
        position += close.count
        while let byte = current {
            if bytes[position...].starts(with: close) {
                position += close.count
                // A long string may end with one or two quotes of its own.
                while isLong, current == quote { position += 1 }
                return
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            position += byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") ? 2 : 1
        }
    }
}
