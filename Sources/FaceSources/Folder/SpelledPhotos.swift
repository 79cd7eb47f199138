// SPDX-License-Identifier: Apache-2.0
import FaceFiles
import Synchronization
import SystemPackage

/// Finds the photos of rows again by what reports call them, whatever bytes the disk spells their names with.
final class SpelledPhotos: Sendable {
    private let base: FilePath
    private let finder: Mutex<PhotoFinder>

    /// Takes the folder that the paths of rows are seen from, and the names that are read there.
    init(seenFrom directory: String, names: FileNames) {
        base = FilePath(directory)
        finder = Mutex(PhotoFinder(base: FilePath(directory), names: names))
    }

    /// The photo of a row, whether it is there or not.
    func place(of source: String) -> PhotoPlace {
        let plain = SourcePath.open(source, from: base)
        // Nearly all names are spelled as they are read.
        if case .success = plain.kind(followingLinks: false) { return .file(plain) }
        return finder.withLock { $0.find(source).photo } ?? .file(plain)
    }
}
