// SPDX-License-Identifier: Apache-2.0
import Glibc
package import SystemPackage

/// The names in an open folder, all of them or an error: Foundation takes a folder that cannot be read on for its end.
package enum FolderNames {
    /// Every name but `.` and `..`, in the order of the disk.
    ///
    /// - Parameter folder: The descriptor of the folder; it stays open and where it is.
    /// - Returns: The names; bytes that are no UTF-8 are repaired.
    /// - Throws: What the system said.
    package static func all(in folder: CInt) throws(Errno) -> [String] {
        let opened = unsafe openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else { throw Errno(rawValue: errno) }
        guard let stream = unsafe fdopendir(opened) else {
            let error = Errno(rawValue: errno)
            close(opened)
            throw error
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else { break }
            let name = unsafe String(decoding: OpenFolder.name(of: entry), as: UTF8.self)
            if name != "." && name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw Errno(rawValue: errno) }
        return names
    }
}
