// SPDX-License-Identifier: Apache-2.0
import FaceModel
import SystemPackage

/// Reads the records of a CSV as rows, with their photos looked up.
final class TableRows {
    let reader: CSVReader
    let header: TableHeader
    private let finder: any PhotoLocator
    private let folderTitle: String

    /// Opens a CSV, which people know by its title; photos are seen from its folder.
    convenience init(path: FilePath, title: String) throws(SourceError) {
        try self.init(
            CSVReader(path: path, title: title),
            title: title,
            photos: PhotoFinder(base: path.removingLastComponent())
        )
    }

    /// Takes a CSV that is open, and what finds its photos.
    init(_ reader: CSVReader, title: String, photos: any PhotoLocator) throws(SourceError) {
        self.reader = reader
        header = try TableHeader(reader.header, of: title)
        finder = photos
        folderTitle = SourcePath.folder(of: title)
    }

    /// Refuses a CSV whose rows cannot name their photo.
    func requirePhotoColumn() throws(SourceError) {
        guard !header.hasPhoto else { return }
        let names = Column.photo.names.joined(separator: ", ")
        throw SourceError(
            .malformed,
            "\(reader.title) has no column for the photo: name one of its columns one of \(names)"
        )
    }

    /// What people should know about the CSV as a whole.
    var remarks: [String] {
        let read = "\(reader.title) is read as \(reader.encoding.title), separated by \(reader.delimiter.title)"
        guard !header.ignored.isEmpty else { return [read] }
        var sample = NameSample()
        header.ignored.forEach { sample.add($0) }
        return [read, "columns ignored: \(sample.list)"]
    }

    /// The next row and its photo; rows without any text are passed over, as spreadsheets leave them.
    func next() throws(SourceError) -> (row: ScannedRow, lookup: PhotoLookup)? {
        while let record = try reader.next() {
            if record.isBlank { continue }
            let lookup = finder.find(header.value(.photo, of: record))
            let row = ScannedRow(
                key: "line \(record.line)",
                source: lookup.cell.isEmpty ? reader.title : SourcePath.join(folderTitle, lookup.cell),
                line: record.line,
                imgID: imgID(of: record),
                values: .cells(cells(of: record)),
                photo: lookup.photo,
                rejection: surplus(of: record) ?? lookup.rejection
            )
            return (row, lookup)
        }
        return nil
    }

    private func imgID(of record: CSVRecord) -> String? {
        let text = CleanText.clean(header.value(.imgID, of: record))
        return text.isEmpty ? nil : text
    }

    private func cells(of record: CSVRecord) -> RowCells {
        RowCells(
            name: header.value(.name, of: record),
            identity: header.value(.identity, of: record),
            gender: header.value(.gender, of: record),
            age: header.value(.age, of: record),
            address: header.value(.address, of: record),
            isExact: !CleanText.clean(header.value(.exact, of: record)).isEmpty
        )
    }

    /// A row with more cells than the header has its values in the wrong columns; which ones, nobody can tell.
    private func surplus(of record: CSVRecord) -> Rejection? {
        guard record.cells.count > header.width,
            !record.cells[header.width...].allSatisfy({ CleanText.clean($0).isEmpty })
        else { return nil }
        return Rejection(
            .nameSeparator,
            "the row has \(record.cells.count) cells and the header \(header.width): "
                + "a value that holds the separator (\(reader.delimiter.title)) must stand in quotes"
        )
    }
}
