// SPDX-License-Identifier: Apache-2.0
import FaceFiles
import FaceModel
import SystemPackage

/// Finds the photos that no row of a CSV names.
final class LeftoverPhotos {
    /// A folder to look in.
    struct Place {
        /// The folder, ready to be opened.
        let path: FilePath
        /// The folder as people know it.
        let title: String
        /// The folder as rows write it.
        let relative: String
        let isRecursive: Bool
    }

    private static let batch = 512

    private var places: ArraySlice<Place>
    private let table: String
    private let pictures: PictureTest
    private let names: FileNames
    private let referenced: any ReferencedPhotos
    private let tellsPassedOver: Bool
    private var waiting: ArraySlice<ScannedRow> = []
    private var unnamed = NameSample()
    private var current: (walk: FolderWalk, place: Place, real: String)?
    /// What was seen and is no photo.
    private(set) var sentences: [String] = []
    /// How many photos have no row.
    private(set) var found = 0

    init(
        places: [Place],
        table: String,
        pictures: PictureTest,
        names: FileNames,
        referenced: any ReferencedPhotos,
        tellsPassedOver: Bool
    ) {
        self.places = places[...]
        self.table = table
        self.pictures = pictures
        self.names = names
        self.referenced = referenced
        self.tellsPassedOver = tellsPassedOver
    }

    /// A row for the next photo that has none, `nil` after the last.
    func next() throws -> ScannedRow? {
        while waiting.isEmpty {
            if current == nil {
                guard let place = places.popFirst() else { return nil }
                waiting = try enter(place)[...]
            } else if let current {
                waiting = try batch(of: current)[...]
            }
        }
        return waiting.popFirst()
    }

    /// Begins with a folder; gives a row for one that cannot be read.
    private func enter(_ place: Place) throws(SourceError) -> [ScannedRow] {
        let title = place.title.isEmpty ? "." : place.title
        do throws(Errno) {
            let walk = try FolderWalk(
                of: place.path,
                title: title,
                pictures: pictures,
                names: names,
                isRecursive: place.isRecursive,
                ignoring: table
            )
            current = (walk, place, try place.path.realText(names))
            return []
        } catch {
            guard let detail = error.obstacle(to: "the folder") else { throw SourceError(error, opening: title) }
            return [
                ScannedRow(
                    key: place.relative.isEmpty ? "./" : SourcePath.join(place.relative, ""),
                    source: SourcePath.join(title, ""),
                    values: .cells(RowCells()),
                    photo: nil,
                    rejection: Rejection(.sourceUnreadable, detail)
                )
            ]
        }
    }

    /// The photos without a row among the next ones; ends the folder at hand after its last.
    private func batch(of current: (walk: FolderWalk, place: Place, real: String)) throws -> [ScannedRow] {
        var pictures: [FoundPicture] = []
        var folders: [FoundPicture] = []
        var isLast = false
        while pictures.count + folders.count < Self.batch, !isLast {
            guard let picture = try current.walk.next() else {
                isLast = true
                continue
            }
            if picture.isFolder { folders.append(picture) } else { pictures.append(picture) }
        }
        let numbers = pictures.map { picture in
            let below = SourcePath.folder(of: picture.relative)
            let folder = below.isEmpty ? current.real : SourcePath.join(current.real, below)
            return PhotoNumber.of(folder: folder, name: picture.name)
        }
        let strays = zip(pictures, try referenced.contains(numbers)).filter { !$0.1 }.map(\.0)
        for stray in strays where stray.rejection != nil { unnamed.add(stray.relative) }
        if isLast { leave(current.walk) }
        let photos = strays.filter { $0.rejection == nil }
        found += photos.count
        let unread = folders.map { folder in
            var row = ScannedRow(folder, in: current.place.title)
            row.key = SourcePath.join(current.place.relative, folder.key)
            return row
        }
        return unread
            + photos.map { picture in
                ScannedRow(
                    key: SourcePath.join(current.place.relative, picture.key),
                    source: SourcePath.join(current.place.title, picture.relative),
                    values: .cells(RowCells()),
                    photo: .file(picture.path),
                    rejection: Rejection(.sourceMissingRow, "no row of \(table) names this photo")
                )
            }
    }

    /// Ends the folder at hand.
    private func leave(_ walk: FolderWalk) {
        current = nil
        guard tellsPassedOver else { return }
        var passedOver = walk.passedOver
        passedOver.unnamed = unnamed
        sentences += passedOver.sentences
    }
}
