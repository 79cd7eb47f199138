// SPDX-License-Identifier: Apache-2.0
import Glibc
package import SystemPackage

/// What a name in a folder stands for.
package enum EntryKind: UInt8 {
    case file, folder, link, other

    init(mode: mode_t) {
        self =
            switch mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .link
            default: .other
            }
    }
}

/// Owns an open folder; what is in it is reached without following a symbolic link.
package final class OpenFolder {
    private let descriptor: CInt

    private init(descriptor: CInt) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Opens a folder by its path; a symbolic link is followed, as it was typed or written by the user.
    package convenience init(path: FilePath) throws(Errno) {
        let descriptor = unsafe path.withPlatformString { unsafe open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw Errno(rawValue: errno) }
        self.init(descriptor: descriptor)
    }

    /// Opens a folder in this one.
    package func folder(named name: [UInt8]) throws(Errno) -> OpenFolder {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        let opened = unsafe openat(descriptor, Self.cString(name), flags)
        guard opened >= 0 else { throw Errno(rawValue: errno) }
        return OpenFolder(descriptor: opened)
    }

    /// The first bytes of a file in this folder, fewer than `count` only where the file ends.
    package func firstBytes(of name: [UInt8], count: Int) throws(Errno) -> [UInt8] {
        // Not blocking: a file that was replaced by a pipe meanwhile must not stop the scan.
        let opened = unsafe openat(descriptor, Self.cString(name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard opened >= 0 else { throw Errno(rawValue: errno) }
        defer { close(opened) }
        return try ByteFile.read(opened, upTo: count)
    }

    /// The names in this folder with their kinds, sorted, `.` and `..` left out.
    package func listing(reading names: FileNames) throws(Errno) -> DirectoryListing {
        var listing = DirectoryListing()
        try forEachName { name, kind in listing.append(name: name, kind: kind, names) }
        listing.sort()
        return listing
    }

    /// Hands over each name with its kind, in no order, `.` and `..` left out.
    func forEachName(_ body: ([UInt8], EntryKind) -> Void) throws(Errno) {
        let opened = unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else { throw Errno(rawValue: errno) }
        guard let stream = unsafe fdopendir(opened) else {
            let error = Errno(rawValue: errno)
            close(opened)
            throw error
        }
        defer { unsafe closedir(stream) }
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else { break }
            let name = unsafe Self.name(of: entry)
            if name == [UInt8(ascii: ".")] || name == [UInt8(ascii: "."), UInt8(ascii: ".")] { continue }
            body(name, try unsafe kind(of: entry, name: name))
        }
        guard errno == 0 else { throw Errno(rawValue: errno) }
    }

    /// The name alone is read: a record is shorter than `dirent` claims, and behind the last one memory may end.
    static func name(of entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
        guard let start = MemoryLayout<dirent>.offset(of: \.d_name) else { preconditionFailure("d_name is stored") }
        let name = unsafe UnsafeRawPointer(entry) + start
        let length = unsafe strlen(name.assumingMemoryBound(to: CChar.self))
        return unsafe Array(UnsafeRawBufferPointer(start: name, count: length))
    }

    private func kind(of entry: UnsafeMutablePointer<dirent>, name: [UInt8]) throws(Errno) -> EntryKind {
        switch unsafe Int(entry.pointee.d_type) {
        case DT_REG: return .file
        case DT_DIR: return .folder
        case DT_LNK: return .link
        case DT_UNKNOWN:
            // Some file systems do not say.
            var status = stat()
            guard unsafe fstatat(descriptor, Self.cString(name), &status, AT_SYMLINK_NOFOLLOW) == 0 else {
                throw Errno(rawValue: errno)
            }
            return EntryKind(mode: status.st_mode)
        default: return .other
        }
    }

    private static func cString(_ name: [UInt8]) -> [CChar] { name.map(CChar.init(bitPattern:)) + [0] }
}
