// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceFiles
import Foundation

/// The two copies of a repository's catalog.
enum CatalogFile {
    /// What was found.
    struct Reading {
        /// The catalog, of the copy that is newest.
        let catalog: Catalog
        /// What is wrong with the copies, by their names.
        let problems: [(file: String, what: String)]
        /// Whether the second copy is one change behind, as a command leaves it that was killed between the two.
        let isCopyBehind: Bool
    }

    /// Reads the catalog.
    ///
    /// - Parameters:
    ///   - path: The repository.
    ///   - key: The key of its archives.
    /// - Returns: The catalog, and which copies are damaged, missing or behind.
    /// - Throws: ``RepositoryError`` with `damaged` where neither copy can be read.
    static func read(_ path: String, _ key: RepositoryKey) throws(RepositoryError) -> Reading {
        var found: [(file: String, catalog: Catalog)] = []
        var problems: [(file: String, what: String)] = []
        for file in RepositoryLayout.catalogFiles {
            do {
                found.append((file, try one(path + "/" + file, key)))
            } catch {
                problems.append((file, "\(error)"))
            }
        }
        guard let newest = found.max(by: { $0.catalog.generation < $1.catalog.generation }) else {
            let reasons = problems.map(\.what).joined(separator: "; ")
            throw RepositoryError(
                .damaged,
                "both copies of the catalog of \(path) are unusable: \(reasons). What is in \(RepositoryLayout.manifests) "
                    + "and \(RepositoryLayout.packs) can still be had by hand, see docs/repository.md"
            )
        }
        var isCopyBehind = false
        for copy in found where copy.catalog != newest.catalog {
            let follows = copy.file == RepositoryLayout.catalogFiles[1]
            if follows && copy.catalog.generation == newest.catalog.generation - 1 {
                isCopyBehind = true
            } else {
                problems.append((copy.file, "it is an older copy"))
            }
        }
        return Reading(catalog: newest.catalog, problems: problems, isCopyBehind: isCopyBehind)
    }

    /// Puts a catalog in the place of the one before; the first copy decides, the second follows.
    static func write(_ catalog: Catalog, _ path: String, _ key: RepositoryKey) throws {
        let files = RepositoryLayout.catalogFiles
        var writer = try ZipWriter(path: path + "/" + files[0], passphrase: key.passphrase)
        try writer.add(RepositoryLayout.catalogEntry, Array(RepositoryJSON.text(of: catalog).utf8))
        try writer.finish()
        let folder = try TargetFolder(making: path)
        guard let bytes = try folder.contents(of: files[0]) else {
            throw RepositoryError(.failed, "\(path)/\(files[0]) is gone a moment after it was written")
        }
        try folder.replace(files[1], by: bytes)
    }

    private static func one(_ path: String, _ key: RepositoryKey) throws -> Catalog {
        let archive = try ZipArchive(path: path, passphrase: key.passphrase)
        guard let entry = archive.entries.first(where: { $0.name == RepositoryLayout.catalogEntry }) else {
            throw RepositoryError(.damaged, "\(path) holds no catalog")
        }
        do {
            return try JSONDecoder().decode(Catalog.self, from: Data(archive.read(entry)))
        } catch let error as DecodingError {
            throw RepositoryError(.damaged, "\(path) holds no catalog that can be read: \(error)")
        }
    }
}
