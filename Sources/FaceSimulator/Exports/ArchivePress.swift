// SPDX-License-Identifier: Apache-2.0

/// Makes the entries of an archive.
///
/// Encrypting is most of the work of an export, so a few pictures are taken at once and the processors share them.
struct ArchivePress: Sendable {
    /// How many pictures are in memory at a time.
    static let sideBySide = 8

    /// What became of a record on its way into the archive.
    struct Made: Sendable {
        var item: ExportItem
        /// `nil` when its picture is gone.
        var picture: Picture?
    }

    /// The entry of a record's picture.
    struct Picture: Sendable {
        /// As the CSV has it, `""` without a picture.
        var name = ""
        var entry: ZipEntry?
    }

    let store: DeviceFolder
    let layout: ArchiveLayout
    let cipher: ZipCipher
    /// When everything in the archive was made, in seconds since 1970.
    let time: Int

    init(folder: DeviceFolder, layout: ArchiveLayout, cipher: ZipCipher, time: Int) {
        store = folder
        self.layout = layout
        self.cipher = cipher
        self.time = time
    }

    /// The entry for the folder that everything is in, when there is one.
    var folder: ZipEntry? {
        layout.folder.map { ZipEntry(folder: EntryName($0 + "/", gbk: false), at: time) }
    }

    /// The entry of the CSV.
    func manifest(_ name: String, _ bytes: [UInt8]) throws -> ZipEntry {
        try ZipEntry(layout.entry(name), bytes, .deflated, cipher, at: time)
    }

    /// The entries of pictures, in the order of the records.
    func pictures(_ items: ArraySlice<ExportItem>) async throws -> [Made] {
        try await withThrowingTaskGroup(of: (Int, Made).self) { group in
            for (index, item) in zip(items.indices, items) {
                group.addTask { (index, Made(item: item, picture: try picture(item))) }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func picture(_ item: ExportItem) throws -> Picture? {
        guard !item.picture.isEmpty else { return Picture() }
        guard let bytes = try store.readIfThere(store.file(item.picture)) else { return nil }
        let name = layout.pictureName(item)
        return Picture(name: name, entry: try ZipEntry(layout.entry(name), bytes, .stored, cipher, at: time))
    }
}
