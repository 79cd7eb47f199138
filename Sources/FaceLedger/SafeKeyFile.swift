// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// The file with the key of the safe, beside the ledger: 32 random bytes, 0600.
///
/// Only whoever holds the ledger's `open.lock` may take it: nothing else keeps two processes from making two.
struct SafeKeyFile {
    let folder: String

    /// The file.
    var path: String { folder + "/safe.key" }

    /// Reads the key, or makes it with a ledger in which nothing was sealed yet.
    ///
    /// - Parameter hasSealed: Whether the ledger holds what could not be opened with a new key.
    /// - Returns: What seals with the key.
    /// - Throws: ``LedgerError``, and what `hasSealed` throws.
    func take(hasSealed: () throws -> Bool) throws -> SafeSeal {
        if let key = try read() { return SafeSeal(key: key) }
        if try hasSealed() {
            throw LedgerError(
                .unusable,
                "the key \(path) is missing, without which the portraits in the safe cannot be opened; put it back"
            )
        }
        let key = SafeSeal.makeKey()
        try make(key)
        return SafeSeal(key: key)
    }

    /// The key, `nil` when there is no file.
    private func read() throws -> Data? {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            let problem = errno
            if problem == ENOENT { return nil }
            throw LedgerError(.unusable, "the key \(path) cannot be opened: \(PrivateFolder.words(of: problem))")
        }
        defer { close(descriptor) }
        var status = stat()
        var bytes = [UInt8](repeating: 0, count: SafeSeal.keyLength)
        guard fchmod(descriptor, 0o600) == 0, fstat(descriptor, &status) == 0,
            case let count = Glibc.read(descriptor, &bytes, bytes.count), count >= 0
        else {
            throw LedgerError(.unusable, "the key \(path) cannot be read: \(PrivateFolder.words(of: errno))")
        }
        guard status.st_size == SafeSeal.keyLength, count == SafeSeal.keyLength else {
            throw LedgerError(
                .unusable,
                "the key \(path) has \(status.st_size) bytes instead of \(SafeSeal.keyLength); put the right one back"
            )
        }
        return Data(bytes)
    }

    /// Makes the file, whole and synced or not at all: the key counts once the file has its name.
    private func make(_ key: Data) throws {
        let working = path + ".new"
        // Left behind by a process that died here; its key sealed nothing.
        unlink(working)
        let descriptor = Glibc.open(working, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw unmade() }
        let bytes = Array(key)
        let isWritten = write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
        let problem = isWritten ? nil : unmade()
        close(descriptor)
        if let problem { throw problem }
        guard rename(working, path) == 0 else { throw unmade() }
        try syncFolder()
    }

    private func syncFolder() throws {
        let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unmade() }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw unmade() }
    }

    private func unmade() -> LedgerError {
        LedgerError(.unusable, "the key \(path) cannot be made: \(PrivateFolder.words(of: errno))")
    }
}
