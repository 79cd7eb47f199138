// SPDX-License-Identifier: Apache-2.0
import Testing

/// Holds the table of `docs/architecture.md` against the one that is enforced.
@Suite struct ArchitecturePageTests {
    /// A line of the table: level, module, the facelib modules it may use, and those from elsewhere.
    private struct Line: Hashable {
        let level: String
        let module: String
        let ours: Set<String>
        let elsewhere: Set<String>
    }

    @Test func pageHasTheTableThatIsEnforced() throws {
        let page = try #require(SourceTree.text(of: "docs/architecture.md"))
        let written = page.split(separator: "\n").compactMap(Self.line)
        let enforced = House.modules.map { module in
            Line(level: String(module.level), module: module.name, ours: module.ours, elsewhere: module.elsewhere)
        }
        #expect(Set(written) == Set(enforced))
        #expect(written.count == enforced.count)
    }

    /// Reads `| 2 | FaceLedger | FaceModel | GRDB Glibc |`; a dash stands for nothing.
    private static func line(_ text: Substring) -> Line? {
        let cells = text.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
            .map { cell in cell.split(separator: " ").filter { $0 != "–" }.map(String.init) }
        guard cells.count == 4, let level = cells[0].first, Int(level) != nil, cells[1].count == 1 else { return nil }
        return Line(level: level, module: cells[1][0], ours: Set(cells[2]), elsewhere: Set(cells[3]))
    }
}
