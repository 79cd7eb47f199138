// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceModel
import FaceText

/// What an archive holds, sorted by what it is good for.
struct ArchiveContents: Sendable {
    /// A photo, or what stands in its place.
    struct Item: Sendable {
        let entry: ZipEntry
        /// The photo's name in NFC; of what stands in its place, the name of the photo it stands for.
        let name: String
        /// Why it cannot be taken, where that is known already.
        var rejection: Rejection?
    }

    /// Entries up to this size are looked into where their names do not tell what they are.
    private static let largestLookedInto = 16 << 20

    /// The photos in a stable order.
    let items: [Item]
    /// What is no row.
    let passedOver: PassedOver
    private let archive: ZipArchive
    private let title: String
    private let told: TextEncoding?
    private let table: ZipEntry?
    private let itemsByName: [String: Item]

    /// Looks through an archive and reads its table, so that a wrong passphrase shows at once.
    ///
    /// - Parameters:
    ///   - archive: The archive.
    ///   - title: The archive as people know it.
    ///   - test: Which entries are pictures.
    ///   - told: The encoding of its table where that is not Unicode, as the user says.
    /// - Throws: ``SourceError`` where it cannot be read, or not with this passphrase.
    init(
        _ archive: ZipArchive,
        title: String,
        pictures test: PictureTest,
        told: TextEncoding?
    ) throws(SourceError) {
        self.told = told
        self.archive = archive
        self.title = title
        let table = Self.table(among: archive.entries)
        self.table = table
        let smallest = archive.entries.filter { test.isPictureExtension($0.fileExtension ?? "") }
            .min { $0.size < $1.size }
        if let first = table ?? smallest {
            do {
                _ = try archive.read(first, isText: first == table)
            } catch  where table == nil && error.code == .limitExceeded {
                // That concerns its row alone.
            } catch {
                throw SourceError(error, in: title)
            }
        }
        var sorting = ArchiveSorting(pictures: test) { entry throws(ArchiveError) in
            entry.size > Self.largestLookedInto ? nil : try archive.read(entry)
        }
        for entry in archive.entries where entry != table { sorting.take(entry) }
        (items, passedOver) = sorting.finish()
        itemsByName = Dictionary(items.map { (CleanText.composed($0.entry.name), $0) }) { first, _ in first }
    }

    /// The table among some entries: the one that stands highest is that of the whole archive.
    static func table(among entries: [ZipEntry]) -> ZipEntry? {
        entries
            .filter { Housekeeping.folder(above: $0.name) == nil && $0.fileName.lowercased() == SourceOpener.tableName }
            .min { $0.name.split(separator: "/").count < $1.name.split(separator: "/").count }
    }

    /// The table, from its first row; `nil` where the archive has none with a photo column.
    ///
    /// - Parameter tell: Takes a sentence on a table that is of no use.
    /// - Returns: The table.
    /// - Throws: ``SourceError`` when it cannot be read.
    func openTable(_ tell: (String) -> Void) throws(SourceError) -> TableRows? {
        guard let table else { return nil }
        let bytes: [UInt8]
        do {
            bytes = try archive.read(table, isText: true)
        } catch {
            throw SourceError(error, in: title)
        }
        let tableTitle = "\(title)/\(table.name)"
        let folder = SourcePath.folder(of: table.name)
        let photos = ArchivePhotoFinder(contents: self, folder: folder)
        let rows = try TableRows(title: tableTitle, photos: photos) { () throws(SourceError) in
            try CSVReader(bytes: bytes, title: tableTitle, told: told)
        }
        if rows.header.hasPhoto { return rows }
        tell("\(tableTitle) has no photo column, so the values are taken from the file names")
        return nil
    }

    /// The photo of an entry, by its name in any composition; or what stands in its place.
    func item(named name: String) -> Item? { itemsByName[CleanText.composed(name)] }

    /// Where the photo of an entry is.
    func place(of item: Item) -> PhotoPlace { .archived(ArchivedPhoto(archive: archive, entry: item.entry)) }

    /// The row of a photo whose name carries the values.
    func row(of item: Item) -> ScannedRow {
        let stem = FileNameParts.stemAndExtension(of: item.name).stem
        return row(of: item, values: .fileName(stem: stem), rejection: item.rejection)
    }

    /// The row of a photo that no line of the table names.
    func rowWithoutLine(of item: Item) -> ScannedRow {
        let detail = "no row of \(SourceOpener.tableName) names this photo"
        return row(of: item, values: .cells(RowCells()), rejection: Rejection(.sourceMissingRow, detail))
    }

    private func row(of item: Item, values: RowValues, rejection: Rejection?) -> ScannedRow {
        ScannedRow(
            key: CleanText.composed(item.entry.name),
            source: "\(title)/\(item.entry.name)",
            values: values,
            photo: place(of: item),
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
            if let item = contents.item(named: SourcePath.join(folder, spelling)) {
                return PhotoLookup(cell: spelling, photo: contents.place(of: item), rejection: item.rejection)
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
