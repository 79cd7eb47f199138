// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceLedger

/// Writes packs anew with what is needed of them.
///
/// The catalog gives an old pack up only together with naming the new ones that hold all else it had. A kill in between
/// leaves images twice, which harms nothing.
struct Repacking: Sendable {
    let repository: Repository
    let ledger: any Ledger
    /// Where each image is meant to be.
    let index: ImageIndex
    /// The images that nobody needs.
    let garbage: ImageIndex
    var limit = PackWriting.Limit()

    /// What was done.
    struct Result: Sendable {
        /// Old packs that are gone.
        var packs = 0
        /// Images that are gone.
        var images = 0
        /// Packs that could not be read whole and stay as they are, with the reason.
        var stuck: [(pack: String, what: String)] = []
    }

    /// Writes packs anew.
    ///
    /// - Parameter packs: The packs.
    /// - Returns: What was done.
    /// - Throws: `ArchiveError`, ``RepositoryError``, ``TargetError``, `LedgerError`, and `CancellationError`.
    func run(_ packs: [Catalog.Pack]) async throws -> Result {
        var result = Result()
        // What is in old packs must be written again, so only new ones count as being there.
        let written = try await ImageIndex(in: ledger)
        let writing = PackWriting(repository, written, limit: limit)
        var copied: [String] = []
        for pack in packs {
            try Task.checkCancellation()
            let archive: ZipArchive
            let kept: [ZipEntry]
            do {
                archive = try PackReading.archive(pack.file, of: repository)
                kept = try await needed(of: archive.entries, in: pack)
                // Nothing is begun that cannot be finished.
                for entry in kept { _ = try PackReading.image(entry, in: archive, repository.key) }
            } catch let error as ArchiveError {
                result.stuck.append((pack.file, error.description))
                continue
            } catch let error as RepositoryError where error.code == .damaged {
                result.stuck.append((pack.file, error.description))
                continue
            }
            for entry in kept {
                _ = try await writing.add(try PackReading.image(entry, in: archive, repository.key))
                if await writing.isFull { try await commit(writing, &copied) }
            }
            copied.append(pack.file)
            result.packs += 1
            result.images += archive.entries.count - kept.count
        }
        try await commit(writing, &copied)
        await written.close()
        return result
    }

    /// The images of a pack that are needed and cannot be had elsewhere: a copy goes only if the other one can be read.
    private func needed(of entries: [ZipEntry], in pack: Catalog.Pack) async throws -> [ZipEntry] {
        let places = try await index.places(of: entries.map(\.name))
        let gone = try await garbage.places(of: entries.map(\.name))
        let packs = PackReading(repository)
        return entries.filter { entry in
            guard gone[entry.name] == nil else { return false }
            guard let place = places[entry.name], place.pack != pack.file else { return true }
            return (try? packs.image(entry.name, in: place.pack)) == nil
        }
    }

    /// Makes what was written part of the repository, and gives up the packs of which everything is in it.
    private func commit(_ writing: PackWriting, _ copied: inout [String]) async throws {
        let new = try await writing.close()
        guard new != nil || !copied.isEmpty else { return }
        let old = Set(copied)
        try repository.commit { catalog in
            catalog.packs.removeAll { old.contains($0.file) }
            if let new, !catalog.packs.contains(new) { catalog.packs.append(new) }
        }
        try repository.sweep()
        copied = []
    }
}
