// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceModel

/// What an archive holds, sorted by what it is good for.
struct ArchiveContents: Sendable {
    /// The pictures in a stable order.
    let pictures: [ZipEntry]
    /// A sentence on the entries that are no pictures.
    let passedOver: String?
    private let archive: ZipArchive
    private let title: String
    private let table: ZipEntry?
    private let picturesByName: [String: ZipEntry]

    /// Looks through an archive and reads its table, so that a wrong passphrase shows at once.
    init(_ archive: ZipArchive, title: String, pictures test: PictureTest) throws(SourceError) {
        self.archive = archive
        self.title = title
        let entries = archive.entries.filter { entry in
            !entry.name.split(separator: "/").contains { DirectoryListing.isPassedOverSilently(Array($0.utf8)) }
        }
        let pictures = entries.filter { test.isPictureExtension($0.fileExtension ?? "") }
        self.pictures = pictures.map { ($0, CleanText.composed($0.name)) }.sorted { $0.1 < $1.1 }.map(\.0)
        let tables = entries.filter { $0.fileName.lowercased() == SourceOpener.tableName }
        // The one that stands highest is that of the whole archive.
        table = tables.min { $0.name.split(separator: "/").count < $1.name.split(separator: "/").count }
        var others = NameSample()
        for entry in entries where entry != table && !test.isPictureExtension(entry.fileExtension ?? "") {
            others.add(entry.name)
        }
        passedOver =
            others.count == 0 ? nil : "\(others.counted("entry", "entries")) of \(title) not read: \(others.list)"
        picturesByName = Dictionary(pictures.map { (CleanText.composed($0.name), $0) }) { first, _ in first }
        if let first = table ?? self.pictures.min(by: { $0.size < $1.size }) {
            do {
                _ = try archive.read(first)
            } catch {
                throw SourceError(error, in: title)
            }
        }
    }

    /// The table, from its first row; `nil` where the archive has none with a photo column.
    func openTable() throws(SourceError) -> TableRows? {
        guard let table else { return nil }
        let bytes: [UInt8]
        do {
            bytes = try archive.read(table)
        } catch {
            throw SourceError(error, in: title)
        }
        let tableTitle = "\(title)/\(table.name)"
        let folder = SourcePath.folder(of: table.name)
        let photos = ArchivePhotoFinder(contents: self, folder: folder)
        let rows = try TableRows(title: tableTitle, photos: photos) { () throws(SourceError) in
            try CSVReader(bytes: bytes, title: tableTitle)
        }
        return rows.header.hasPhoto ? rows : nil
    }

    /// The photo of an entry, by its name in any composition.
    func photo(named name: String) -> PhotoPlace? {
        picturesByName[CleanText.composed(name)].map { .archived(ArchivedPhoto(archive: archive, entry: $0)) }
    }

    /// The row of a picture whose name carries the values.
    func row(of picture: ZipEntry) -> ScannedRow {
        row(of: picture, values: .fileName(stem: CleanText.composed(picture.stem)), rejection: nil)
    }

    /// The row of a picture that no line of the table names.
    func rowWithoutLine(of picture: ZipEntry) -> ScannedRow {
        let detail = "no row of \(SourceOpener.tableName) names this photo"
        return row(of: picture, values: .cells(RowCells()), rejection: Rejection(.sourceMissingRow, detail))
    }

    private func row(of picture: ZipEntry, values: RowValues, rejection: Rejection?) -> ScannedRow {
        ScannedRow(
            key: CleanText.composed(picture.name),
            source: "\(title)/\(picture.name)",
            values: values,
            photo: .archived(ArchivedPhoto(archive: archive, entry: picture)),
            rejection: rejection
        )
    }
}

/// Finds the photos that the rows of an archive's table name.
private final class ArchivePhotoFinder: PhotoLocator {
    private let contents: ArchiveContents
    /// The folder of the table within the archive.
    private let folder: String

    init(contents: ArchiveContents, folder: String) {
        self.contents = contents
        self.folder = folder
    }

    func find(_ cell: String) -> PhotoLookup {
        guard !CleanText.clean(cell).isEmpty else {
            return PhotoLookup(cell: "", rejection: Rejection(.sourceMissingPhoto, "the row names no photo"))
        }
        for spelling in [cell, CleanText.clean(cell), String(cell.map { $0 == "\\" ? "/" : $0 })] {
            if let photo = contents.photo(named: SourcePath.join(folder, spelling)) {
                return PhotoLookup(cell: spelling, photo: photo)
            }
        }
        return PhotoLookup(
            cell: cell,
            rejection: Rejection(.sourceMissingPhoto, "the archive has no picture of this name")
        )
    }
}

extension SourceError {
    /// An archive that cannot be read, in its reader's own words.
    init(_ error: ArchiveError, in title: String) {
        switch error.code {
        case .passphraseRequired:
            self.init(.unsupported, "\(title) is encrypted: give the file with its passphrase, --passphrase-file FILE")
        case .wrongPassphrase:
            self.init(.wrongPassphrase, "\(title) does not open with this passphrase: name the file with the right one")
        case .notAnArchive: self.init(.unsupported, "\(title) is no zip archive, whatever its name says")
        default: self.init(.unreadable, "\(title) cannot be read: \(error)")
        }
    }
}
