// SPDX-License-Identifier: Apache-2.0

/// The ways in which tables keep Excel from reading a value as a number: `="00123"`, and an apostrophe before it.
enum ExcelQuoting {
    /// The value without what was put around it; `nil` where nothing was.
    ///
    /// Where words stand in a cell (`isName`), a short `'t` or `'s-` at its beginning belongs to them.
    static func value(in cell: String, isName: Bool) -> String? {
        guard cell.utf8.contains(where: { $0 == equals || $0 == apostrophe }) else { return nil }
        let text = CleanText.clean(cell)
        if text.hasPrefix("=\"") && text.hasSuffix("\"") && text.utf8.count >= 3 {
            var inner = text.dropFirst(2).dropLast()
            if inner.count >= 2 && inner.hasPrefix("\"") && inner.hasSuffix("\"") {
                inner = inner.dropFirst().dropLast()
            }
            return String(inner.replacing("\"\"", with: "\""))
        }
        guard text.hasPrefix("'"), !(isName && isElision(text)) else { return nil }
        return String(text.dropFirst())
    }

    /// Whether a text begins with a word such as the Dutch `'t`, `'s` or `'n`.
    private static func isElision(_ text: String) -> Bool {
        let start = Array(text.prefix(3))
        return start.count == 3 && start[1].isLowercase && (start[2] == " " || start[2] == "-")
    }

    private static let equals = UInt8(ascii: "=")
    private static let apostrophe = UInt8(ascii: "'")
}
