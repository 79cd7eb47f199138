// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceFiles
import FaceLibraries
import FaceModel
import FaceSources
import SystemPackage

/// An encrypted zip of images under their img_ids, with a `people.csv` that holds the attributes.
///
/// Each group of portraits becomes an encrypted archive of its own in a folder beside the target; when all
/// are there they are joined as they lie, without decrypting. So nothing stands on the disk in clear at any
/// time, and what a kill interrupts is one group.
actor ZipTarget: ExportTarget {
    private let path: String
    private let passphrase: Secret
    private var opened: TargetFolder?
    private var names = PhotoNames()
    private var groups: [Group] = []
    /// Those that have an archive of images.
    private var withImages: Set<Group> = []

    /// Names a zip by its absolute path.
    init(path: String, passphrase: Secret) {
        self.path = path
        self.passphrase = passphrase
    }

    nonisolated var scratch: String { Self.scratch(of: path) }

    /// The folder for what is not finished.
    static func scratch(of path: String) -> String { path + ".parts" }

    nonisolated func inspect(isResumed: Bool) throws {
        guard !isResumed else { return }
        try TargetFolder.checkPlace(of: path)
        if case .success = FilePath(path).kind(followingLinks: false) {
            throw TargetError(.usage, "\(path) is there already: name another file")
        }
        if case .success = FilePath(scratch).kind(followingLinks: false) {
            throw TargetError(
                .usage,
                "\(scratch) holds an export that another job began: continue that one, or name another file"
            )
        }
    }

    func takeUp(_ settled: @Sendable ([String]) async throws -> Set<String>) async throws {
        let folder = try TargetFolder(making: scratch)
        opened = folder
        if try parent.isThere(name) { try reopenFinished(folder) }
        let all = try folder.names()
        for name in all where Group(people: name) == nil && Group(images: name) == nil {
            try folder.removeLeftover(name)
        }
        for group in all.compactMap(Group.init(people:)).sorted() {
            if try await isSettled(group, settled) {
                groups.append(group)
                if try hasImages(group) { withImages.insert(group) }
            } else {
                try folder.remove(group.people)
            }
        }
        let known = Set(groups.map(\.images))
        for name in all where Group(images: name) != nil && !known.contains(name) { try folder.remove(name) }
        try folder.syncNames()
    }

    private var parent: TargetFolder {
        get throws { try TargetFolder(making: FilePath(path).removingLastComponent().string) }
    }

    private var name: String { SourcePath.name(of: path) }

    /// A job that was finished and has rows that failed goes on: its archive becomes the first group.
    private func reopenFinished(_ folder: TargetFolder) throws {
        let archive = try ZipArchive(path: path, passphrase: passphrase)
        let table =
            try archive.entries.first { $0.name == SourceOpener.tableName }.map { try archive.read($0, isText: true) }
            ?? []
        let first = Group(number: 0)
        try write(table, as: first)
        let parent = try parent
        try parent.move(name, to: folder, as: first.images)
        try parent.syncNames()
    }

    /// Whether the portraits of a group are settled: they are all or none, one transaction settles a group.
    private func isSettled(
        _ group: Group,
        _ settled: @Sendable ([String]) async throws -> Set<String>
    ) async throws -> Bool {
        let lines = try PeopleLines(table(of: group), title: group.people).groups.flatMap { $0 }
        guard let first = lines.first, try await settled([first.id]).contains(first.id) else { return false }
        for line in lines { names.note(line.photo) }
        return true
    }

    /// Whether a group has an archive of images: the one that was a finished archive has, and one whose table names any.
    private func hasImages(_ group: Group) throws -> Bool {
        if group.number == 0 { return true }
        return try PeopleLines(table(of: group), title: group.people).groups.joined().contains { !$0.photo.isEmpty }
    }

    private func table(of group: Group) throws -> [UInt8] {
        let archive = try ZipArchive(path: scratch + "/" + group.people, passphrase: passphrase)
        guard let entry = archive.entries.first(where: { $0.name == SourceOpener.tableName }) else { return [] }
        return try archive.read(entry, isText: true)
    }

    private func write(_ table: [UInt8], as group: Group) throws {
        var writer = try ZipWriter(path: scratch + "/" + group.people, passphrase: passphrase)
        try writer.add(SourceOpener.tableName, table)
        try writer.finish()
    }

    func store(_ portraits: [PortraitInHand]) async throws {
        guard !portraits.isEmpty else { return }
        let group = Group(number: (groups.last?.number ?? 0) + 1)
        var table = PeopleTable.head
        var photos: [(name: String, image: [UInt8])] = []
        for portrait in portraits {
            let photo = portrait.image.map { (name: names.idName(of: portrait), image: $0) }
            table += PeopleTable.line(portrait, photo: photo?.name ?? "")
            photo.map { photos.append($0) }
        }
        if !photos.isEmpty {
            withImages.insert(group)
            var writer = try ZipWriter(path: scratch + "/" + group.images, passphrase: passphrase)
            for photo in photos { try writer.add(photo.name, photo.image) }
            try writer.finish()
        }
        // Its table makes a group whole.
        try write(Array(table.utf8), as: group)
        groups.append(group)
    }

    func finish() async throws {
        guard let folder = opened else { return }
        let people = "people.zip"
        try folder.remove(people)
        var waiting = groups[...]
        var head: [UInt8]? = Array(PeopleTable.head.utf8)
        var writer = try ZipWriter(path: scratch + "/" + people, passphrase: passphrase)
        try writer.add(SourceOpener.tableName) {
            if let first = head {
                head = nil
                return first
            }
            guard let group = waiting.popFirst() else { return nil }
            return try PeopleLines(table(of: group), title: group.people).groups.flatMap { $0 }
                .flatMap { Array($0.text.utf8) }
        }
        try writer.finish()
        // By what was stored and not by what is listed: a part that is gone is an error, and no reason to go without.
        let parts = groups.filter(withImages.contains).map(\.images) + [people]
        try ZipJoiner.join(
            parts.map { scratch + "/" + $0 },
            keepingOnlyTheLast: SourceOpener.tableName,
            into: path
        )
        try folder.removeAll()
    }
}

/// Some portraits that were stored together: an archive of their images, and one of their table.
private struct Group: Comparable, Hashable {
    let number: Int

    var images: String { "images-\(number).zip" }
    var people: String { "people-\(number).zip" }

    init(number: Int) { self.number = number }

    init?(images name: String) { self.init(name, "images-") }

    init?(people name: String) { self.init(name, "people-") }

    private init?(_ name: String, _ prefix: String) {
        guard name.hasPrefix(prefix), name.hasSuffix(".zip"),
            let number = Int(name.dropFirst(prefix.count).dropLast(".zip".count))
        else { return nil }
        self.number = number
    }

    static func < (left: Group, right: Group) -> Bool { left.number < right.number }
}
