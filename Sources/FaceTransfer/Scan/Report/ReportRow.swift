// SPDX-License-Identifier: Apache-2.0
import FaceModel

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

    /// Whether a header is that of results.csv and rejected.csv.
    static func isHeader(_ record: CSVRecord) -> Bool { record.cells.map(CleanText.clean) == columns }

    /// Reads a record.
    ///
    /// - Returns: `nil` for a row that went through and for a line without text.
    /// - Throws: ``SourceError`` for a record that cannot have come from a report.
    init?(_ record: CSVRecord, of title: String) throws(SourceError) {
        let cells = record.cells.map(CleanText.clean)
        if record.isBlank { return nil }
        let fault = "line \(record.line) of \(title)"
        let surplus = cells.dropFirst(Self.columns.count)
        guard cells.count >= 5, surplus.allSatisfy(\.isEmpty) else {
            throw SourceError(.malformed, "\(fault) does not have the report's nine cells: check its separators")
        }
        guard let outcome = Outcome(rawValue: cells[4].lowercased()) else {
            throw SourceError(.malformed, "\(fault) has the outcome \"\(cells[4])\": write rejected to import it again")
        }
        guard outcome == .rejected || outcome == .failed else { return nil }
        guard cells[1].isEmpty || Int(cells[1]) != nil else {
            throw SourceError(
                .malformed,
                "\(fault) has \"\(cells[1])\" in the column line: write the number or nothing"
            )
        }
        place = record.line
        // Photos are looked up in the spelling of the report, so this one is not composed.
        source = record.cells[0]
        line = Int(cells[1])
        imgID = cells[2]
        name = cells[3]
    }
}
