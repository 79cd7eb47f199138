// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceModel
import FaceText

/// A zip of photos: read through the `people.csv` in it, or by the names of its entries.
///
/// Photos are read from the archive one by one when their turn comes; nothing is unpacked to the disk.
struct ArchiveSource: PortraitSource {
    let title: String
    let origin: SourceOrigin
    private let contents: ArchiveContents
    private let remark: String?
    private let log = NoticeLog()

    /// Takes an archive that is open, which people know by its title, and what they should know of its names.
    init(
        _ archive: ZipArchive,
        title: String,
        directory: String,
        pictures: PictureTest,
        told: TextEncoding?,
        remark: String?
    ) throws(SourceError) {
        self.title = title
        self.remark = remark
        origin = SourceOrigin(source: title, directory: directory, encoding: told)
        contents = try ArchiveContents(archive, title: title, pictures: pictures, told: told)
    }

    var notices: [SourceNotice] { log.all }

    var gap: String? { log.gap }

    func rows() -> RowSequence { rows(telling: log) }

    func countRows() throws -> Int { try rows(telling: NoticeLog()).count() }

    func photo(reportedAs source: String) -> PhotoPlace? {
        let below = title + "/"
        guard source.hasPrefix(below) else { return nil }
        return contents.item(named: String(source.dropFirst(below.count))).map(contents.place)
    }

    private func rows(telling log: NoticeLog) -> RowSequence {
        RowSequence { [contents, remark] in
            log.begin()
            remark.map(log.add)
            let table = try contents.openTable(log.add)
            table?.remarks.forEach(log.add)
            return ArchiveRows(contents: contents, table: table, log: log)
        }
    }
}

/// One reading of an archive: the rows of its table, then the photos that have none; or its photos.
private final class ArchiveRows: RowCursor {
    private let contents: ArchiveContents
    private let table: TableRows?
    private let log: NoticeLog
    private var named: Set<String> = []
    private var isTableDone: Bool
    private var place = 0
    private var strays = 0
    private var passedOver: PassedOver
    private var isDone = false

    init(contents: ArchiveContents, table: TableRows?, log: NoticeLog) {
        self.contents = contents
        self.table = table
        self.log = log
        isTableDone = table == nil
        passedOver = contents.passedOver
    }

    func next() throws -> ScannedRow? {
        if !isTableDone {
            if let (row, lookup) = try table?.next() {
                if case .archived(let photo) = lookup.photo { named.insert(photo.entry.name) }
                return row
            }
            isTableDone = true
            table?.tellWhatCameToLight(log)
        }
        while place < contents.items.count {
            let item = contents.items[place]
            place += 1
            if table == nil { return contents.row(of: item) }
            if named.contains(item.entry.name) { continue }
            guard item.rejection == nil else {
                passedOver.unnamed.add(item.entry.name)
                continue
            }
            strays += 1
            return contents.rowWithoutLine(of: item)
        }
        if !isDone { tell() }
        return nil
    }

    private func tell() {
        isDone = true
        log.add(strays: strays)
        // With a table its rows say who is there, whatever else could not be opened.
        if table == nil { log.add(passedOver) } else { passedOver.sentences.forEach(log.add) }
    }
}
