// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc
import SystemPackage

/// A folder that files are written into, held open: nothing is ever written beside it, whatever happens to its path.
///
/// Files are 0600, folders 0700 (design rule 8). The words of errors are the system's own.
@safe package final class TargetFolder: Sendable {
    /// The path under which it was opened.
    let path: String
    private let descriptor: CInt

    /// Opens a folder, making it first if it is not there.
    package init(making path: String) throws(TargetError) {
        self.path = path
        if unsafe mkdir(path, 0o700) != 0 && errno != EEXIST {
            throw TargetError(.failed, "the folder \(path) cannot be made: \(Errno(rawValue: errno))")
        }
        descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw TargetError(.failed, "the folder \(path) cannot be opened: \(Errno(rawValue: errno))")
        }
    }

    deinit { close(descriptor) }

    /// Sees to it, before anything is begun, that something new can be made at a path.
    ///
    /// - Parameter path: The path, at which there is nothing yet.
    /// - Throws: ``TargetError`` with ``TargetError/Code/usage`` where the folder above it is none.
    package static func checkPlace(of path: String) throws(TargetError) {
        let above = FilePath(path).removingLastComponent()
        guard !above.isEmpty, case .success(.folder) = above.kind(followingLinks: true) else {
            throw TargetError(
                .usage,
                "\(path) cannot be made, since \(above) is no folder: make that first or name another"
            )
        }
    }

    /// The names in the folder.
    package func names() throws(TargetError) -> [String] {
        do throws(Errno) {
            return try FolderNames.all(in: descriptor)
        } catch {
            throw TargetError(.failed, "the folder \(path) cannot be read: \(error)")
        }
    }

    /// Writes new files and moves them into another folder; when it returns they are on the disk, and so are their names.
    ///
    /// None is there under its name before it is whole. Files are numbered until then; those that a run left over that
    /// died are replaced. All are handed to the disk before the first is waited for, so that it is never idle; nothing
    /// else is waited for that is on its way to the same disk.
    package func put(_ files: [(name: String, bytes: [UInt8])], into folder: TargetFolder) throws(TargetError) {
        var written: [CInt] = []
        defer { for file in written { close(file) } }
        for (number, file) in files.enumerated() {
            let descriptor = try create("\(number)")
            written.append(descriptor)
            try append(file.bytes, to: descriptor, "\(number)")
            // Where the disk cannot be told to begin, waiting for it makes it begin.
            _ = fl_start_writeback(descriptor)
        }
        for (number, descriptor) in written.enumerated() where fdatasync(descriptor) != 0 {
            throw failure("cannot be written", "\(number)")
        }
        for (number, file) in files.enumerated() { try move("\(number)", to: folder, as: file.name) }
        try folder.syncNames()
    }

    /// Adds text to the end of a file and waits until it is on the disk; makes the file if it is not there.
    package func append(_ text: String, to name: String) throws(TargetError) { try append(Array(text.utf8), to: name) }

    /// Adds bytes to the end of a file and waits until they are on the disk; makes the file if it is not there.
    package func append(_ bytes: [UInt8], to name: String) throws(TargetError) {
        let file = unsafe openat(descriptor, name, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw failure("cannot be written", name) }
        defer { close(file) }
        try append(bytes, to: file, name)
        guard fdatasync(file) == 0 else { throw failure("cannot be written", name) }
    }

    /// What the name of a file ends in that is about to take the place of another.
    package static let newEnding = ".new"

    /// Puts a file in the place of another, all at once, and waits until it is on the disk.
    package func replace(_ name: String, by bytes: [UInt8]) throws(TargetError) {
        let new = name + Self.newEnding
        try remove(new)
        try append(bytes, to: new)
        try move(new, to: self, as: name)
        try syncNames()
    }

    /// Moves a file of this folder into another one under a new name, in place of what is there.
    package func move(_ name: String, to folder: TargetFolder, as newName: String) throws(TargetError) {
        guard unsafe renameat(descriptor, name, folder.descriptor, newName) == 0 else {
            throw failure("cannot be moved to \(folder.path)/\(newName)", name)
        }
    }

    /// Waits until the names in this folder are on the disk.
    package func syncNames() throws(TargetError) {
        guard fsync(descriptor) == 0 else { throw failure("cannot be synced", ".") }
    }

    /// Whether there is anything under a name; what cannot be looked at is not gone.
    package func isThere(_ name: String) throws(TargetError) -> Bool { try kind(of: name) != nil }

    /// Whether a name is that of a regular file.
    package func isFile(_ name: String) throws(TargetError) -> Bool { try kind(of: name) == .file }

    private func kind(of name: String) throws(TargetError) -> EntryKind? {
        var status = stat()
        if unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 {
            return EntryKind(mode: status.st_mode)
        }
        if errno == ENOENT { return nil }
        throw failure("cannot be looked at", name)
    }

    /// The whole content of a file, `nil` when it is not there.
    package func contents(of name: String) throws(TargetError) -> [UInt8]? {
        guard try isThere(name) else { return nil }
        let path = FilePath(path).appending(name)
        do {
            let file = try ByteFile(path: path)
            var bytes: [UInt8] = []
            while case let chunk = try file.next(ByteFile.chunk), !chunk.isEmpty { bytes += chunk }
            return bytes
        } catch {
            throw TargetError(.failed, "\(path) cannot be read: \(error)")
        }
    }

    /// Removes a file if it is there.
    package func remove(_ name: String) throws(TargetError) {
        if unsafe unlinkat(descriptor, name, 0) != 0 && errno != ENOENT { throw failure("cannot be removed", name) }
    }

    /// Removes everything in a folder that is facelib's own, and the folder.
    package func removeAll() throws(TargetError) {
        for name in try names() { try removeLeftover(name) }
        if unsafe rmdir(path) != 0 && errno != ENOENT {
            throw TargetError(.failed, "the folder \(path) cannot be removed: \(Errno(rawValue: errno))")
        }
    }

    private func create(_ name: String) throws(TargetError) -> CInt {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        var file = unsafe openat(descriptor, name, flags, 0o600)
        if file < 0 && errno == EEXIST {
            try remove(name)
            file = unsafe openat(descriptor, name, flags, 0o600)
        }
        guard file >= 0 else { throw failure("cannot be written", name) }
        return file
    }

    private func append(_ bytes: [UInt8], to file: CInt, _ name: String) throws(TargetError) {
        var problem: CInt = 0
        unsafe bytes.withUnsafeBytes { buffer in
            var rest = unsafe buffer
            while unsafe problem == 0 && !rest.isEmpty {
                let count = unsafe Glibc.write(file, rest.baseAddress, rest.count)
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else {
                    problem = count < 0 ? errno : EIO
                    break
                }
                unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
        }
        guard problem == 0 else {
            throw TargetError(.failed, "\(path)/\(name) cannot be written: \(Errno(rawValue: problem))")
        }
    }

    private func failure(_ what: String, _ name: String) -> TargetError {
        TargetError(.failed, "\(path)/\(name) \(what): \(Errno(rawValue: errno))")
    }
}
