// SPDX-License-Identifier: Apache-2.0
import Glibc
package import SystemPackage

/// A file that is written beside its place and takes it when it is whole.
///
/// Whatever happens before ``commit(permissions:owner:)`` returns, the file at the place is the old one or the new one, never
/// a part of it. What is not committed is removed with the object. Errors are the system's own.
package final class WholeFile {
    private let place: FilePath
    private let working: FilePath
    private let file: FileDescriptor
    private var isCommitted = false

    /// Begins a file that only its owner may read.
    ///
    /// - Parameters:
    ///   - place: Where it is to be; whatever is there stays until the end.
    ///   - ending: What the name ends in until then. A file of that name, which a killed run left, is replaced.
    /// - Throws: The system's refusal to make it.
    package init(_ place: FilePath, ending: String = ".partial") throws(Errno) {
        self.place = place
        working = FilePath(place.string + ending)
        unsafe unlink(working.string)
        do {
            file = try FileDescriptor.open(
                working,
                .writeOnly,
                options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
                permissions: .ownerReadWrite
            )
        } catch {
            throw error as? Errno ?? .ioError
        }
    }

    deinit {
        // What counts was synced; nothing can be lost by closing, and what is not committed is not wanted.
        try? file.close()
        if !isCommitted { unsafe unlink(working.string) }
    }

    /// Adds bytes at the end.
    package func write(_ bytes: [UInt8]) throws(Errno) {
        do {
            try file.writeAll(bytes)
        } catch {
            throw error as? Errno ?? .ioError
        }
    }

    /// Brings the file to the disk and gives it its name, which is on the disk too when this returns.
    ///
    /// - Parameters:
    ///   - permissions: Who may read it then, `nil` for its owner only.
    ///   - owner: Whose it is then, `nil` for who runs this.
    /// - Throws: The system's refusal; what stood at the place is then still there, unless the folder's names alone could not
    ///   be brought to the disk.
    package func commit(permissions: FilePermissions? = nil, owner: (user: UInt32, group: UInt32)? = nil) throws(Errno)
    {
        if let permissions { try check(fchmod(file.rawValue, permissions.rawValue)) }
        if let owner { try check(fchown(file.rawValue, owner.user, owner.group)) }
        try check(fsync(file.rawValue))
        try check(unsafe rename(working.string, place.string))
        isCommitted = true
        try syncFolder()
    }

    private func syncFolder() throws(Errno) {
        let folder = place.removingLastComponent()
        let descriptor = unsafe open(folder.isEmpty ? "." : folder.string, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Errno(rawValue: errno) }
        defer { close(descriptor) }
        try check(fsync(descriptor))
    }

    private func check(_ result: CInt) throws(Errno) {
        guard result == 0 else { throw Errno(rawValue: errno) }
    }
}
