// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceText

/// A line of a report that is to be imported again.
struct ReportRow {
    private static let columns = [
        "source", "line", "img_id", "name", "outcome", "reason", "detail", "hint", "device_code",
    ]

    /// The line of the report on which it stands.
    let place: Int
    let source: String
    /// The line of the original CSV.
    let line: Int?
    let imgID: String
    let name: String
    /// The name with what Excel may have put around it.
    let nameAsWritten: String
    /// Whether it had the id of an earlier row.
    let isDuplicate: Bool

    /// Whether a header is that of results.csv and rejected.csv; a spreadsheet may have added empty columns.
    static func isHeader(_ record: CSVRecord) -> Bool {
        let cells = record.cells.map(CleanText.clean)
        return cells.prefix(columns.count).elementsEqual(columns)
            && cells.dropFirst(columns.count).allSatisfy(\.isEmpty)
    }

    /// Reads a record.
    ///
    /// - Returns: `nil` for a row that went through and for a line without text.
    /// - Throws: ``SourceError`` for a record that cannot have come from a report.
    init?(_ record: CSVRecord, of title: String) throws(SourceError) {
        let cells = record.cells.map { CleanText.clean(ExcelQuoting.value(in: $0, isName: true) ?? $0) }
        if record.isBlank { return nil }
        let fault = "line \(record.line) of \(title)"
        let surplus = cells.dropFirst(Self.columns.count)
        guard cells.count >= 5, surplus.allSatisfy(\.isEmpty) else {
            throw SourceError(.malformed, "\(fault) does not have the report's nine cells: check its separators")
        }
        guard let outcome = Outcome(rawValue: cells[4].lowercased()) else {
            throw SourceError(
                .malformed,
                "\(fault) has the outcome \"\(cells[4].onOneLine(atMost: 60))\": write rejected to import it again"
            )
        }
        guard [.rejected, .failed, .duplicate].contains(outcome) else { return nil }
        guard cells[1].isEmpty || Int(cells[1]) != nil else {
            throw SourceError(
                .malformed,
                "\(fault) has \"\(cells[1].onOneLine(atMost: 60))\" in the column line: write the number or nothing"
            )
        }
        place = record.line
        // Photos are looked up in the spelling of the report, so this one is not composed.
        source = record.cells[0].hasPrefix("=") ? cells[0] : record.cells[0]
        line = Int(cells[1])
        let id = CleanText.visible(record.cells[2]) ?? record.cells[2]
        imgID = CleanText.clean(ExcelQuoting.value(in: id, isName: false) ?? id)
        name = cells[3]
        nameAsWritten = CleanText.clean(record.cells[3])
        isDuplicate = outcome == .duplicate
    }
}
