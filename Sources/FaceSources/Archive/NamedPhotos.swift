// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceText

/// Collects the photos that the table of an archive names, to be compared with the names of its entries.
final class NamedPhotos: PhotoLocator {
    private let folder: String
    /// The paths within the archive, in NFC and with `/` between folders.
    private(set) var paths: Set<String> = []

    private init(folder: String) { self.folder = folder }

    /// Reads the table of an archive.
    ///
    /// - Returns: The paths; none where it has no table that names photos.
    /// - Throws: ``SourceError`` or `ArchiveError` where it cannot be read.
    static func paths(in archive: ZipArchive, title: String, told: TextEncoding?) throws -> Set<String> {
        guard let table = ArchiveContents.table(among: archive.entries) else { return [] }
        let bytes = try archive.read(table, isText: true)
        let photos = NamedPhotos(folder: SourcePath.folder(of: table.name))
        let rows = try TableRows(title: title, photos: photos) { () throws(SourceError) in
            try CSVReader(bytes: bytes, title: title, told: told)
        }
        while try rows.next() != nil {}
        return photos.paths
    }

    func find(_ cell: String) -> PhotoLookup {
        let path = CleanText.clean(cell).unicodeScalars.map { $0 == "\\" ? "/" : $0 }
        paths.insert(SourcePath.join(folder, String(String.UnicodeScalarView(path))))
        return PhotoLookup(cell: cell)
    }
}
