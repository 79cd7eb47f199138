// SPDX-License-Identifier: Apache-2.0
public import FaceModel

/// Writes what `--report DIR` promises: `summary.json`, `results.csv`, `rejected.csv` and `report.html`.
///
/// The files are for their owner only (0600, a folder made here 0700), since they hold names and pictures.
/// All four are written under partial names, synced and then renamed, `summary.json` last: where it stands,
/// the report is whole. A report that was there before is replaced.
public struct ReportWriter: Sendable {
    private let folder: ReportFolder

    /// Makes the folder if it is missing and proves that it can be written to, before a job begins.
    ///
    /// - Parameter directory: The folder, absolute or as seen from where the command runs.
    /// - Throws: ``ReportError`` with ``ReportError/Code/folder``.
    public init(directory: String) throws(ReportError) {
        folder = try ReportFolder(path: directory)
    }

    /// Proves that a report can be written to a folder, and leaves nothing behind: it is made when there is a report.
    ///
    /// - Parameter directory: The folder, absolute or as seen from where the command runs.
    /// - Throws: ``ReportError`` with ``ReportError/Code/folder``.
    public static func prove(directory: String) throws(ReportError) {
        try ReportFolder(path: directory).withdraw()
    }

    /// Writes the report of a job that has ended.
    ///
    /// Rows are read once and written as they come; memory does not grow with their number. The page lists
    /// up to 2,000 rows that did not go through or were remarked upon (and in any case the first 25 of each
    /// reason) with up to 500 pictures, and says where the others are.
    ///
    /// - Parameters:
    ///   - summary: The job's numbers; `source` and `target` as they were typed.
    ///   - rows: Every row of the job, in the order in which the files are to list them.
    ///   - picture: A small JPEG or PNG, at most 160 pixels a side, of the photo of a row that is listed as
    ///     rejected; `nil` when it cannot be shown. It is asked for up to 500 rows, after `rows` has ended, from up to
    ///     8 tasks at once. Bytes of another type, or more than 64 KiB of them, are not shown.
    /// - Throws: What `rows` throws; ``ReportError`` with ``ReportError/Code/file``, or with
    ///   ``ReportError/Code/rows`` when the rows are not those that `summary` counts. No partial file
    ///   is left then.
    public func write<Rows: AsyncSequence>(
        summary: JobSummary,
        rows: Rows,
        picture: @escaping @Sendable (RowResult) async -> [UInt8]?
    ) async throws where Rows.Element == RowResult {
        let results = try PartialFile("results.csv", in: folder)
        let rejected = try PartialFile("rejected.csv", in: folder)
        let groups = try await copy(rows, counted: summary, to: results, handedBackTo: rejected)

        let page = try PartialFile("report.html", in: folder)
        try await HTMLReport(summary: summary, groups: groups).write(to: page, picture: picture)

        let numbers = try PartialFile("summary.json", in: folder)
        try numbers.write(JSONLine.file(summary, report: folder.path))

        let files = [results, rejected, page, numbers]
        for file in files { try file.finish() }
        // The old numbers must not stand beside the new rows, not even if this run is killed here.
        try folder.remove("summary.json")
        for file in files { try file.publish() }
        try folder.sync()
    }

    /// Writes both CSVs and gathers what the page tells.
    private func copy<Rows: AsyncSequence>(
        _ rows: Rows,
        counted summary: JobSummary,
        to results: PartialFile,
        handedBackTo rejected: PartialFile
    ) async throws -> RowGroups where Rows.Element == RowResult {
        var groups = RowGroups(ofEach: HTMLReport.rowsOfEachReason, inAll: HTMLReport.rowsInAll)
        var outcomes: [Outcome: Int] = [:]
        try results.write(CSVLine.head)
        try rejected.write(CSVLine.head)
        for try await row in rows {
            let line = CSVLine.row(row)
            try results.write(line)
            if Heading(row)?.isHandedBack == true { try rejected.write(line) }
            groups.add(row)
            outcomes[row.outcome, default: 0] += 1
        }
        for outcome in Outcome.allCases where outcomes[outcome] ?? 0 != summary.outcomes[outcome] ?? 0 {
            throw ReportError(
                code: .rows,
                message: "the report was given \(outcomes[outcome] ?? 0) \(outcome.rawValue) rows, "
                    + "but the job counts \(summary.outcomes[outcome] ?? 0)"
            )
        }
        return groups
    }
}
