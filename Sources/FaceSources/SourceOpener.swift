// SPDX-License-Identifier: Apache-2.0
import FaceFiles
public import FaceModel
public import FaceText
import SystemPackage

/// Tells what a path is and opens it as a source of portraits.
public enum SourceOpener {
    /// The CSV through which a folder is read when it names photos.
    package static let tableName = "people.csv"
    /// How Windows and cameras may spell it.
    private static let tableSpellings = [
        tableName, "People.csv", "People.CSV", "PEOPLE.CSV", "PEOPLE.csv", "people.CSV",
    ]

    /// The table of a folder, ready to be opened; `nil` where it has none.
    static func table(in folder: FilePath) -> FilePath? {
        tableSpellings.lazy.map { folder.appending($0) }.first { path in
            if case .success(.file) = path.kind(followingLinks: true) { true } else { false }
        }
    }

    /// Opens a folder, a folder with its people.csv, a CSV, an archive, or a report to be imported again.
    ///
    /// The beginning of a CSV is read; no photo is.
    ///
    /// - Parameters:
    ///   - path: The path as it was typed.
    ///   - workingDirectory: The absolute folder the command runs in.
    ///   - pictures: Which files are pictures.
    ///   - passphrase: What opens an encrypted archive.
    ///   - encoding: What tables and names that are not Unicode are written in; `nil` leaves it to the evidence.
    ///   - referencedPhotos: Makes the memory of the photos that a CSV's rows name, for one reading.
    /// - Returns: A source that can be read any number of times.
    /// - Throws: ``SourceError`` that says what is wrong and what to do.
    public static func open(
        _ path: String,
        workingDirectory: String,
        pictures: PictureTest,
        passphrase: Secret? = nil,
        encoding: TextEncoding? = nil,
        referencedPhotos: @escaping @Sendable () throws -> any ReferencedPhotos = { PhotosInMemory() }
    ) throws(SourceError) -> any PortraitSource {
        guard !path.isEmpty else {
            throw SourceError(.notFound, "the source is empty: give a folder of photos or a .csv")
        }
        let place = SourcePath.open(path, from: FilePath(workingDirectory))
        let kind: EntryKind
        do throws(Errno) {
            kind = try place.kind(followingLinks: true).get()
        } catch {
            throw SourceError(error, opening: path)
        }
        let opening = Opening(
            path: path,
            directory: workingDirectory,
            pictures: pictures,
            passphrase: passphrase,
            encoding: encoding,
            photos: referencedPhotos
        )
        switch kind {
        case .folder: return try opening.folder(place)
        case .file: return try opening.file(place)
        case .link, .other:
            throw SourceError(.unsupported, "\(path) is neither a folder nor a file: give a folder of photos or a .csv")
        }
    }
}

/// A path that is being opened, with what its source needs.
private struct Opening {
    let path: String
    let directory: String
    let pictures: PictureTest
    let passphrase: Secret?
    let encoding: TextEncoding?
    let photos: @Sendable () throws -> any ReferencedPhotos

    func folder(_ place: FilePath) throws(SourceError) -> any PortraitSource {
        guard let table = SourceOpener.table(in: place), let name = table.lastComponent?.string else {
            return FolderSource(title: path, directory: directory, path: place, pictures: pictures, told: encoding)
        }
        let tableTitle = SourcePath.join(path, name)
        guard try rows(of: table, title: tableTitle).header.hasPhoto else {
            let remark = "\(tableTitle) has no photo column, so the values are taken from the file names"
            return FolderSource(
                title: path,
                directory: directory,
                path: place,
                pictures: pictures,
                told: encoding,
                remarks: [remark]
            )
        }
        return csv(table, title: tableTitle, scope: .wholeFolder)
    }

    func file(_ place: FilePath) throws(SourceError) -> any PortraitSource {
        switch FileNameParts.stemAndExtension(of: SourcePath.name(of: path)).fileExtension {
        case "csv":
            let rows = try rows(of: place, title: path)
            if ReportRow.isHeader(rows.reader.header) {
                return try ReportSource(title: path, path: place, directory: directory, told: encoding)
            }
            try rows.requirePhotoColumn()
            return csv(place, title: path, scope: .referredFolders)
        case "zip":
            return try archive(place)
        case "xlsx", "xls", "ods", "tsv", "txt":
            throw SourceError(.unsupported, "\(path) is not a CSV: save the table as .csv (CSV UTF-8) and give that")
        default:
            throw SourceError(
                .unsupported,
                "\(path) is not a source of portraits: give a folder of photos or a .csv with a photo column"
            )
        }
    }

    private func archive(_ place: FilePath) throws(SourceError) -> any PortraitSource {
        let opened = try ArchiveOpening(path: place.string, title: path, passphrase: passphrase, told: encoding).open()
        return try ArchiveSource(
            opened.archive,
            title: path,
            directory: directory,
            pictures: pictures,
            told: encoding,
            remark: opened.remark
        )
    }

    private func rows(of table: FilePath, title: String) throws(SourceError) -> TableRows {
        let names = FileNames(under: table.removingLastComponent(), told: encoding)
        return try TableRows(path: table, title: title, told: encoding, names: names)
    }

    private func csv(_ place: FilePath, title: String, scope: CSVSource.Scope) -> CSVSource {
        CSVSource(
            title: path,
            directory: directory,
            path: place,
            tableTitle: title,
            scope: scope,
            pictures: pictures,
            told: encoding,
            referencedPhotos: photos
        )
    }
}
