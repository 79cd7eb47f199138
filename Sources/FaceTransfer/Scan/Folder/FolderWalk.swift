// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// A picture found in a folder.
struct FoundPicture {
    /// Its path below the folder, in NFC; the same for two files whose names differ only in composition.
    let relative: String
    /// As `relative`, with a mark that tells such files apart: `//` stands in no file's name.
    let key: String
    /// Its name in NFC.
    let name: String
    /// Whether the name could be read as text.
    let isReadable: Bool
    /// Its path as the disk spells it.
    let path: FilePath
}

/// Finds the pictures in a folder, in order, one at a time.
///
/// Held in memory are the names of the folder at hand and of those above it. A folder that cannot be listed to its
/// end is an error, never a short list.
final class FolderWalk {
    private struct Level {
        let folder: OpenFolder
        let listing: DirectoryListing
        let path: FilePath
        let relative: String
        let key: String
        var next = 0
    }

    private let title: String
    private let pictures: PictureTest
    private let isRecursive: Bool
    private let ignored: String?
    private var levels: [Level] = []
    /// What was seen and is no row.
    private(set) var passedOver = PassedOver()

    /// Opens a folder; a name in the folder itself can be left unmentioned: its CSV.
    init(
        path: FilePath,
        title: String,
        pictures: PictureTest,
        isRecursive: Bool = true,
        ignoring ignored: String? = nil
    ) throws(SourceError) {
        self.title = title
        self.pictures = pictures
        self.isRecursive = isRecursive
        self.ignored = ignored
        do {
            let folder = try OpenFolder(path: path)
            levels = [Level(folder: folder, listing: try folder.listing(), path: path, relative: "", key: "")]
        } catch {
            throw SourceError(error, opening: title)
        }
    }

    /// The next picture, `nil` after the last.
    func next() throws(SourceError) -> FoundPicture? {
        while let level = levels.last {
            guard level.next < level.listing.count else {
                levels.removeLast()
                continue
            }
            levels[levels.count - 1].next += 1
            if let picture = try look(at: level.next, of: level) { return picture }
        }
        return nil
    }

    /// The picture at one place of a listing; a folder is entered instead, anything else noted.
    private func look(at index: Int, of level: Level) throws(SourceError) -> FoundPicture? {
        let text = level.listing.text(at: index)
        let relative = level.relative + text
        if level.relative.isEmpty && text == ignored { return nil }
        let repetition = level.listing.repetition(at: index)
        let key = level.key + text + (repetition == 0 ? "" : "//\(repetition + 1)")
        let name = level.listing.name(at: index)
        switch level.listing.kind(at: index) {
        case .folder:
            guard isRecursive else { return nil }
            try enter(name, of: level, relative: relative, key: key)
        case .file:
            guard isPicture(name, text: text, relative: relative, in: level.folder) else { return nil }
            let encoding = FileNameText(reading: name).encoding
            if let encoding, encoding != .utf8 { passedOver.renamed.add("\(relative) (\(encoding.title))") }
            return FoundPicture(
                relative: relative,
                key: key,
                name: text,
                isReadable: encoding != nil,
                path: level.path.appending(name: name)
            )
        case .link: passedOver.links.add(relative)
        case .other: passedOver.notPictures.add(relative)
        }
        return nil
    }

    private func enter(_ name: [UInt8], of level: Level, relative: String, key: String) throws(SourceError) {
        do {
            let folder = try level.folder.folder(named: name)
            levels.append(
                Level(
                    folder: folder,
                    listing: try folder.listing(),
                    path: level.path.appending(name: name),
                    relative: relative + "/",
                    key: key + "/"
                )
            )
        } catch {
            throw SourceError(error, opening: SourcePath.join(title, relative))
        }
    }

    private func isPicture(_ name: [UInt8], text: String, relative: String, in folder: OpenFolder) -> Bool {
        let fileExtension = FileNameParts.stemAndExtension(of: text).fileExtension
        if let fileExtension, pictures.isPictureExtension(fileExtension) { return true }
        do {
            let bytes = try folder.firstBytes(of: name, count: PictureTest.contentLength)
            if pictures.isPictureContent(bytes) { return true }
            passedOver.notPictures.add(relative)
        } catch {
            passedOver.unopened.add("\(relative) (\(error))")
        }
        return false
    }
}

/// What a walk saw that is no row, to be told once at its end.
struct PassedOver {
    var notPictures = NameSample()
    var unopened = NameSample()
    var links = NameSample()
    var renamed = NameSample()

    /// One sentence for each kind that occurred.
    var sentences: [String] {
        var sentences: [String] = []
        if notPictures.count > 0 {
            let files = notPictures.counted("file that is not a picture was", "files that are not pictures were")
            sentences.append("\(files) passed over: \(notPictures.list)")
        }
        if unopened.count > 0 {
            let files = unopened.counted("file without a picture's extension", "files without a picture's extension")
            sentences.append("\(files) could not be opened and may be pictures: \(unopened.list)")
        }
        if links.count > 0 {
            let found = links.counted("symbolic link was", "symbolic links were")
            sentences.append("\(found) passed over: \(links.list)")
        }
        if renamed.count > 0 {
            let names = renamed.counted("file name is", "file names are")
            sentences.append("\(names) not UTF-8 and read in another encoding: \(renamed.list)")
        }
        return sentences
    }
}
