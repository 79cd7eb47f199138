// SPDX-License-Identifier: Apache-2.0
import FaceFiles
import FaceLibraries
import FaceModel
import FaceSources
import Glibc
import SystemPackage

/// A folder of images under batch file names, with a `people.csv` that holds the true values.
///
/// Until the export is finished the table and what is being written stand in a hidden folder within it.
actor FolderTarget: ExportTarget {
    private static let stagingName = ".facelib-export"

    private let path: String
    private var opened: (folder: TargetFolder, staging: TargetFolder)?
    private var names = PhotoNames()

    /// Names a folder by its absolute path.
    init(path: String) { self.path = path }

    nonisolated var scratch: String { Self.scratch(of: path) }

    /// The folder for what is not finished.
    static func scratch(of path: String) -> String { path + "/" + stagingName }

    nonisolated func inspect(isResumed: Bool) throws {
        let place = FilePath(path)
        guard case .success(let kind) = place.kind(followingLinks: true) else {
            return try TargetFolder.checkPlace(of: path)
        }
        guard kind == .folder else {
            throw TargetError(.usage, "\(path) is there already and is no folder: name another target")
        }
        let names = try TargetFolder(making: path).names().filter { name in
            // What a storage box or a desktop put into a new folder is mixed up with nothing.
            name == Self.stagingName || !(Housekeeping.isFolder(name) || Housekeeping.isLeftover(name))
        }
        guard isResumed || names.isEmpty else {
            throw TargetError(
                .usage,
                names.contains(Self.stagingName)
                    ? "\(path) holds an export that another job began: continue that one, or name another folder"
                    : "\(path) is not empty: name a new folder, so that nothing in it is mixed up or overwritten"
            )
        }
    }

    func takeUp(_ settled: @Sendable ([String]) async throws -> Set<String>) async throws {
        let folder = try TargetFolder(making: path)
        let hadStaging = try folder.names().contains(Self.stagingName)
        let staging = try TargetFolder(making: scratch)
        for name in try staging.names() where name != SourceOpener.tableName { try staging.removeLeftover(name) }
        opened = (folder, staging)
        // A job that was finished and has rows that failed goes on with its table.
        let table = try hadStaging ? staging.contents(of: SourceOpener.tableName) : nil
        let earlier = try table ?? folder.contents(of: SourceOpener.tableName)
        try await rewrite(earlier ?? [], keeping: settled)
        try folder.syncNames()
    }

    /// Writes the table anew with the lines whose rows are settled; the last one may be cut short.
    private func rewrite(_ table: [UInt8], keeping settled: @Sendable ([String]) async throws -> Set<String>)
        async throws
    {
        let staging = try staging
        var text = PeopleTable.head
        if !table.isEmpty {
            let lines = try PeopleLines(table, title: scratch + "/" + SourceOpener.tableName)
            for group in lines.groups {
                let known = try await settled(group.map(\.id))
                for line in group where known.contains(line.id) {
                    names.note(line.photo)
                    text += line.text
                }
            }
        }
        try staging.replace(SourceOpener.tableName, by: Array(text.utf8))
    }

    func store(_ portraits: [PortraitInHand]) async throws {
        let staging = try staging
        let folder = try folder
        var lines = ""
        var photos: [(name: String, bytes: [UInt8])] = []
        for portrait in portraits {
            var photo = ""
            if let image = portrait.image {
                photo = names.batchName(of: portrait)
                photos.append((photo, image))
            }
            lines += PeopleTable.line(portrait, photo: photo)
        }
        try staging.put(photos, into: folder)
        try staging.append(lines, to: SourceOpener.tableName)
    }

    func finish() async throws {
        let (folder, staging) = (try folder, try staging)
        try staging.move(SourceOpener.tableName, to: folder, as: SourceOpener.tableName)
        try folder.syncNames()
        try staging.removeAll()
    }

    private var folder: TargetFolder { get throws { try current.folder } }
    private var staging: TargetFolder { get throws { try current.staging } }
    private var current: (folder: TargetFolder, staging: TargetFolder) {
        get throws {
            guard let opened else { throw TargetError(.failed, "\(path) was not opened") }
            return opened
        }
    }
}
