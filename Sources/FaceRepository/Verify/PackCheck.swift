// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceModel

/// Looks at one pack.
struct PackCheck: Sendable {
    let pack: Catalog.Pack
    let repository: Repository

    /// What was found.
    struct Result: Sendable {
        /// What is wrong with the file, `nil` where nothing is.
        var problem: String?
        /// The images that can be had; where not all was read, those that the directory names.
        var sound: [ImageIndex.Place] = []
        var bytesRead = 0
        var imagesRead = 0
    }

    /// Checks the pack.
    ///
    /// - Parameter readsEverything: Whether all of its bytes are read, and not only where and how long it is.
    /// - Returns: What was found; a pack of which a byte is not what was written is looked through, image by image.
    func run(readsEverything: Bool) -> Result {
        let path = repository.path(RepositoryLayout.packs, pack.file)
        var result = Result()
        let size: Int
        do {
            guard let there = try FileSize.ifThere(path) else {
                result.problem = "it is missing, with \(counted(pack.images, "image"))"
                return result
            }
            size = there
        } catch {
            result.problem = "\(error); none of its \(counted(pack.images, "image")) can be read"
            return result
        }
        if size != pack.bytes { result.problem = "it has \(size) bytes of \(pack.bytes)" }
        if readsEverything && result.problem == nil {
            do {
                if try FileDigest.name(of: path) + ".zip" != pack.file {
                    result.problem = "its bytes are not those that were written"
                }
                result.bytesRead = size
            } catch {
                result.problem = error.description
            }
        }
        let archive: ZipArchive
        do {
            archive = try PackReading.archive(pack.file, of: repository)
        } catch {
            result.problem =
                "\(result.problem ?? "it cannot be opened"); none of its \(counted(pack.images, "image")) can be read "
                + "(\(error))"
            return result
        }
        let looksThrough = result.problem != nil
        for entry in archive.entries {
            if looksThrough {
                result.imagesRead += 1
                guard (try? PackReading.image(entry, in: archive, repository.key)) != nil else { continue }
            }
            result.sound.append(.init(image: entry.name, pack: pack.file, bytes: entry.compressedSize))
        }
        if result.problem == nil && archive.entries.count != pack.images {
            result.problem = "it has \(counted(archive.entries.count, "image")) of \(pack.images)"
        } else if let problem = result.problem {
            let lost = pack.images - result.sound.count
            result.problem =
                problem
                + (lost > 0
                    ? "; \(lost) of its \(counted(pack.images, "image")) \(lost == 1 ? "is" : "are") lost"
                    : "; no image is lost")
        }
        return result
    }
}
