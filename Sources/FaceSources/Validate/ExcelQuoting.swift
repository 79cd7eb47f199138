// SPDX-License-Identifier: Apache-2.0
import FaceText

/// The ways in which tables keep Excel from reading a value as a number: `="00123"`, and an apostrophe before it.
enum ExcelQuoting {
    /// The value without what was put around it; `nil` where nothing was.
    ///
    /// Where words stand in a cell (`isName`), a short `'t` or `'s-` at its beginning belongs to them.
    static func value(in cell: String, isName: Bool) -> String? {
        // Nearly all cells begin otherwise.
        guard let first = cell.utf8.first, first <= 0x20 || starts.contains(first) else { return nil }
        let text = CleanText.clean(cell)
        if text.hasPrefix("=\"") && text.hasSuffix("\"") && text.utf8.count >= 3 {
            var inner = text.dropFirst(2).dropLast()
            if inner.count >= 2 && inner.hasPrefix("\"") && inner.hasSuffix("\"") {
                inner = inner.dropFirst().dropLast()
            }
            return String(inner.replacing("\"\"", with: "\""))
        }
        guard let mark = text.first, "'’‘＇`´".contains(mark) else { return nil }
        if mark == "'" ? isName && isElision(text) : !isCode(text.dropFirst()) { return nil }
        return String(text.dropFirst())
    }

    /// Whether a text begins with a word such as the Dutch `'t`, `'s` or `'n`.
    private static func isElision(_ text: String) -> Bool {
        let start = Array(text.prefix(3))
        return start.count == 3 && start[1].isLowercase && (start[2] == " " || start[2] == "-")
    }

    /// Whether a text is a number or begins with one: before such, a typographic apostrophe was meant for Excel too.
    private static func isCode(_ text: Substring) -> Bool {
        text.first?.isWholeNumber == true && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    /// The first bytes of `=`, of apostrophes, and of blanks and marks that may stand before them.
    private static let starts: [UInt8] = [0x27, 0x3D, 0x60, 0xC2, 0xE2, 0xE3, 0xEF]
}
