// SPDX-License-Identifier: Apache-2.0
import FaceFiles
import FaceModel
import FaceText
import SystemPackage

/// A CSV whose rows name their photos: on its own, or as the people.csv of a folder.
struct CSVSource: PortraitSource {
    /// Where photos without a row are looked for.
    enum Scope {
        /// Everywhere under the CSV's folder.
        case wholeFolder
        /// In the folders that rows refer to, not below them.
        case referredFolders
    }

    let title: String
    let origin: SourceOrigin
    /// The CSV, ready to be opened.
    let path: FilePath
    /// The CSV as people know it.
    let tableTitle: String
    let scope: Scope
    let pictures: PictureTest
    let referencedPhotos: @Sendable () throws -> any ReferencedPhotos
    fileprivate let names: FileNames
    private let photos: SpelledPhotos
    private let log = NoticeLog()

    init(
        title: String,
        directory: String,
        path: FilePath,
        tableTitle: String,
        scope: Scope,
        pictures: PictureTest,
        told: TextEncoding?,
        referencedPhotos: @escaping @Sendable () throws -> any ReferencedPhotos
    ) {
        self.title = title
        origin = SourceOrigin(source: title, directory: directory, encoding: told)
        names = FileNames(under: path.removingLastComponent(), told: told)
        photos = SpelledPhotos(seenFrom: directory, names: names)
        self.path = path
        self.tableTitle = tableTitle
        self.scope = scope
        self.pictures = pictures
        self.referencedPhotos = referencedPhotos
    }

    var notices: [SourceNotice] { log.all }

    var gap: String? { log.gap }

    func rows() -> RowSequence { rows(telling: log) }

    func photo(reportedAs source: String) -> PhotoPlace? { photos.place(of: source) }

    func countRows() throws -> Int { try rows(telling: NoticeLog()).count() }

    private func rows(telling log: NoticeLog) -> RowSequence {
        RowSequence {
            log.begin()
            let rows = try TableRows(path: path, title: tableTitle, told: origin.encoding, names: names)
            try rows.requirePhotoColumn()
            rows.remarks.forEach(log.add)
            return CSVRows(source: self, rows: rows, referenced: try referencedPhotos(), log: log)
        }
    }
}

/// One reading of a CSV: its rows, then the photos that have none.
private final class CSVRows: RowCursor {
    /// How many photos are noted at a time.
    private static let batch = 512

    private let source: CSVSource
    private let rows: TableRows
    private let referenced: any ReferencedPhotos
    private let log: NoticeLog
    private let folders: ReferredFolders
    private var unnoted: [UInt64] = []
    private var leftovers: LeftoverPhotos?
    private var isDone = false

    init(source: CSVSource, rows: TableRows, referenced: any ReferencedPhotos, log: NoticeLog) {
        self.source = source
        folders = ReferredFolders(reading: source.names)
        self.rows = rows
        self.referenced = referenced
        self.log = log
    }

    func next() throws -> ScannedRow? {
        if isDone { return nil }
        if leftovers == nil, let (row, lookup) = try rows.next() {
            try note(lookup)
            return row
        }
        let leftovers = try self.leftovers ?? startLeftovers()
        self.leftovers = leftovers
        if let row = try leftovers.next() { return row }
        isDone = true
        log.add(strays: leftovers.found)
        leftovers.sentences.forEach(log.add)
        return nil
    }

    private func note(_ lookup: PhotoLookup) throws {
        unnoted += try folders.numbers(of: lookup)
        if unnoted.count >= Self.batch { try noteAll() }
    }

    private func noteAll() throws {
        try referenced.insert(unnoted)
        unnoted.removeAll(keepingCapacity: true)
    }

    private func startLeftovers() throws -> LeftoverPhotos {
        rows.tellWhatCameToLight(log)
        try noteAll()
        if folders.isIncomplete {
            log.add("photos without a row were looked for in the first \(ReferredFolders.limit) folders only")
        }
        let folder = source.path.removingLastComponent()
        let places: [LeftoverPhotos.Place] =
            switch source.scope {
            case .wholeFolder: [.init(path: folder, title: source.title, relative: "", isRecursive: true)]
            case .referredFolders: folders.places(seenFrom: SourcePath.folder(of: source.tableTitle))
            }
        return LeftoverPhotos(
            places: places,
            table: SourcePath.name(of: source.tableTitle),
            pictures: source.pictures,
            names: source.names,
            referenced: referenced,
            tellsPassedOver: source.scope == .wholeFolder
        )
    }
}
