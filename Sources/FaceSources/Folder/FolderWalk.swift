// SPDX-License-Identifier: Apache-2.0
import FaceFiles
import FaceModel
import FaceText
import SystemPackage

/// A photo found in a folder, what stands in its place, or a folder that could not be read.
struct FoundPicture {
    /// Its path below the folder, in NFC; the same for two files whose names differ only in composition.
    let relative: String
    /// As `relative`, with a mark that tells such files apart: `//` stands in no file's name.
    let key: String
    /// The photo's name in NFC; of what stands in its place, the name of the photo it stands for.
    let name: String
    /// Why the name could not be read as text.
    let doubt: String?
    /// Its path as the disk spells it.
    let path: FilePath
    /// Why it cannot be taken, where that is known already.
    var rejection: Rejection?
    /// Whether it is a folder: its paths end in `/`, and nobody knows whose photos it holds.
    var isFolder = false
}

/// Finds the photos in a folder, in order, one at a time.
///
/// Held in memory are the names of the folder at hand and of those above it. A folder that cannot be listed to its
/// end is never a short list: within the source it is found as such, the source itself is an error.
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
    private let names: FileNames
    private let isRecursive: Bool
    private let ignored: String?
    private var levels: [Level] = []
    /// What was seen and is no row.
    private(set) var passedOver = PassedOver()

    /// Opens a folder; a name in the folder itself can be left unmentioned: its CSV.
    init(
        of path: FilePath,
        title: String,
        pictures: PictureTest,
        names: FileNames,
        isRecursive: Bool = true,
        ignoring ignored: String? = nil
    ) throws(Errno) {
        self.title = title
        self.pictures = pictures
        self.names = names
        self.isRecursive = isRecursive
        self.ignored = ignored
        let folder = try OpenFolder(path: path)
        levels = [
            Level(folder: folder, listing: try folder.listing(reading: names), path: path, relative: "", key: "")
        ]
    }

    /// Opens the folder that a source is.
    convenience init(path: FilePath, title: String, pictures: PictureTest, names: FileNames) throws(SourceError) {
        do throws(Errno) {
            try self.init(of: path, title: title, pictures: pictures, names: names)
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

    /// The photo at one place of a listing; a folder is entered instead, anything else noted.
    private func look(at index: Int, of level: Level) throws(SourceError) -> FoundPicture? {
        let text = level.listing.text(at: index)
        let relative = level.relative + text
        if level.relative.isEmpty && text == ignored { return nil }
        let repetition = level.listing.repetition(at: index)
        let key = level.key + text + (repetition == 0 ? "" : "//\(repetition + 1)")
        let name = level.listing.name(at: index)
        let found = { [self] (photo: String, rejection: Rejection?) -> FoundPicture in
            let spelled = names.text(of: name)
            if let encoding = spelled.encoding, encoding != .utf8 {
                passedOver.renamed.add("\(relative) (\(encoding.title))")
            }
            return FoundPicture(
                relative: relative,
                key: key,
                name: photo,
                doubt: spelled.doubt.map { "the file name \($0)" },
                path: level.path.appending(name: name),
                rejection: rejection
            )
        }
        switch level.listing.kind(at: index) {
        case .folder:
            guard isRecursive else { return nil }
            guard Housekeeping.isFolder(text) else {
                return try enter(name, of: level, relative: relative, key: key)
            }
            passedOver.add(housekeeping: relative)
        case .file: return sort(name, text, relative, of: level, as: found)
        case .link:
            guard pictures.couldBePhoto(text) else {
                note(link: level.path.appending(name: name), relative)
                return nil
            }
            return found(text, Rejection(.sourceUnreadable, Self.linkDetail))
        case .other:
            if pictures.couldBePhoto(text) { return found(text, Rejection(.sourceUnreadable, "it is no regular file")) }
            passedOver.notPictures.add(relative)
        }
        return nil
    }

    private static let linkDetail =
        "the photo is a symbolic link, which is not followed: put the photo itself in its place"

    private func sort(
        _ name: [UInt8],
        _ text: String,
        _ relative: String,
        of level: Level,
        as found: (String, Rejection?) -> FoundPicture
    ) -> FoundPicture? {
        let sort = pictures.sort(text) {
            try level.folder.firstBytes(of: name, count: PictureTest.contentLength)
        }
        switch sort {
        case .picture: return found(text, nil)
        case .obstacle(let obstacle):
            guard hasPicture(beside: obstacle.photo, in: level.listing) else {
                return found(obstacle.photo, obstacle.rejection)
            }
            passedOver.companions.add(relative)
        case .hidden: passedOver.hidden.add(relative)
        case .unopened(let error): passedOver.unopened.add("\(relative): \(error)")
        case .other: passedOver.notPictures.add(relative)
        case .leftover: break
        }
        return nil
    }

    /// Whether a picture that can be read has the name of a photo but for its extension: `a.jpg` is beside `a.cr3` and
    /// `a.jpg.xmp`.
    private func hasPicture(beside photo: String, in listing: DirectoryListing) -> Bool {
        let stem = FileNameParts.stemAndExtension(of: photo).stem
        let isPicture = { [pictures] (name: String) -> Bool in
            pictures.isPictureExtension(FileNameParts.stemAndExtension(of: name).fileExtension ?? "")
        }
        if isPicture(stem), listing.index(ofText: stem) != nil { return true }
        let found = listing.file(beginningWith: stem + ".") { name in
            FileNameParts.stemAndExtension(of: name).stem == stem && isPicture(name) ? name : nil
        }
        return found != nil
    }

    /// Notes a link that is not called like a photo.
    ///
    /// One that leads to a file, or to what is read anyway, does no harm.
    private func note(link: FilePath, _ relative: String) {
        passedOver.links.add(relative)
        switch link.kind(followingLinks: true) {
        case .success(.file): return
        case .success(.folder):
            guard let root = levels.first?.path, let own = try? root.realText(names),
                let other = try? link.realText(names),
                other == own || other.hasPrefix(own + "/")
            else { break }
            return
        default: break
        }
        passedOver.unfollowed.add(relative)
    }

    /// Goes on in a folder; gives the folder itself where it cannot be read, or its name cannot.
    private func enter(_ name: [UInt8], of level: Level, relative: String, key: String) throws(SourceError)
        -> FoundPicture?
    {
        let path = level.path.appending(name: name)
        let spelled = names.text(of: name)
        if let encoding = spelled.encoding, encoding != .utf8 {
            passedOver.renamed.add("\(relative)/ (\(encoding.title))")
        }
        let found = { (detail: String) in
            FoundPicture(
                relative: relative + "/",
                key: key + "/",
                name: "",
                doubt: nil,
                path: path,
                rejection: Rejection(.sourceUnreadable, detail),
                isFolder: true
            )
        }
        do {
            let folder = try level.folder.folder(named: name)
            levels.append(
                Level(
                    folder: folder,
                    listing: try folder.listing(reading: names),
                    path: path,
                    relative: relative + "/",
                    key: key + "/"
                )
            )
        } catch {
            guard let detail = error.obstacle(to: "the folder") else {
                throw SourceError(error, opening: SourcePath.join(title, relative))
            }
            return found(detail)
        }
        // What is in it is read; but reports cannot say where it is.
        return spelled.doubt.map { found("the name of the folder \($0)") }
    }
}

extension Errno {
    /// Why a folder within a source cannot be read, `nil` for what ends the reading: it went away while it was read, or
    /// this process is out of something.
    func obstacle(to folder: String) -> String? {
        switch self {
        case .noSuchFileOrDirectory, .notDirectory, .tooManySymbolicLinkLevels, .tooManyOpenFiles,
            .tooManyOpenFilesInSystem, .noMemory:
            nil
        case .permissionDenied, .notPermitted:
            "\(folder) cannot be read (\(self)): give this user the right to read it"
        default: "\(folder) cannot be read: \(self)"
        }
    }
}
