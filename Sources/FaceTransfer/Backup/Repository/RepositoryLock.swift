// SPDX-License-Identifier: Apache-2.0
import Glibc
import Synchronization
import SystemPackage

/// The right to read a repository or to change it, until it is released or this object goes.
///
/// The kernel gives it up when the process ends, however it ends, so a dead one's lock needs no clearing.
final class RepositoryLock: Sendable {
    /// What the holder does.
    enum Access: Sendable {
        /// Reads, beside others that read.
        case reading
        /// Changes, alone.
        case writing
    }

    private let held: Mutex<CInt?>

    /// Takes the lock.
    ///
    /// - Parameters:
    ///   - path: The repository.
    ///   - access: What the holder does.
    ///   - command: What the holder is, for those who find it locked.
    /// - Throws: ``RepositoryError`` with `locked` when another living process holds it.
    init(_ path: String, _ access: Access, for command: String) throws(RepositoryError) {
        let file = path + "/" + RepositoryLayout.lock
        let writes = access == .writing
        var opened = unsafe open(file, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        // A repository on a medium that cannot be written is read nevertheless.
        if opened < 0 && !writes && (errno == EROFS || errno == EACCES) {
            opened = unsafe open(file, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        }
        guard opened >= 0 else {
            throw RepositoryError(.failed, "\(file) cannot be opened: \(Errno(rawValue: errno))")
        }
        guard flock(opened, (writes ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0 else {
            let number = errno
            let holder = Self.text(of: opened)
            close(opened)
            guard number == EWOULDBLOCK else {
                throw RepositoryError(.failed, "\(file) cannot be locked: \(Errno(rawValue: number))")
            }
            let who = holder.isEmpty ? "another facelib" : holder
            throw RepositoryError(.locked, "\(who) works on the repository \(path); wait for it to end")
        }
        held = Mutex(opened)
        if writes { Self.note(command, in: opened) }
    }

    deinit { release() }

    /// Gives the lock up; doing so twice does no harm.
    func release() {
        held.withLock { descriptor in
            if let open = descriptor { close(open) }
            descriptor = nil
        }
    }

    /// Says who holds the lock; only for messages, so it does no harm where it fails.
    private static func note(_ command: String, in descriptor: CInt) {
        var host = [CChar](repeating: 0, count: 256)
        unsafe gethostname(&host, host.count - 1)
        let name = String(decoding: host.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        let text = Array("\(command) (process \(getpid()) on \(name))".utf8)
        guard ftruncate(descriptor, 0) == 0 else { return }
        unsafe text.withUnsafeBytes { _ = unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    private static func text(of descriptor: CInt) -> String {
        lseek(descriptor, 0, SEEK_SET)
        let bytes = (try? ByteFile.read(descriptor, upTo: 200)) ?? []
        return String(decoding: bytes, as: UTF8.self)
    }
}
