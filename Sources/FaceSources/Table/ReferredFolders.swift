// SPDX-License-Identifier: Apache-2.0
import FaceFiles
import SystemPackage

/// The folders that the rows of a CSV refer to, each by the first way a row wrote it.
final class ReferredFolders {
    /// How many folders are remembered.
    static let limit = 10_000

    private struct Folder {
        let real: String
        let written: String
    }

    private let names: FileNames
    private var folders: [FilePath: Folder] = [:]
    /// Whether there were more folders than are remembered.
    private(set) var isIncomplete = false

    init(reading names: FileNames) { self.names = names }

    /// The numbers of the photo that a row names: its own and, behind a link, that of the file it stands for.
    func numbers(of lookup: PhotoLookup) throws(SourceError) -> [UInt64] {
        guard let path = lookup.folder else { return [] }
        do {
            let folder = try known(path, written: SourcePath.folder(of: lookup.cell))
            // A photo that is not there may have a placeholder in its place, which is no stray.
            var numbers = [PhotoNumber.of(folder: folder.real, name: lookup.name)]
            if let target = try lookup.linkTarget?.realText(names) {
                numbers.append(
                    PhotoNumber.of(folder: SourcePath.folder(of: target), name: SourcePath.name(of: target))
                )
            }
            return numbers
        } catch {
            // The row is rejected already, for this very reason.
            if lookup.photo == nil { return [] }
            throw SourceError(error, opening: path.string)
        }
    }

    /// The folders in a stable order.
    func places(seenFrom folderTitle: String) -> [LeftoverPhotos.Place] {
        var places: [String: LeftoverPhotos.Place] = [:]
        for (path, folder) in folders where Housekeeping.folder(above: folder.written + "/") == nil {
            if let other = places[folder.real], other.relative <= folder.written { continue }
            places[folder.real] = LeftoverPhotos.Place(
                path: path,
                title: SourcePath.join(folderTitle, folder.written),
                relative: folder.written,
                isRecursive: false
            )
        }
        return places.sorted { $0.key < $1.key }.map(\.value)
    }

    private func known(_ path: FilePath, written: String) throws(Errno) -> Folder {
        if let folder = folders[path] { return folder }
        let folder = Folder(real: try path.realText(names), written: written)
        if folders.count < Self.limit { folders[path] = folder } else { isIncomplete = true }
        return folder
    }
}
