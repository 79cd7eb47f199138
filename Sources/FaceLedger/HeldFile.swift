// SPDX-License-Identifier: Apache-2.0
import Glibc
import Synchronization

/// A file under an exclusive `flock`, which the kernel ends with the process, however that ends.
final class HeldFile: Sendable {
    let path: String
    private let descriptor: Mutex<CInt?>

    private init(path: String, descriptor: CInt) {
        self.path = path
        self.descriptor = Mutex(descriptor)
    }

    deinit { release() }

    /// Opens or makes the file, 0600, and takes its lock; `nil` when somebody else has it.
    ///
    /// A lock that this process took through another call counts as somebody else's.
    static func take(_ path: String, mustBeNew: Bool = false) throws(LedgerError) -> HeldFile? {
        let flags = O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW | (mustBeNew ? O_EXCL : 0)
        let descriptor = Glibc.open(path, flags, 0o600)
        guard descriptor >= 0 else {
            let problem = errno
            if mustBeNew, problem == EEXIST { return nil }
            throw LedgerError(.unusable, "the lock \(path) cannot be opened: \(PrivateFolder.words(of: problem))")
        }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return HeldFile(path: path, descriptor: descriptor) }
        let problem = errno
        close(descriptor)
        if problem == EWOULDBLOCK { return nil }
        throw LedgerError(.unusable, "the lock \(path) cannot be taken: \(PrivateFolder.words(of: problem))")
    }

    /// Takes the lock as ``take(_:mustBeNew:)`` does, waiting for another holder for some seconds.
    static func take(_ path: String, waiting seconds: Int) throws(LedgerError) -> HeldFile {
        let pause: UInt32 = 20_000
        for _ in 0..<max(1, seconds * 1_000_000 / Int(pause)) {
            if let held = try take(path) { return held }
            usleep(pause)
        }
        throw LedgerError(.unusable, "the lock \(path) is held by another process for more than \(seconds) seconds")
    }

    /// Whether the file still has its name: another process may have swept it before the lock was taken.
    var isStillThere: Bool {
        descriptor.withLock { descriptor in
            var status = stat()
            guard let descriptor, fstat(descriptor, &status) == 0 else { return false }
            return status.st_nlink > 0
        }
    }

    /// The content of the file, at most 4 KiB of it.
    func read() throws(LedgerError) -> String {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = descriptor.withLock { descriptor in
            descriptor.map { pread($0, &bytes, bytes.count, 0) } ?? 0
        }
        guard count >= 0 else {
            throw LedgerError(.unusable, "the file \(path) cannot be read: \(PrivateFolder.words(of: errno))")
        }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    /// Makes `text` the content of the file, for whoever finds it locked.
    func write(_ text: String) throws(LedgerError) {
        let bytes = Array(text.utf8)
        let problem: CInt? = descriptor.withLock { descriptor in
            guard let descriptor else { return EBADF }
            guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else {
                return errno
            }
            return nil
        }
        guard let problem else { return }
        throw LedgerError(.unusable, "the lock \(path) cannot be written: \(PrivateFolder.words(of: problem))")
    }

    /// Gives the lock up; doing so twice does no harm.
    func release() {
        descriptor.withLock { descriptor in
            if let open = descriptor { close(open) }
            descriptor = nil
        }
    }
}
