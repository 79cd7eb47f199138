// SPDX-License-Identifier: Apache-2.0

/// Text of strangers made harmless for a page: names and paths come from files that anyone may have made.
enum HTMLText {
    /// Text for between tags and inside quoted attributes.
    static func escaped(_ text: String) -> String {
        let plain = text.utf8.allSatisfy { byte in byte >= 0x20 && byte != 0x7F && !special.contains(byte) }
        if plain { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\n", "\t": result += " "
            case "\u{0}"..."\u{1F}", "\u{7F}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Text whose direction, right to left or overridden by its own marks, stays its own.
    static func isolated(_ text: String) -> String {
        "<bdi>\(escaped(text))</bdi>"
    }

    private static let special = Array("&<>\"'".utf8)
}
