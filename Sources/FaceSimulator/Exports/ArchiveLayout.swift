// SPDX-License-Identifier: Apache-2.0

/// What stands where in an archive (E4).
struct ArchiveLayout: Sendable {
    let quirks: Quirks
    /// The folder that everything is in; `nil` puts it at the top.
    let folder: String?

    /// The layout of an archive that the device calls `tmp/<name>.zip`.
    init(_ quirks: Quirks, archive name: String) {
        self.quirks = quirks
        folder = quirks[.zipNested] ? name : nil
    }

    /// Whether there is a CSV.
    var hasManifest: Bool { !quirks[.zipNoManifest] }

    /// The name of a picture, without the folder: as the CSV has it.
    func pictureName(_ item: ExportItem) -> String {
        let stem =
            quirks[.zipUUIDNames] ? UUIDText.new() : quirks[.zipIDNames] ? item.id : item.stem
        return stem + "." + (item.picture.split(separator: ".").last.map(String.init) ?? "jpg")
    }

    /// The entry for a file of this name.
    func entry(_ name: String) -> EntryName {
        EntryName((folder.map { $0 + "/" } ?? "") + name, gbk: quirks[.zipGBK])
    }
}

/// A record on its way into an archive.
struct ExportItem: Hashable, Sendable {
    /// The id by which chosen exports ask for it.
    var id: String
    /// Its picture's path; `""` when the device did not keep it (P15).
    var picture: String
    /// What the entry is called when nothing else is asked for, without the extension.
    var stem: String
    /// Its line of the CSV after the file name.
    var cells: [String]
}

/// What all exports of one kind have in common.
struct ExportKind: Sendable {
    /// The beginning of the archive's name (E5).
    var prefix: String
    /// The name of the CSV inside.
    var manifest: String
    /// The columns of the CSV after the file name.
    var columns: [String]
    /// Whether cells with commas are quoted; without it they shift the columns (P6).
    var quotesCommas = true
    /// Whether the archive is encrypted and the reply has its password (E3).
    var isProtected = true
}
