// SPDX-License-Identifier: Apache-2.0
package import FaceArchive
public import SystemPackage

/// Where the bytes of a photo are.
public enum PhotoPlace: Hashable, Sendable {
    /// In a file of its own.
    case file(FilePath)
    /// In an archive.
    case archived(ArchivedPhoto)
}

/// A photo in an archive that is open.
public struct ArchivedPhoto: Hashable, Sendable {
    let archive: ZipArchive
    package let entry: ZipEntry

    /// Two photos are the same when they are one entry of one open archive.
    public static func == (left: ArchivedPhoto, right: ArchivedPhoto) -> Bool {
        left.archive === right.archive && left.entry == right.entry
    }

    /// Hashes the entry.
    public func hash(into hasher: inout Hasher) { hasher.combine(entry) }
}
