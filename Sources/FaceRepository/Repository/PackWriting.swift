// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceModel

/// Writes images into packs, each image once; a pack is read back before it counts.
///
/// What ``close()`` returned is on the disk, under the name of its content, and becomes part of the repository when the
/// catalog names it.
package actor PackWriting {
    private let repository: Repository
    private let index: ImageIndex
    private let limit: Limit
    private let reading: PackReading
    private var writer: ZipWriter?
    private var names: [String] = []
    private var known: Set<String> = []
    private var bytes = 0

    /// When a pack is full.
    package struct Limit: Sendable {
        /// How many bytes of images.
        let bytes: Int
        /// How many images.
        let images: Int

        package init(bytes: Int = 32 << 20, images: Int = 4_096) {
            self.bytes = bytes
            self.images = images
        }
    }

    /// - Parameters:
    ///   - repository: The repository, opened for writing.
    ///   - index: What is in it already; closed packs are added.
    ///   - limit: When a pack is full.
    package init(_ repository: Repository, _ index: ImageIndex, limit: Limit = Limit()) {
        self.repository = repository
        self.index = index
        self.limit = limit
        reading = PackReading(repository)
    }

    /// Stores an image, unless it is there already and can be read.
    ///
    /// - Parameter image: Its bytes.
    /// - Returns: Its name.
    /// - Throws: `ArchiveError` or `LedgerError`.
    package func add(_ image: [UInt8]) async throws -> String {
        let name = repository.key.name(of: image)
        if known.contains(name) { return name }
        if let place = try await index.places(of: [name])[name],
            (try? reading.image(name, in: place.pack)) != nil
        {
            return name
        }
        if writer == nil {
            writer = try ZipWriter(
                path: repository.path(RepositoryLayout.packs, RepositoryLayout.unnamed),
                passphrase: repository.key.passphrase
            )
        }
        try writer?.add(name, image)
        names.append(name)
        known.insert(name)
        bytes += image.count
        return name
    }

    /// Whether the pack under way has as much as a pack shall have.
    package var isFull: Bool { bytes >= limit.bytes || names.count >= limit.images }

    /// Finishes the pack under way and reads all of it back.
    ///
    /// - Returns: The pack; `nil` where nothing was stored since the last one.
    /// - Throws: `ArchiveError`, ``RepositoryError``, ``TargetError`` or `LedgerError`.
    package func close() async throws -> Catalog.Pack? {
        guard let finished = writer.take() else { return nil }
        try finished.finish()
        // Named by what the disk has; so whatever is read under this name is what is checked here.
        let file = try repository.name(RepositoryLayout.unnamed, in: RepositoryLayout.packs)
        let archive = try PackReading.archive(file, of: repository)
        guard archive.entries.map(\.name) == names else {
            throw RepositoryError(.damaged, "packs/\(file) was read back and does not hold what was written")
        }
        for entry in archive.entries { _ = try PackReading.image(entry, in: archive, repository.key) }
        try await index.add(
            archive.entries.map { .init(image: $0.name, pack: file, bytes: $0.compressedSize) }
        )
        let pack = Catalog.Pack(
            file: file,
            images: names.count,
            bytes: try FileSize.of(repository.path(RepositoryLayout.packs, file))
        )
        names = []
        known = []
        bytes = 0
        return pack
    }
}
