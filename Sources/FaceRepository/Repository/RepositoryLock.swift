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
    /// - Throws: ``RepositoryError`` with `locked` when another living process holds it.
    init(_ path: String, _ access: Access) throws(RepositoryError) {
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
            close(opened)
            guard number == EWOULDBLOCK else {
                throw RepositoryError(.failed, "\(file) cannot be locked: \(Errno(rawValue: number))")
            }
            throw RepositoryError(.locked, "another facelib works on the repository \(path); wait for it to end")
        }
        held = Mutex(opened)
    }

    deinit { release() }

    /// Gives the lock up; doing so twice does no harm.
    func release() {
        held.withLock { descriptor in
            if let open = descriptor {
                // A program that is being started has a copy of the descriptor for a moment, and the lock with it.
                flock(open, LOCK_UN)
                close(open)
            }
            descriptor = nil
        }
    }
}
