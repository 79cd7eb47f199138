// SPDX-License-Identifier: Apache-2.0
import FaceFiles
import SystemPackage

extension Repository {
    /// Removes the files that the catalog does not name: those of runs that were killed, and those that were replaced.
    ///
    /// Only files of a form that is ours: what a disk, an indexer, a synchronizing program or a person put beside them
    /// stays where it is (``strangers()``).
    package func sweep() throws {
        let files = catalog.files
        let root = try TargetFolder(making: path)
        for name in try root.names() where RepositoryLayout.isOwn(name, in: nil) {
            let isUnfinished = name.hasSuffix(TargetFolder.newEnding) || name.hasSuffix(".partial")
            if try isUnfinished && root.isFile(name) { try root.remove(name) }
        }
        for folder in RepositoryLayout.folders {
            let opened = try TargetFolder(making: path + "/" + folder)
            for name in try opened.names() where RepositoryLayout.isOwn(name, in: folder) {
                if try !files.contains(folder + "/" + name) && opened.isFile(name) { try opened.remove(name) }
            }
            try opened.syncNames()
        }
    }

    /// One of the repository's folders, or the repository; `nil` where it is not there, as copies leave out empty ones.
    ///
    /// - Parameter name: Its name, `nil` for the repository.
    /// - Returns: The folder; nothing is made.
    /// - Throws: ``TargetError`` where it cannot be opened.
    func folder(_ name: String?) throws(TargetError) -> TargetFolder? {
        let place = name.map { path + "/" + $0 } ?? path
        if case .failure(.noSuchFileOrDirectory) = FilePath(place).kind(followingLinks: true) { return nil }
        return try TargetFolder(making: place)
    }

    /// What is in the repository's folders and not of it, sorted: nothing of a form that is ours, or no file.
    ///
    /// - Returns: The names, as seen from the repository.
    /// - Throws: ``TargetError`` where a folder cannot be read.
    public func strangers() throws -> [String] {
        let files = catalog.files
        var strangers: [String] = []
        for folder in [nil] + RepositoryLayout.folders.map(Optional.some) {
            guard let opened = try self.folder(folder) else { continue }
            for name in try opened.names() {
                let place = folder.map { $0 + "/" + name } ?? name
                let isOwn = RepositoryLayout.isOwn(name, in: folder)
                if RepositoryLayout.folders.contains(place) || files.contains(place) { continue }
                if try !isOwn || !opened.isFile(name) { strangers.append(place) }
            }
        }
        return strangers.sorted()
    }
}
