// SPDX-License-Identifier: Apache-2.0
public import FaceModel

/// The lines that `--json` prints: one object a row, and last the summary (design section 4).
public enum JSONLine {
    /// One row as a JSON object without a line break at its end or inside.
    ///
    /// - Parameter row: What became of the row.
    /// - Returns: `type`, `source`, `line`, `img_id`, `name`, `outcome`, `reason`, `detail`, `hint`,
    ///   `device_code` and `reasons`, in this order; `line`, `reason` and `device_code` are `null` where there is none.
    ///   `reasons` has all reasons as objects, the gravest first, which is the one that `reason` names.
    public static func row(_ row: RowResult) -> String { line(ReportLine(row)) }

    /// A line of a report as a JSON object.
    static func line(_ line: ReportLine) -> String {
        var object = JSONObject()
        object.add("type", "row")
        object.add("source", line.source)
        object.add("line", line.line)
        object.add("img_id", line.imgID)
        object.add("name", line.name)
        object.add("outcome", line.outcome)
        object.add("reason", line.reason?.rawValue)
        object.add("detail", line.detail)
        object.add("hint", line.hint)
        object.add("device_code", line.deviceCode)
        object.add("reasons", line.reasons.map(Self.reason))
        return object.line
    }

    private static func reason(_ found: Rejection) -> JSONObject {
        var object = JSONObject()
        object.add("reason", found.reason.rawValue)
        object.add("detail", found.detail)
        object.add("hint", found.reason.advice)
        object.add("device_code", found.deviceCode)
        return object
    }

    /// The summary as a JSON object without a line break at its end or inside.
    ///
    /// - Parameters:
    ///   - summary: The job's numbers.
    ///   - report: The folder of the report as it was typed, `nil` when none was asked for.
    /// - Returns: `type`, `job`, `command`, `total`, `outcomes`, `seconds` and `report`, in this order. Every
    ///   outcome is there, also at 0; `ready` only for `check` and where the summary counts it.
    public static func summary(_ summary: JobSummary, report: String?) -> String {
        var object = head(of: summary)
        add(numbersOf: summary, report: report, to: &object)
        return object.line
    }

    /// The text of `summary.json`: the summary's keys, and what one must know to read the rows' paths.
    static func file(_ summary: JobSummary, report: String) -> String {
        var object = head(of: summary)
        object.add("source", summary.source)
        object.add("target", summary.target)
        object.add("directory", summary.directory)
        if let encoding = summary.encoding { object.add("encoding", encoding) }
        add(numbersOf: summary, report: report, to: &object)
        return object.page
    }

    private static func head(of summary: JobSummary) -> JSONObject {
        var object = JSONObject()
        object.add("type", "summary")
        object.add("job", summary.job)
        object.add("command", summary.command)
        return object
    }

    private static func add(numbersOf summary: JobSummary, report: String?, to object: inout JSONObject) {
        var outcomes = JSONObject()
        for outcome in Outcome.allCases where outcome != .ready || summary.isRehearsal {
            outcomes.add(outcome.rawValue, summary.outcomes[outcome] ?? 0)
        }
        object.add("total", summary.total)
        object.add("outcomes", outcomes)
        object.add("seconds", seconds: summary.seconds)
        object.add("report", report)
    }
}
