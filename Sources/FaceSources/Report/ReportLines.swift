// SPDX-License-Identifier: Apache-2.0
import FaceText
import SystemPackage

/// The lines of a report that are rows again, in the order of the original CSV's lines where they have them.
///
/// A report that is in that order is read as a stream. One that was sorted by something else in a spreadsheet is put
/// back in order in memory, up to a bound.
final class ReportLines {
    /// How many rows are sorted in memory.
    static let sortable = 100_000

    /// How it is read, for people.
    let remark: String
    /// Whether any row stands on a line of an original CSV.
    let hasLines: Bool
    private let reader: CSVReader
    private var sorted: ArraySlice<ReportRow>?

    init(path: FilePath, title: String, told: TextEncoding?) throws(SourceError) {
        let survey = try CSVReader(path: path, title: title, told: told)
        var previous = 0
        var (isOrdered, hasLines) = (true, false)
        var rows: [ReportRow] = []
        while let record = try survey.next() {
            guard let row = try ReportRow(record, of: title) else { continue }
            if rows.count <= Self.sortable { rows.append(row) }
            guard let line = row.line else { continue }
            hasLines = true
            isOrdered = isOrdered && line >= previous
            previous = line
        }
        if !isOrdered && rows.count > Self.sortable {
            throw SourceError(.malformed, "\(title) is too long to be put in order: sort it by its column line")
        }
        if !isOrdered { sorted = rows.sorted { ($0.line ?? .max, $0.place) < ($1.line ?? .max, $1.place) }[...] }
        self.hasLines = hasLines
        remark = survey.remark
        reader = try CSVReader(path: path, title: title, told: told)
    }

    /// The next row, `nil` after the last.
    func next() throws(SourceError) -> ReportRow? {
        if sorted != nil { return sorted?.popFirst() }
        while let record = try reader.next() {
            if let row = try ReportRow(record, of: reader.title) { return row }
        }
        return nil
    }
}
