// SPDX-License-Identifier: Apache-2.0

/// Tells code from what only speaks of code.
///
/// Regular expression literals are read as code; a quote in one would be taken for a string's.
enum SwiftCode {
    /// Blanks out comments and the text of strings, keeping every line where it is.
    ///
    /// What stands in an interpolation is code.
    ///
    /// - Parameter text: Swift source.
    /// - Returns: Text with the same lines.
    static func withoutProse(_ text: String) -> String {
        var reader = ProseReader(bytes: Array(text.utf8))
        return String(decoding: reader.code(), as: UTF8.self)
    }
}

/// Reads Swift source once, from its first byte to its last.
private struct ProseReader {
    private enum Mode {
        /// Code; `parentheses` counts those open since an interpolation began.
        case code(parentheses: Int)
        case string(hashes: Int, isMultiline: Bool)
        case lineComment
        case blockComment(depth: Int)
    }

    private let bytes: [UInt8]
    private var result: [UInt8] = []
    private var position = 0
    private var modes: [Mode] = [.code(parentheses: 0)]

    init(bytes: [UInt8]) {
        self.bytes = bytes
        result.reserveCapacity(bytes.count)
    }

    mutating func code() -> [UInt8] {
        while position < bytes.count {
            switch modes[modes.count - 1] {
            case .code(let parentheses): readCode(parentheses)
            case .string(let hashes, let isMultiline): readString(hashes, isMultiline)
            case .lineComment:
                if bytes[position] == UInt8(ascii: "\n") { modes.removeLast() }
                blank(1)
            case .blockComment(let depth): readBlockComment(depth)
            }
        }
        return result
    }

    private mutating func readCode(_ parentheses: Int) {
        if starts(with: "//") {
            modes.append(.lineComment)
            return blank(2)
        }
        if starts(with: "/*") {
            modes.append(.blockComment(depth: 1))
            return blank(2)
        }
        let hashes = bytes[position...].prefix { $0 == UInt8(ascii: "#") }.count
        if position + hashes < bytes.count, bytes[position + hashes] == UInt8(ascii: "\"") {
            position += hashes
            let isMultiline = starts(with: "\"\"\"")
            modes.append(.string(hashes: hashes, isMultiline: isMultiline))
            return keep(isMultiline ? 3 : 1)
        }
        let byte = bytes[position]
        let isInterpolation = modes.count > 1
        if isInterpolation, byte == UInt8(ascii: "(") { modes[modes.count - 1] = .code(parentheses: parentheses + 1) }
        if isInterpolation, byte == UInt8(ascii: ")") {
            if parentheses == 0 {
                modes.removeLast()
            } else {
                modes[modes.count - 1] = .code(parentheses: parentheses - 1)
            }
        }
        keep(max(1, hashes))
    }

    private mutating func readString(_ hashes: Int, _ isMultiline: Bool) {
        let fence = String(repeating: "#", count: hashes)
        let quotes = isMultiline ? "\"\"\"" : "\""
        if starts(with: quotes + fence) {
            modes.removeLast()
            position += hashes
            return keep(quotes.utf8.count)
        }
        if starts(with: "\\" + fence + "(") {
            modes.append(.code(parentheses: 0))
            return blank(2 + hashes)
        }
        if starts(with: "\\" + fence) { return blank(2 + hashes) }
        if !isMultiline, bytes[position] == UInt8(ascii: "\n") { modes.removeLast() }
        blank(1)
    }

    private mutating func readBlockComment(_ depth: Int) {
        if starts(with: "/*") {
            modes[modes.count - 1] = .blockComment(depth: depth + 1)
            return blank(2)
        }
        if starts(with: "*/") {
            modes.removeLast()
            if depth > 1 { modes.append(.blockComment(depth: depth - 1)) }
            return blank(2)
        }
        blank(1)
    }

    private func starts(with text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

    private mutating func keep(_ count: Int) {
        let end = min(bytes.count, position + count)
        result += bytes[position..<end]
        position = end
    }

    private mutating func blank(_ count: Int) {
        let end = min(bytes.count, position + count)
        for byte in bytes[position..<end] { result.append(byte == UInt8(ascii: "\n") ? byte : UInt8(ascii: " ")) }
        position = end
    }
}
