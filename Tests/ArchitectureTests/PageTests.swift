// SPDX-License-Identifier: Apache-2.0
import Testing

/// Holds the tables of all pages to be whole: a page shows the rest of one that is not as bare text.
@Suite struct PageTests {
    @Test func everyTableIsWhole() {
        let pages = SourceTree.everything.filter { $0.path.hasSuffix(".md") }
        #expect(pages.count > 20)
        for page in pages { #expect(Self.faults(in: page.text) == [], "\(page.path)") }
    }

    @Test(arguments: [
        ("| a | b |\n|---|---|\n| 1 | 2 |", [Int]()), ("text\n\n| a |\n|---|\n| `x\\|y` |\n\ntext", []),
        ("```\n| a | b |\n```", []), ("| a | b |\n|---|---|\n| 1 |", [3]), ("| a | b |\n|---|---|\n| `x|y` | 2 |", [3]),
        ("| a |\n|---|\n\n| 1 |", [4]), ("| a |\n|---|\n| 1 |\nrest of it", [4]), ("text\n| a |\n|---|", [2]),
        ("| a |\n|---|\n| 1", [3]),
    ])
    func aTableThatIsBrokenIsSeen(page: String, lines: [Int]) {
        #expect(Self.faults(in: page) == lines)
    }

    /// The lines, counted from 1, at which a table is not whole.
    private static func faults(in page: String) -> [Int] {
        var faults: [Int] = []
        var isCode = false
        var cells: Int?
        var before: Substring = ""
        let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            defer { before = line }
            if line.hasPrefix("```") { isCode.toggle() }
            guard !isCode, line.hasPrefix("|") else {
                // Words under a row belong to it for some readers and not for others.
                if !isCode && before.hasPrefix("|") && !line.isEmpty && cells != nil { faults.append(index + 1) }
                cells = nil
                continue
            }
            let count = self.cells(of: line)
            if let cells {
                if count != cells { faults.append(index + 1) }
            } else if !before.isEmpty || index + 1 == lines.count || !isRule(lines[index + 1]) {
                faults.append(index + 1)
            }
            cells = cells ?? count
        }
        return faults
    }

    /// How many cells a row has, `nil` where it does not end; `\|` is a character of a cell.
    private static func cells(of row: Substring) -> Int? {
        guard row.hasSuffix("|"), !row.hasSuffix("\\|") else { return nil }
        return row.replacing("\\|", with: "").count { $0 == "|" } - 1
    }

    private static func isRule(_ line: Substring) -> Bool {
        line.hasPrefix("|") && line.allSatisfy { "|-: ".contains($0) }
    }
}
