// SPDX-License-Identifier: Apache-2.0
import FaceFiles

extension Repository {
    /// Makes a repository in a folder that is empty or not there.
    ///
    /// - Parameters:
    ///   - path: The folder, by its full path; the one above it must be there.
    ///   - secret: What shall open it.
    ///   - now: The time, in seconds since 1970.
    /// - Throws: ``RepositoryError``, ``TargetError`` or `ArchiveError` with the system's own words.
    public static func create(_ path: String, _ secret: RepositorySecret, at now: Double) throws {
        try create(path, secret, cost: .standard, at: now)
    }

    /// Makes a repository whose passphrase is cheaper to try.
    static func create(_ path: String, _ secret: RepositorySecret, cost: KeyCost, at now: Double) throws {
        let place = RepositoryPlace.at(path)
        // A creation that was killed has left no key file, and what it left is made again.
        guard place == .nothing else {
            throw place.problem(path) ?? RepositoryError(.usage, "\(path) is a repository already")
        }
        let folder = try TargetFolder(making: path)
        let lock = try RepositoryLock(path, .writing)
        defer { withExtendedLifetime(lock) {} }
        for name in RepositoryLayout.folders {
            _ = try TargetFolder(making: path + "/" + name)
        }
        let key = RepositoryKey.random()
        let file = try RepositoryKeyFile(wrapping: key, for: secret, cost: cost, at: Timestamp.text(now))
        try CatalogFile.write(Catalog(), path, key)
        try folder.replace(RepositoryLayout.readme, by: Array(RepositoryLayout.readmeText.utf8))
        // The key file makes the folder a repository, so it comes last, and its copy before it.
        for name in RepositoryLayout.keyFiles.reversed() { try folder.replace(name, by: Array(file.text.utf8)) }
    }
}
