// SPDX-License-Identifier: Apache-2.0
public import FaceModel

/// Tells a comparison portrait by portrait: lines for people and programs, and the files of `--report DIR`.
public enum ComparisonReport {
    /// One portrait as a line for people: `* E-17  Ann  picture`; what could command a terminal is shown as `�`.
    ///
    /// - Parameter portrait: The portrait.
    /// - Returns: The line without a newline.
    public static func text(_ portrait: ComparedPortrait) -> String {
        let place = portrait.line.map { "\(portrait.source), line \($0)" } ?? portrait.source
        let parts = [portrait.imgID.isEmpty ? place : portrait.imgID, portrait.name, portrait.detail]
        let shown = parts.filter { !$0.isEmpty }.map(TextReport.printable)
        return "\(portrait.mark.rawValue) " + shown.joined(separator: "  ")
    }

    /// The numbers as a line for people: `200 portraits: 198 =, 1 +, 1 * in 0.4 s`.
    ///
    /// - Parameter summary: The numbers.
    /// - Returns: The line without a newline; marks at 0 are not mentioned.
    public static func text(_ summary: ComparisonSummary) -> String {
        let counts = ComparisonMark.allCases.compactMap { mark in
            summary.marks[mark].map { "\($0) \(mark.rawValue) \(meaning(of: mark, summary))" }
        }
        let portraits = counted(summary.total, "portrait")
        return portraits + (counts.isEmpty ? "" : ": " + counts.joined(separator: ", "))
            + " in \(Figures.duration(summary.seconds))"
    }

    /// One portrait as a JSON object with the keys of a row; the mark is the outcome.
    ///
    /// - Parameter portrait: The portrait.
    /// - Returns: The object without any line break.
    public static func json(_ portrait: ComparedPortrait) -> String { JSONLine.line(ReportLine(portrait)) }

    /// The numbers as a JSON object with the keys of a summary; a comparison is no job of the ledger's.
    ///
    /// - Parameters:
    ///   - summary: The numbers.
    ///   - report: The folder of the report as it was typed, `nil` when none was asked for.
    /// - Returns: The object without any line break.
    public static func json(_ summary: ComparisonSummary, report: String?) -> String {
        var object = JSONObject()
        object.add("type", "summary")
        object.add("job", nil as String?)
        object.add("command", "compare")
        object.add("source", summary.first)
        object.add("target", summary.second)
        object.add("total", summary.total)
        var marks = JSONObject()
        for mark in ComparisonMark.allCases { marks.add(mark.rawValue, summary.marks[mark] ?? 0) }
        object.add("outcomes", marks)
        object.add("seconds", seconds: summary.seconds)
        object.add("report", report)
        return object.line
    }

    private static func meaning(of mark: ComparisonMark, _ summary: ComparisonSummary) -> String {
        switch mark {
        case .same: "the same"
        case .onlyInFirst: "only in \(summary.first)"
        case .onlyInSecond: "only in \(summary.second)"
        case .different: "different"
        case .unreadable: "could not be read"
        }
    }
}

/// Writes `results.csv` and `summary.json` of a comparison, as portraits come; each has its name only once it is whole.
public final class ComparisonWriter {
    private let folder: ReportFolder
    private let results: PartialFile

    /// Makes the folder if it is missing and proves that it can be written to.
    ///
    /// - Parameter directory: The folder, absolute or as seen from where the command runs.
    /// - Throws: ``ReportError`` with ``ReportError/Code/folder``.
    public init(directory: String) throws(ReportError) {
        folder = try ReportFolder(path: directory)
        results = try PartialFile("results.csv", in: folder)
        try results.write(CSVLine.head)
    }

    /// Writes one portrait.
    ///
    /// - Parameter portrait: The portrait.
    /// - Throws: ``ReportError`` with ``ReportError/Code/file``.
    public func add(_ portrait: ComparedPortrait) throws(ReportError) {
        try results.write(CSVLine.line(ReportLine(portrait)))
    }

    /// Writes the numbers and gives both files their names.
    ///
    /// - Parameter summary: The numbers.
    /// - Throws: ``ReportError`` with ``ReportError/Code/file``.
    public func finish(_ summary: ComparisonSummary) throws(ReportError) {
        let numbers = try PartialFile("summary.json", in: folder)
        try numbers.write(ComparisonReport.json(summary, report: folder.path) + "\n")
        for file in [results, numbers] { try file.finish() }
        // The old numbers must not stand beside the new rows, not even if this run is killed here.
        try folder.remove("summary.json")
        for file in [results, numbers] { try file.publish() }
        try folder.sync()
    }
}
