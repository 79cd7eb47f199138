// SPDX-License-Identifier: Apache-2.0
import FaceFiles
import FaceSources
import Glibc
import SystemPackage

/// What is at a path where a repository is looked for.
public enum RepositoryPlace: Sendable, Hashable {
    /// A repository: at least one of the files with its key is there.
    case repository
    /// Nothing, a folder without anything of anybody's, or what a creation that was killed has left.
    case nothing
    /// Archives of a repository without either of the files that hold their key, as a copy that was cut off has them.
    case remains
    /// A folder of other things, one of which this is.
    case others(String)
    /// Something that is no folder.
    case noFolder
    /// Nobody can tell, since it cannot be looked at; in the system's own words.
    case unreadable(String)

    /// Looks at a path.
    ///
    /// - Parameter path: The folder, by its full path.
    /// - Returns: What is there.
    public static func at(_ path: String) -> RepositoryPlace {
        switch FilePath(path).kind(followingLinks: true) {
        case .failure(.noSuchFileOrDirectory), .failure(.notDirectory): return .nothing
        case .failure(let error): return .unreadable("\(error)")
        case .success(.folder): break
        case .success: return .noFolder
        }
        for file in RepositoryLayout.keyFiles {
            switch FilePath(path + "/" + file).kind(followingLinks: true) {
            case .success(.file): return .repository
            case .success, .failure(.noSuchFileOrDirectory): continue
            case .failure(let error): return .unreadable("\(error)")
            }
        }
        do throws(Errno) {
            return try withoutKey(path)
        } catch {
            return .unreadable("\(error)")
        }
    }

    /// Why there is no repository to be opened, or none can be made; `nil` where there is one.
    ///
    /// - Parameter path: The folder, as it is to be called.
    /// - Returns: The sentence for a person.
    public func problem(_ path: String) -> RepositoryError? {
        switch self {
        case .repository: nil
        case .nothing:
            RepositoryError(
                .absent,
                "\(path) is no repository; mount its disk if it lies on one, or make one with facelib backup create "
                    + "DEVICE: \(path)"
            )
        case .remains:
            RepositoryError(
                .damaged,
                "\(path) has archives of a repository and neither \(RepositoryLayout.keyFiles.joined(separator: " nor ")), "
                    + "without which nothing in it can be opened; put one back from a copy, or finish copying it"
            )
        case .others(let name):
            RepositoryError(.usage, "\(path) holds other things (\(name)) and is no repository; name a new folder")
        case .noFolder: RepositoryError(.usage, "\(path) is no folder; name the folder of a repository")
        case .unreadable(let words):
            RepositoryError(
                .failed,
                "whether \(path) is a repository cannot be told, since it cannot be read: \(words); see who may read it and "
                    + "whether its disk is in order"
            )
        }
    }

    private static func withoutKey(_ path: String) throws(Errno) -> RepositoryPlace {
        let names = try names(path)
        for folder in RepositoryLayout.folders where names.contains(folder) {
            let kind = FilePath(path + "/" + folder).kind(followingLinks: true)
            guard case .success(.folder) = kind else { continue }
            if try self.names(path + "/" + folder).contains(where: RepositoryLayout.isArchive) { return .remains }
        }
        let others = names.filter {
            !RepositoryLayout.isOwn($0, in: nil) && !Housekeeping.isFolder($0) && !Housekeeping.isLeftover($0)
        }
        return others.sorted().first.map(RepositoryPlace.others) ?? .nothing
    }

    private static func names(_ path: String) throws(Errno) -> [String] {
        let folder = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw Errno(rawValue: errno) }
        defer { close(folder) }
        return try FolderNames.all(in: folder)
    }
}
