// SPDX-License-Identifier: Apache-2.0

/// The text of a CSV that is written (RFC 4180, UTF-8).
public enum CSVText {
    /// What a file begins with: the mark by which spreadsheets know UTF-8.
    public static let mark = "\u{FEFF}"

    /// One line from its cells, with its end.
    public static func line(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") + "\r\n" }

    /// Quotes a value that needs it; semicolons and tabs too, since spreadsheets guess the separator.
    private static func cell(_ text: String) -> String {
        let bytes = text.utf8
        let isPlain =
            !bytes.contains(where: delimiters.contains)
            && bytes.first != UInt8(ascii: " ") && bytes.last != UInt8(ascii: " ")
        if isPlain { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted.unicodeScalars.append("\"") }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    private static let delimiters = Array(",;\t\"\r\n".utf8)
}
