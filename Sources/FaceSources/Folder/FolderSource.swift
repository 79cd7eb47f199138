// SPDX-License-Identifier: Apache-2.0
import FaceFiles
import FaceModel
import FaceText
import SystemPackage

/// A folder of photos whose file names carry the values.
struct FolderSource: PortraitSource {
    let title: String
    let origin: SourceOrigin
    let path: FilePath
    let pictures: PictureTest
    private let names: FileNames
    private let photos: SpelledPhotos
    /// What was noticed before the first reading, such as a people.csv that is of no use.
    let remarks: [String]
    private let log = NoticeLog()

    init(
        title: String,
        directory: String,
        path: FilePath,
        pictures: PictureTest,
        told: TextEncoding?,
        remarks: [String] = []
    ) {
        self.title = title
        origin = SourceOrigin(source: title, directory: directory, encoding: told)
        self.path = path
        self.pictures = pictures
        names = FileNames(under: path, told: told)
        photos = SpelledPhotos(seenFrom: directory, names: names)
        self.remarks = remarks
    }

    var notices: [SourceNotice] { remarks.map { SourceNotice($0) } + log.all }

    var gap: String? { log.gap }

    func rows() -> RowSequence { rows(telling: log) }

    func photo(reportedAs source: String) -> PhotoPlace? { photos.place(of: source) }

    func countRows() throws -> Int { try rows(telling: NoticeLog()).count() }

    private func rows(telling log: NoticeLog) -> RowSequence {
        RowSequence { [title, path, pictures, names] in
            log.begin()
            return FolderRows(
                walk: try FolderWalk(path: path, title: title, pictures: pictures, names: names),
                title: title,
                log: log
            )
        }
    }
}

/// One reading of a folder.
private final class FolderRows: RowCursor {
    private let walk: FolderWalk
    private let title: String
    private let log: NoticeLog
    private var isDone = false

    init(walk: FolderWalk, title: String, log: NoticeLog) {
        self.walk = walk
        self.title = title
        self.log = log
    }

    func next() throws -> ScannedRow? {
        guard !isDone else { return nil }
        guard let picture = try walk.next() else {
            isDone = true
            log.add(walk.passedOver)
            return nil
        }
        return ScannedRow(picture, in: title)
    }
}

extension ScannedRow {
    /// The row of a photo whose file name carries the values, or of a folder that could not be read.
    init(_ picture: FoundPicture, in title: String) {
        self.init(
            key: picture.key,
            source: SourcePath.join(title, picture.relative),
            values: picture.isFolder
                ? .cells(RowCells()) : .fileName(stem: FileNameParts.stemAndExtension(of: picture.name).stem),
            photo: picture.isFolder ? nil : .file(picture.path),
            rejection: picture.rejection
        )
        if let doubt = picture.doubt { rejection = Rejection(.nameFields, doubt) }
    }
}
