// SPDX-License-Identifier: Apache-2.0
import FaceModel
import SystemPackage

/// A rejected.csv or results.csv: its rejected and failed rows, edited or not, are rows again.
struct ReportSource: PortraitSource {
    let title: String
    let path: FilePath
    let directory: String
    private let summary: ReportOrigin
    private let log = NoticeLog()

    init(title: String, path: FilePath, directory: String) throws(SourceError) {
        self.title = title
        self.path = path
        self.directory = directory
        summary = try ReportOrigin(besideReport: path, title: title)
    }

    /// That of the report: a report on these rows can be imported again in its turn.
    var origin: SourceOrigin { summary.origin }

    var notices: [SourceNotice] { log.all }

    func rows() -> RowSequence { rows(telling: log) }

    func countRows() throws -> Int { try rows(telling: NoticeLog()).count() }

    private func rows(telling log: NoticeLog) -> RowSequence {
        RowSequence {
            log.begin()
            let lines = try ReportLines(path: path, title: title)
            log.add("\(title) is read as \(lines.encoding.title), separated by \(lines.delimiter.title)")
            let originals = lines.hasLines ? try OriginalRows(summary, report: title) : nil
            return ReportRows(
                lines: lines,
                originals: originals,
                origin: summary.origin,
                isSeenFromOrigin: FilePath(directory).lexicallyNormalized()
                    == FilePath(summary.origin.directory).lexicallyNormalized()
            )
        }
    }
}

/// One reading of a report.
private final class ReportRows: RowCursor {
    private let lines: ReportLines
    private let originals: OriginalRows?
    private let finder: PhotoFinder
    private let directory: String
    private let isSeenFromOrigin: Bool

    init(lines: ReportLines, originals: OriginalRows?, origin: SourceOrigin, isSeenFromOrigin: Bool) {
        self.lines = lines
        self.originals = originals
        finder = PhotoFinder(base: FilePath(origin.directory))
        directory = origin.directory
        self.isSeenFromOrigin = isSeenFromOrigin
    }

    func next() throws -> ScannedRow? {
        guard let report = try lines.next() else { return nil }
        let lookup = finder.find(report.source)
        guard let line = report.line, let originals else { return named(report, lookup) }
        var row = try originals.row(at: line, for: report)
        row.key = "line \(report.place)"
        if originals.isTable(report.source, seenFrom: directory) {
            // The row named no photo, and the report could only name the CSV; it may name one now.
            row.source = shown(row.source)
        } else {
            row.source = shown(lookup.cell)
            row.photo = lookup.photo
            if row.rejection?.reason != .nameSeparator { row.rejection = lookup.rejection }
        }
        if case .cells(var cells) = row.values, !report.name.isEmpty {
            cells.name = report.name
            row.values = .cells(cells)
        }
        // An id that was derived from the old photo is derived again: the photo may be a better one now.
        if !report.imgID.isEmpty, row.imgID != nil || !PortraitID.looksDerived(report.imgID) {
            row.imgID = report.imgID
        }
        return row
    }

    /// A row of a folder: what the file name says, and what was corrected in the report.
    private func named(_ report: ReportRow, _ lookup: PhotoLookup) -> ScannedRow {
        let stem = FileNameParts.stemAndExtension(of: lookup.name).stem
        var row = ScannedRow(
            key: "line \(report.place)",
            source: shown(lookup.cell),
            values: .fileName(stem: stem),
            photo: lookup.photo,
            rejection: lookup.rejection
        )
        let parts = FileNameParts.six(of: stem)?.map { $0 == "#" ? "" : $0 }
        let givenID = PortraitID.looksDerived(report.imgID) && (parts?[1] ?? "").isEmpty ? "" : report.imgID
        // Without a correction, a name outside the grammar is rejected again, not imported without its values.
        guard parts != nil || !givenID.isEmpty || !report.name.isEmpty else { return row }
        let imgID = givenID.isEmpty ? parts?[1] ?? "" : givenID
        row.imgID = imgID.isEmpty ? nil : imgID
        row.values = .cells(
            RowCells(
                name: report.name.isEmpty ? parts?[0] ?? "" : report.name,
                identity: parts?[2] ?? "",
                gender: parts?[3] ?? "",
                age: parts?[4] ?? "",
                address: parts?[5] ?? ""
            )
        )
        return row
    }

    /// A path as seen from where the command runs; from elsewhere than the first time, it is shown whole.
    private func shown(_ source: String) -> String { isSeenFromOrigin ? source : SourcePath.join(directory, source) }
}
