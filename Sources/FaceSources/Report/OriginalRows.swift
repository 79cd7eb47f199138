// SPDX-License-Identifier: Apache-2.0
import FaceFiles
import FaceModel
import FaceText
import SystemPackage

/// The CSV that a report was made from, read along with the report.
final class OriginalRows {
    private let rows: TableRows
    private let path: FilePath
    private let title: String
    private var current: ScannedRow?

    init(_ summary: ReportOrigin, report: String) throws(SourceError) {
        title = summary.tableTitle
        guard let table = summary.table else {
            throw SourceError(
                .notFound,
                "\(title), from which \(report) was made, is not there (seen from \(summary.origin.directory)): "
                    + "put it back, its other columns are needed"
            )
        }
        path = table.lexicallyNormalized()
        let names = FileNames(under: table.removingLastComponent(), told: summary.origin.encoding)
        rows = try TableRows(path: table, title: title, told: summary.origin.encoding, names: names)
        if ReportRow.isHeader(rows.reader.header) {
            throw SourceError(
                .unsupported,
                "\(report) was made from another report, \(title), which does not hold all values: "
                    + "import the original CSV instead"
            )
        }
        try rows.requirePhotoColumn()
    }

    /// Whether a report's source is this CSV itself.
    func isTable(_ source: String, seenFrom directory: String) -> Bool {
        SourcePath.open(CleanText.clean(source), from: FilePath(directory)).lexicallyNormalized() == path
    }

    /// The row on a line; lines must be asked for in order.
    ///
    /// - Throws: ``SourceError`` where the line is another person's by now: a photo must never get the wrong values.
    func row(at line: Int, for report: ReportRow) throws(SourceError) -> ScannedRow {
        while (current?.line ?? 0) < line, let next = try rows.next() { current = next.row }
        guard let current, current.line == line, Self.agree(current, report) else {
            throw SourceError(
                .changed,
                "\(title) has changed since the report was made: its line \(line) is not the row of line "
                    + "\(report.place) of the report; import \(title) itself"
            )
        }
        return current
    }

    /// Whether a row and a line of a report have anything in common, where both say something.
    private static func agree(_ row: ScannedRow, _ report: ReportRow) -> Bool {
        guard case .cells(let cells) = row.values else { return false }
        let id = ReportedID(report.imgID, original: row.imgID)
        if row.imgID != nil && !report.imgID.isEmpty && !id.isCorrected { return true }
        let texts = [(row.imgID ?? "", report.imgID), (InvalidRow.reported(CleanText.clean(cells.name)), report.name)]
        if texts.contains(where: { !$0.0.isEmpty && $0.0 == $0.1 }) { return true }
        let photos = [row.source, report.source].map { SourcePath.name(of: CleanText.clean($0)) }
        if photos[0] == photos[1] { return true }
        // Nothing to compare by: the row has neither an id nor a name, and its photo was corrected.
        return texts.allSatisfy { $0.0.isEmpty }
    }
}
