// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceModel
import FaceText

/// Sorts the entries of an archive as a walk sorts the files of a folder.
struct ArchiveSorting {
    private let pictures: PictureTest
    private let content: (ZipEntry) throws(ArchiveError) -> [UInt8]?
    private var items: [ArchiveContents.Item] = []
    private var passedOver = PassedOver()

    /// Takes what reads an entry, or says `nil` where it is not to be looked into.
    init(pictures: PictureTest, content: @escaping (ZipEntry) throws(ArchiveError) -> [UInt8]?) {
        self.pictures = pictures
        self.content = content
    }

    /// Sorts an entry.
    mutating func take(_ entry: ZipEntry) {
        if let folder = Housekeeping.folder(above: entry.name) {
            passedOver.add(housekeeping: folder)
            return
        }
        let name = CleanText.composed(entry.fileName)
        let isLookedInto = ForeignExtension.title(of: entry.fileExtension ?? "") == nil
        let sort = pictures.sort(name) { isLookedInto ? try content(entry) : nil }
        switch sort {
        case .picture:
            items.append(.init(entry: entry, name: name))
        case .obstacle(let obstacle):
            items.append(.init(entry: entry, name: obstacle.photo, rejection: obstacle.rejection))
        case .hidden: passedOver.hidden.add(entry.name)
        case .unopened(let error): passedOver.unopened.add("\(entry.name): \(error)")
        case .other: passedOver.notPictures.add(entry.name)
        case .leftover: break
        }
    }

    /// What the archive holds, in a stable order.
    mutating func finish() -> ([ArchiveContents.Item], PassedOver) {
        let sorted = items.map { ($0, CleanText.composed($0.entry.name)) }.sorted { $0.1 < $1.1 }.map(\.0)
        guard items.contains(where: { $0.rejection != nil }) else { return (sorted, passedOver) }
        let pictures = items.filter { $0.rejection == nil }
        let stems = Set(
            pictures.flatMap { [Self.path(of: $0.name, beside: $0.entry), CleanText.composed($0.entry.name)] }
        )
        let kept = sorted.filter { item in
            guard item.rejection != nil, stems.contains(Self.path(of: item.name, beside: item.entry)) else {
                return true
            }
            passedOver.companions.add(item.entry.name)
            return false
        }
        return (kept, passedOver)
    }

    /// A photo's path without its extension.
    private static func path(of photo: String, beside entry: ZipEntry) -> String {
        SourcePath.join(SourcePath.folder(of: entry.name), FileNameParts.stemAndExtension(of: photo).stem)
    }
}
