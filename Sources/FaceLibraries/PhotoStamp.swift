// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceSources
import Glibc
import SystemPackage

extension PhotoPlace {
    /// The version stamp of a photo: file, size and time of its last change, without reading it.
    ///
    /// A photo in an archive has that of the archive's entry: `nil` where the file cannot be looked at.
    var stamp: String? {
        switch self {
        case .file(let path): path.stamp
        case .archived(let photo): "\(photo.entry.name)|\(photo.entry.size)|\(photo.entry.compressedSize)"
        }
    }
}

extension FilePath {
    /// The number, the size and the time of the last change of a file, `nil` when it is not there.
    var stamp: String? {
        var status = Glibc.stat()
        let answer = unsafe withPlatformString { unsafe fstatat(AT_FDCWD, $0, &status, 0) }
        guard answer == 0 else { return nil }
        return "\(status.st_ino)|\(status.st_size)|\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    }
}
