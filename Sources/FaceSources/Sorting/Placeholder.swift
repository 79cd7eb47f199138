// SPDX-License-Identifier: Apache-2.0

/// A file that stands for a photo that is not there itself: it is in a cloud, still on its way, or elsewhere.
struct Placeholder {
    /// The name of the photo that it stands for.
    let photo: String
    /// What it is and what to do, for a person.
    let detail: String

    private struct Form {
        var start = ""
        let end: String
        let detail: String
    }

    /// In lower case; the first form that fits a name counts.
    private static let forms: [Form] =
        ["~syncthing~", ".syncthing."].map { Form(start: $0, end: ".tmp", detail: copying) }
        + cloud("iCloud", start: ".", "icloud") + cloud("iCloud", "icloud") + cloud("Nextcloud", "nextcloud")
        + cloud("ownCloud", "owncloud")
        + cloud("OpenCloud", "opencloud") + cloud("odrive", "cloud", "cloudf") + cloud("Insync", "insync", "insyncdl")
        + unfinished(
            "crdownload",
            "part",
            "partial",
            "filepart",
            "opdownload",
            "download",
            "aria2",
            "tmp",
            "temp",
            "!ut",
            "!qb",
            "!sync",
            "bts",
            "bc!",
            "td",
            "xltd",
            "incomplete",
            "inprogress",
            "downloading",
            "uploading",
            "unison"
        )
        + ["lnk", "url", "webloc", "gshortcut", "desktop"].map {
            Form(end: "." + $0, detail: "the file is a shortcut to a photo: put the photo itself in its place")
        }

    private static let copying = "the photo was not copied to its end: wait for the copy, or copy it again"

    private static func cloud(_ name: String, start: String = "", _ ends: String...) -> [Form] {
        ends.map {
            Form(
                start: start,
                end: "." + $0,
                detail: "the photo is kept in \(name) and not on this disk: have it downloaded"
            )
        }
    }

    private static func unfinished(_ ends: String...) -> [Form] { ends.map { Form(end: "." + $0, detail: copying) } }

    /// Recognises a placeholder by its name.
    ///
    /// - Parameters:
    ///   - name: The file's name in NFC.
    ///   - isPhoto: Whether a name could be that of a person's photo.
    init?(_ name: String, of isPhoto: (String) -> Bool) {
        let plain = name.lowercased()
        for form in Self.forms where plain.hasPrefix(form.start) && plain.hasSuffix(form.end) {
            let inner = String(name.dropFirst(form.start.count).dropLast(form.end.count))
            guard let photo = Self.photo(in: inner, isPhoto) else { continue }
            self.photo = photo
            detail = form.detail
            return
        }
        guard name.utf8.first == UInt8(ascii: "."), FileNameParts.isBatch(String(name.dropFirst())) else { return nil }
        // rsync and others write under a hidden name until they are done.
        photo = String(name.dropFirst())
        detail = "the file is hidden, its name begins with a dot: it is a copy under way, or rename it"
    }

    /// The photo's name, also where a program has put random characters behind it: `a.jpg.x8Kd2a`, `a.jpg.~3f`.
    private static func photo(in name: String, _ isPhoto: (String) -> Bool) -> String? {
        if isPhoto(name) { return name }
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), isPhoto(String(name[..<dot])) else { return nil }
        return String(name[..<dot])
    }
}
