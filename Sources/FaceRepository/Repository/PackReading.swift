// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceModel
import Glibc
import Synchronization
import SystemPackage

/// Takes images out of packs, a few of which stay open.
package final class PackReading: Sendable {
    /// A pack that is open.
    private struct Open {
        let archive: ZipArchive
        let entries: [String: ZipEntry]
    }

    private let repository: Repository
    private let open = Mutex<[(file: String, pack: Open)]>([])

    /// How many packs stay open.
    private static let limit = 6

    package init(_ repository: Repository) { self.repository = repository }

    /// Reads an image and holds it against its name.
    ///
    /// - Parameters:
    ///   - name: The image's name.
    ///   - pack: The pack that has it.
    /// - Returns: The image.
    /// - Throws: ``RepositoryError`` with `damaged`, which names the pack.
    package func image(_ name: String, in pack: String) throws(RepositoryError) -> [UInt8] {
        do {
            let opened = try opened(pack)
            guard let entry = opened.entries[name] else {
                throw RepositoryError(.damaged, "packs/\(pack) does not hold the image any more")
            }
            return try Self.image(entry, in: opened.archive, repository.key)
        } catch let error as RepositoryError {
            throw error
        } catch {
            throw RepositoryError(.damaged, "packs/\(pack): \(error)")
        }
    }

    /// Reads an entry of a pack and holds it against its name.
    static func image(_ entry: ZipEntry, in archive: ZipArchive, _ key: RepositoryKey) throws -> [UInt8] {
        let image = try archive.read(entry)
        guard key.name(of: image) == entry.name else {
            throw RepositoryError(.damaged, "an image is not the one that was stored under its name")
        }
        return image
    }

    /// Opens a pack.
    static func archive(_ file: String, of repository: Repository) throws(ArchiveError) -> ZipArchive {
        try ZipArchive(
            path: repository.path(RepositoryLayout.packs, file),
            passphrase: repository.key.passphrase
        )
    }

    private func opened(_ file: String) throws -> Open {
        if let found = open.withLock({ open in open.first { $0.file == file }?.pack }) { return found }
        let archive = try Self.archive(file, of: repository)
        let pack = Open(
            archive: archive,
            entries: Dictionary(archive.entries.map { ($0.name, $0) }) { first, _ in first }
        )
        open.withLock { open in
            open.append((file, pack))
            if open.count > Self.limit { open.removeFirst() }
        }
        return pack
    }
}

/// The length of a file.
package enum FileSize {
    /// How many bytes a file has.
    package static func of(_ path: String) throws(RepositoryError) -> Int {
        guard let size = try ifThere(path) else {
            throw RepositoryError(.failed, "\(path) cannot be looked at: \(Errno.noSuchFileOrDirectory)")
        }
        return size
    }

    /// How many bytes a file has, `nil` only where there surely is none.
    static func ifThere(_ path: String) throws(RepositoryError) -> Int? {
        var status = Glibc.stat()
        if unsafe lstat(path, &status) == 0 { return Int(status.st_size) }
        if errno == ENOENT { return nil }
        throw RepositoryError(.failed, "\(path) cannot be looked at: \(Errno(rawValue: errno))")
    }
}
