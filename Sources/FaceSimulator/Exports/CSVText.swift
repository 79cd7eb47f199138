// SPDX-License-Identifier: Apache-2.0

/// Lines of a CSV as the device writes them.
enum CSVText {
    /// A line with its end.
    ///
    /// - Parameters:
    ///   - cells: The cells; those with quotes or line ends are quoted.
    ///   - quotesCommas: Whether those with commas are quoted too; without it they shift what follows.
    /// - Returns: The line.
    static func line(_ cells: [String], quotesCommas: Bool = true) -> String {
        cells.map { quoted($0, quotesCommas: quotesCommas) }.joined(separator: ",") + "\r\n"
    }

    private static func quoted(_ cell: String, quotesCommas: Bool) -> String {
        let needsQuotes = cell.utf8.contains { $0 == 0x2C ? quotesCommas : [0x22, 0x0A, 0x0D].contains($0) }
        return needsQuotes
            ? "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
            : cell
    }
}
