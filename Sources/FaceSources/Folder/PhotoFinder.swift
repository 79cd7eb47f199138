// SPDX-License-Identifier: Apache-2.0
import FaceFiles
import FaceModel
import FaceText
import SystemPackage

/// What a cell that names a photo leads to.
struct PhotoLookup {
    /// The cell in the spelling that was followed.
    var cell: String
    /// The photo as its place spells it, `nil` where it cannot be had.
    var photo: PhotoPlace?
    /// Why the photo cannot be had.
    var rejection: Rejection?
    /// The folder in which the photo is or should be, `nil` where that is not there either.
    var folder: FilePath?
    /// Where the photo really is, when the cell names a symbolic link.
    var linkTarget: FilePath?

    /// The photo's own name in NFC.
    var name: String { CleanText.composed(SourcePath.name(of: cell)) }
}

/// Finds the photos that the rows of a table name.
protocol PhotoLocator: AnyObject {
    /// Looks for the photo that a cell names.
    func find(_ cell: String) -> PhotoLookup
}

/// Finds the photos that rows name, seen from one folder.
///
/// The exact spelling comes first, then a name that is the same in NFC (a Mac and a PC spell `é` differently), both
/// also with `\` read as a separator. Capitals must match. A symbolic link is followed: the user wrote its name.
final class PhotoFinder: PhotoLocator {
    private static let cachedListings = 4
    /// The longest path that the system takes, in bytes.
    private static let longestPath = 4_096

    private let base: FilePath
    private let names: FileNames
    private let baseText: String
    private var latestFolder: (text: String, path: FilePath)?
    private var listings: [(folder: FilePath, listing: Result<DirectoryListing, Errno>)] = []

    /// Takes the folder that cells are relative to, ready to be opened.
    init(base: FilePath, names: FileNames) {
        self.names = names
        self.base = base
        baseText = base.string
    }

    /// Looks for the photo that a cell names.
    func find(_ cell: String) -> PhotoLookup {
        let trimmed = Self.trimmed(cell)
        guard !trimmed.isEmpty else {
            return PhotoLookup(cell: "", rejection: Rejection(.sourceMissingPhoto, "the row names no photo"))
        }
        guard trimmed.utf8.count < Self.longestPath else {
            let detail = "what the row names as its photo is longer than any path"
            return PhotoLookup(cell: trimmed, rejection: Rejection(.sourceMissingPhoto, detail))
        }
        var spellings = [trimmed]
        if trimmed.contains("\\") { spellings.append(String(trimmed.map { $0 == "\\" ? "/" : $0 })) }
        // A blank may belong to the name after all.
        if trimmed != cell && cell.utf8.count < Self.longestPath { spellings.append(cell) }
        for spelling in spellings {
            if let found = exact(spelling) { return found }
        }
        let searched = spellings.map(search)
        return searched.first { $0.photo != nil } ?? searched.first { $0.folder != nil }
            ?? PhotoLookup(cell: trimmed, rejection: Rejection(.sourceMissingPhoto, "the photo's folder is not there"))
    }

    /// The photo in exactly this spelling, `nil` where nothing is there.
    private func exact(_ cell: String) -> PhotoLookup? {
        // One step, for it is done for every row: the base was typed, so its text is the whole of it.
        let path = FilePath(SourcePath.join(baseText, cell))
        var lookup = PhotoLookup(cell: cell, folder: folder(of: cell))
        do {
            var kind = try path.kind(followingLinks: false).get()
            if kind == .link {
                kind = try path.kind(followingLinks: true).get()
                lookup.linkTarget = path
            }
            if kind == .file {
                lookup.photo = .file(path)
            } else {
                let what = kind == .folder ? "a folder" : "not a regular file"
                lookup.rejection = Rejection(.sourceMissingPhoto, "what the row names as its photo is \(what)")
            }
            return lookup
        } catch {
            if [.noSuchFileOrDirectory, .notDirectory, .fileNameTooLong].contains(error) { return nil }
            lookup.rejection = Rejection(.sourceUnreadable, "the photo cannot be reached: \(error)")
            return lookup
        }
    }

    /// The photo in another spelling of the same characters, folder by folder.
    private func search(_ cell: String) -> PhotoLookup {
        let wanted = FilePath(cell)
        var path = wanted.isAbsolute ? FilePath("/") : base
        var lookup = PhotoLookup(cell: cell)
        for (place, component) in wanted.components.enumerated() {
            if place == wanted.components.count - 1, case .success(.folder) = path.kind(followingLinks: true) {
                lookup.folder = path
            }
            let next = path.appending(component)
            if case .success = next.kind(followingLinks: true) {
                path = next
                continue
            }
            switch listing(of: path) {
            case .success(let listing):
                guard let index = listing.index(ofText: CleanText.composed(component.string)) else {
                    lookup.rejection = Self.absence(of: CleanText.composed(component.string), in: listing)
                    return lookup
                }
                path = path.appending(name: listing.name(at: index))
            case .failure(let error):
                let detail = "there is no such file, and its folder cannot be searched: \(error)"
                lookup.rejection = Rejection(.sourceMissingPhoto, detail)
                return lookup
            }
        }
        if case .success(.file) = path.kind(followingLinks: true) {
            lookup.photo = .file(path)
        } else {
            lookup.rejection = Rejection(.sourceMissingPhoto, "what the row names as its photo is not a file")
        }
        return lookup
    }

    /// Why a photo is not there: something may stand in its place.
    private static func absence(of name: String, in listing: DirectoryListing) -> Rejection {
        let stands = { (start: String) -> Placeholder? in
            listing.file(beginningWith: start + name) { Placeholder($0) { $0 == name } }
        }
        if let placeholder = stands("") ?? stands(".") {
            return Rejection(.sourceUnreadable, placeholder.detail)
        }
        return Rejection(.sourceMissingPhoto, "there is no such file")
    }

    /// The folder that a cell names; the rows of a CSV mostly name the same one.
    private func folder(of cell: String) -> FilePath {
        let text = SourcePath.folder(of: cell)
        if let latestFolder, latestFolder.text == text { return latestFolder.path }
        let path = text.isEmpty ? base : SourcePath.open(text, from: base)
        latestFolder = (text, path)
        return path
    }

    private func listing(of folder: FilePath) -> Result<DirectoryListing, Errno> {
        if let known = listings.first(where: { $0.folder == folder }) { return known.listing }
        let listing: Result<DirectoryListing, Errno>
        do throws(Errno) {
            listing = .success(try OpenFolder(path: folder).listing(reading: names))
        } catch {
            listing = .failure(error)
        }
        if listings.count == Self.cachedListings { listings.removeFirst() }
        listings.append((folder, listing))
        return listing
    }

    /// Without the blanks around it, and otherwise as it is: the exact spelling is tried first.
    private static func trimmed(_ cell: String) -> String {
        let scalars = cell.unicodeScalars
        let isBlank: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace || $0.value < 0x20 || $0 == "\u{FEFF}" }
        guard let start = scalars.firstIndex(where: { !isBlank($0) }),
            let end = scalars.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(scalars[start...end])
    }
}
