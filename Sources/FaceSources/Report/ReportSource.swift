// SPDX-License-Identifier: Apache-2.0
import FaceFiles
import FaceModel
import FaceText
import SystemPackage

/// A rejected.csv or results.csv: its rejected, failed and duplicate rows, edited or not, are rows again.
struct ReportSource: PortraitSource {
    let title: String
    let path: FilePath
    let directory: String
    private let summary: ReportOrigin
    private let told: TextEncoding?
    private let photos: SpelledPhotos
    private let log = NoticeLog()

    /// Opens a report.
    ///
    /// - Parameters:
    ///   - title: The report as it was typed.
    ///   - path: The report, ready to be opened.
    ///   - directory: The absolute folder that the command runs in.
    ///   - told: The encoding of a report that was saved in another than UTF-8; that of the original stands beside it.
    /// - Throws: ``SourceError`` where its summary is not beside it.
    init(title: String, path: FilePath, directory: String, told: TextEncoding?) throws(SourceError) {
        self.told = told
        self.title = title
        self.path = path
        self.directory = directory
        summary = try ReportOrigin(besideReport: path, title: title, told: told)
        let names = FileNames(under: FilePath(summary.origin.directory), told: summary.origin.encoding)
        photos = SpelledPhotos(seenFrom: summary.origin.directory, names: names)
    }

    /// That of the report: a report on these rows can be imported again in its turn.
    var origin: SourceOrigin { summary.origin }

    var notices: [SourceNotice] { log.all }

    /// Those whose rows went through do not stand in it.
    var gap: String? { "\(title) is a report, in which only the rows stand that did not go through" }

    func rows() -> RowSequence { rows(telling: log) }

    func photo(reportedAs source: String) -> PhotoPlace? { photos.place(of: source) }

    func countRows() throws -> Int { try rows(telling: NoticeLog()).count() }

    private func rows(telling log: NoticeLog) -> RowSequence {
        RowSequence {
            log.begin()
            let lines = try ReportLines(path: path, title: title, told: told)
            log.add(lines.remark)
            let originals = lines.hasLines ? try OriginalRows(summary, report: title) : nil
            return ReportRows(
                lines: lines,
                originals: originals,
                origin: summary.origin,
                log: log,
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
    private let source: String
    private let isSeenFromOrigin: Bool
    private let log: NoticeLog
    private var repaired = NameSample()
    private var passedOver = PassedOver()
    private var isDone = false

    init(
        lines: ReportLines,
        originals: OriginalRows?,
        origin: SourceOrigin,
        log: NoticeLog,
        isSeenFromOrigin: Bool
    ) {
        self.lines = lines
        self.originals = originals
        let base = FilePath(origin.directory)
        finder = PhotoFinder(base: base, names: FileNames(under: base, told: origin.encoding))
        directory = origin.directory
        source = origin.source
        self.log = log
        self.isSeenFromOrigin = isSeenFromOrigin
    }

    /// The next line that is a row still: what an earlier facelib found in a bin is none any more.
    private func nextLine() throws(SourceError) -> ReportRow? {
        while let report = try lines.next() {
            let below = SourcePath.join(source, "")
            guard report.line == nil, report.source.hasPrefix(below),
                let folder = Housekeeping.folder(above: String(report.source.dropFirst(below.count)))
            else { return report }
            passedOver.add(housekeeping: folder)
        }
        return nil
    }

    func next() throws -> ScannedRow? {
        guard let report = try nextLine() else {
            if !isDone {
                tellRepaired()
                log.add(passedOver)
            }
            isDone = true
            return nil
        }
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
        if case .cells(var cells) = row.values {
            cells.name = report.name(correcting: cells.name)
            row.values = .cells(cells)
        }
        // An id that was derived from the old photo is derived again: the photo may be a better one now.
        return identified(row, by: ReportedID(report.imgID, original: row.imgID), report)
    }

    /// A row of a folder: what the file name says, and what was corrected in the report.
    private func named(_ report: ReportRow, _ lookup: PhotoLookup) -> ScannedRow {
        if report.source.hasSuffix("/") { return folder(report) }
        let stem = FileNameParts.stemAndExtension(of: lookup.name).stem
        var row = ScannedRow(
            key: "line \(report.place)",
            source: shown(lookup.cell),
            values: .fileName(stem: stem),
            photo: lookup.photo,
            rejection: lookup.rejection
        )
        // The name of a copy says nothing that counts until the file is renamed.
        guard FileNameLeftovers.copyMark(of: stem) == nil else { return row }
        let plain = FileNameLeftovers.withoutPictureExtension(stem) ?? stem
        let parts = FileNameParts.six(of: plain)?.map { $0 == "#" ? "" : $0 }
        let original = parts.flatMap { $0[1].isEmpty ? nil : $0[1] }
        let id = ReportedID(report.imgID, original: original)
        // Without a correction, a name outside the grammar is rejected again, not imported without its values.
        guard parts != nil || id.text != nil || !report.name.isEmpty else { return row }
        row.values = .cells(
            RowCells(
                name: report.name(correcting: parts?[0] ?? ""),
                identity: parts?[2] ?? "",
                gender: parts?[3] ?? "",
                age: parts?[4] ?? "",
                address: parts?[5] ?? ""
            )
        )
        return identified(row, by: id, report)
    }

    /// A row that stood for a folder; what is in it stands in no report.
    private func folder(_ report: ReportRow) -> ScannedRow {
        let source = shown(report.source)
        let detail = "the row stands for a folder that was not read: import the folder itself"
        return ScannedRow(
            key: "line \(report.place)",
            source: source,
            values: .cells(RowCells()),
            photo: nil,
            rejection: Rejection(.sourceUnreadable, detail)
        )
    }

    /// The row under the id that the report gives back; a duplicate that nobody corrected stays out.
    private func identified(_ row: ScannedRow, by id: ReportedID, _ report: ReportRow) -> ScannedRow {
        var row = row
        row.imgID = id.text
        if id.isRepaired { repaired.add("\(report.imgID) is \(id.text ?? "")") }
        if report.isDuplicate, !id.isCorrected, row.rejection == nil, id.text != nil || hasSamePicture(row, report) {
            row.rejection = Rejection(
                .imgIDRepeated,
                "the row still has the img_id of an earlier row of the original: correct it on line \(report.place)"
            )
        }
        return row
    }

    /// Whether an id that is made from the photo would be the same once more.
    private func hasSamePicture(_ row: ScannedRow, _ report: ReportRow) -> Bool {
        guard let photo = row.photo, let content = try? PhotoFile.read(photo) else { return false }
        return PortraitID.derived(from: content).text == report.imgID
    }

    private func tellRepaired() {
        guard repaired.count > 0 else { return }
        let ids = repaired.counted("img_id", "img_ids")
        log.add("leading zeros that a spreadsheet took from \(ids) were put back: \(repaired.list)")
    }

    /// A path as seen from where the command runs; from elsewhere than the first time, it is shown whole.
    private func shown(_ source: String) -> String {
        (isSeenFromOrigin ? source : SourcePath.join(directory, source)).shortened(to: ScannedRow.longestSource)
    }
}
