// SPDX-License-Identifier: Apache-2.0
public import FaceModel

/// What a terminal shows when a job has ended: the reasons, the first rows of each, and the numbers.
///
/// Rows are added as they end. Only a few of each reason are kept, so memory does not grow with the job.
public struct TextReport: Sendable {
    /// How many rows of a reason are shown; one more is, when it would be the only one left out.
    private static let shown = 5

    private var groups = RowGroups(ofEach: Self.shown + 1, inAll: 0)

    /// Begins without rows.
    public init() {}

    /// Takes note of a row.
    ///
    /// - Parameter row: What became of it.
    public mutating func add(_ row: RowResult) {
        groups.add(row)
    }

    /// The report, several lines without a final newline; the last line is the numbers.
    ///
    /// Control characters and direction marks in names and paths are shown as `�`: they could rewrite what the
    /// terminal shows.
    ///
    /// - Parameters:
    ///   - summary: The job's numbers.
    ///   - report: The folder of the report as it was typed, `nil` when none was asked for.
    ///   - color: Whether to use the terminal's colours.
    /// - Returns: Text for a terminal or a log.
    public func text(summary: JobSummary, report: String? = nil, color: Bool = false) -> String {
        let paint = Paint(isOn: color)
        var lines: [String] = []
        for group in Heading.allCases.flatMap({ groups.of($0) }) {
            lines += Self.lines(of: group, report: report, paint: paint) + [""]
        }
        return (lines + [Self.numbers(summary)]).joined(separator: "\n")
    }

    /// The numbers in one line: `200 rows: 181 stored, 2 duplicate, 17 rejected in 3.2 s`.
    ///
    /// - Parameter summary: The job's numbers.
    /// - Returns: The line without a newline; outcomes at 0 are not mentioned.
    public static func numbers(_ summary: JobSummary) -> String {
        let counts = Outcome.readingOrder.compactMap { outcome in
            summary.outcomes[outcome].flatMap { $0 > 0 ? "\($0) \(outcome.rawValue)" : nil }
        }
        let rows = counted(summary.total, "row")
        return rows + (counts.isEmpty ? "" : ": " + counts.joined(separator: ", "))
            + " in \(Figures.duration(summary.seconds))"
    }

    private static func lines(of group: RowGroups.Group, report: String?, paint: Paint) -> [String] {
        let mark = paint.colored(group.heading.mark, group.heading)
        var lines = ["\(mark) \(paint.bold(group.code))  \(group.count)  \(group.meaning)"]
        if !group.advice.isEmpty { lines.append("  → \(group.advice)") }
        let fits = group.count <= shown + 1
        lines += group.rows.prefix(fits ? group.count : shown).map { "    " + place(of: $0, paint: paint) }
        if !fits {
            let all = report.map { "see \(folder($0))\(group.heading.file)" } ?? "--report DIR lists all"
            lines.append(paint.quiet("    … and \(group.count - shown) more (\(all))"))
        }
        // Rows that are shown say so themselves.
        let further = fits ? [] : group.furtherCounts.map { "\($0.reason.rawValue) \($0.count)" }
        if !further.isEmpty { lines.append(paint.quiet("    among these also: " + further.joined(separator: ", "))) }
        return lines
    }

    private static func place(of row: RowResult, paint: Paint) -> String {
        var parts = [row.source + (row.line.map { ", line \($0)" } ?? "")]
        let who = [row.imgID, row.name].filter { !$0.isEmpty }
        if !who.isEmpty { parts.append("(" + who.joined(separator: ", ") + ")") }
        let finding = ReportLine(row).finding
        if !finding.isEmpty { parts.append(finding) }
        var shown = parts.map(printable)
        if let code = row.deviceCode { shown.append(paint.quiet("device code \(code)")) }
        return shown.joined(separator: "  ")
    }

    private static func folder(_ report: String) -> String {
        printable(report.hasSuffix("/") ? report : report + "/")
    }

    /// A text without what could command a terminal or begin a new line.
    static func printable(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            result.unicodeScalars.append(commandsTerminal(scalar) ? "\u{FFFD}" : scalar)
        }
        return result
    }

    private static func commandsTerminal(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}"..."\u{202E}", "\u{2066}"..."\u{2069}": true
        default: false
        }
    }
}
