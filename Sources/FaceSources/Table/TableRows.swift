// SPDX-License-Identifier: Apache-2.0
import FaceFiles
import FaceModel
import FaceText
import SystemPackage

/// Reads the records of a CSV as rows, with their photos looked up.
final class TableRows {
    let reader: CSVReader
    let header: TableHeader
    private let finder: any PhotoLocator
    private let folderTitle: String
    private let shifted: ShiftedRows
    private var unquoted = NameSample()
    private var marked = NameSample()

    /// Opens a CSV, which people know by its title; photos are seen from its folder.
    convenience init(
        path: FilePath,
        title: String,
        told: TextEncoding?,
        names: FileNames
    ) throws(SourceError) {
        let photos = PhotoFinder(base: path.removingLastComponent(), names: names)
        try self.init(title: title, photos: photos) { () throws(SourceError) in
            try CSVReader(path: path, title: title, told: told)
        }
    }

    /// Takes what finds the photos and what opens the CSV, any number of times.
    init(title: String, photos: any PhotoLocator, open: @escaping () throws(SourceError) -> CSVReader)
        throws(SourceError)
    {
        reader = try open()
        header = try TableHeader(reader.header, of: title)
        finder = photos
        folderTitle = SourcePath.folder(of: title)
        shifted = ShiftedRows(header: header, separator: reader.delimiter.title, again: open)
    }

    /// Refuses a CSV whose rows cannot name their photo.
    func requirePhotoColumn() throws(SourceError) { try header.require([.photo], of: reader.title) }

    /// What people should know about the CSV as a whole.
    var remarks: [String] {
        [reader.remark] + header.remarks
    }

    /// Tells what came to light while the rows were read.
    func tellWhatCameToLight(_ log: NoticeLog) {
        if unquoted.count > 0 {
            let values = unquoted.counted("value", "values")
            log.add("Excel's =\"…\" or ' was taken off \(values): \(unquoted.list)")
        }
        if marked.count > 0 {
            let codes = marked.counted("id or code", "ids and codes")
            log.add("invisible characters were taken out of \(codes): \(marked.list)")
        }
        guard reader.filling > 0 else { return }
        let filling = "\(reader.filling) zero bytes at the end of \(reader.title)"
        log.add("\(filling) were passed over: see that no row is missing")
        log.leaveOpen("rows may be missing where \(filling) are")
    }

    /// The next row and its photo; rows without any text are passed over, as spreadsheets leave them.
    func next() throws(SourceError) -> (row: ScannedRow, lookup: PhotoLookup)? {
        while let record = try reader.next() {
            if record.isBlank { continue }
            let photo = header.value(.photo, of: record)
            let lookup = finder.find(
                photo.hasPrefix("=") ? ExcelQuoting.value(in: photo, isName: true) ?? photo : photo
            )
            let source = lookup.cell.isEmpty ? reader.title : SourcePath.join(folderTitle, lookup.cell)
            let cells = cells(of: record)
            let row = ScannedRow(
                key: "line \(record.line)",
                source: source.shortened(to: ScannedRow.longestSource),
                line: record.line,
                imgID: imgID(of: record, isExact: cells.isExact),
                values: .cells(cells),
                photo: lookup.photo,
                rejection: try shifted.fault(of: record) ?? swallowed(by: record) ?? lookup.rejection
            )
            return (row, lookup)
        }
        return nil
    }

    private func imgID(of record: CSVRecord, isExact: Bool) -> String? {
        let text = CleanText.clean(value(.imgID, of: record, isExact: isExact))
        return text.isEmpty ? nil : text
    }

    private func cells(of record: CSVRecord) -> RowCells {
        let isExact = !CleanText.clean(header.value(.exact, of: record)).isEmpty
        return RowCells(
            name: value(.name, of: record, isExact: isExact),
            identity: value(.identity, of: record, isExact: isExact),
            gender: value(.gender, of: record, isExact: isExact),
            age: value(.age, of: record, isExact: isExact),
            address: value(.address, of: record, isExact: isExact),
            isExact: isExact
        )
    }

    /// A cell without Excel's quoting and, of a code, without invisible marks, except where it is to be taken as it stands.
    private func value(_ column: Column, of record: CSVRecord, isExact: Bool) -> String {
        var cell = header.value(column, of: record)
        if isExact { return cell }
        let isName = column == .name || column == .address
        if !isName, let visible = CleanText.visible(cell) {
            marked.add("line \(record.line)")
            cell = visible
        }
        guard let value = ExcelQuoting.value(in: cell, isName: isName) else { return cell }
        unquoted.add("line \(record.line)")
        return value
    }
}
