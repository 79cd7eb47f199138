// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Folders and files that nobody but their owner may open (design rule 8).
enum PrivateFolder {
    /// Makes a folder and what is missing above it, each 0700.
    ///
    /// A folder that exists keeps its mode: it may be one the user chose and shares on purpose, and
    /// every file put into it is 0600 anyway.
    static func make(_ path: String) throws(LedgerError) {
        if isDirectory(path) { return }
        if let parent = parent(of: path) { try make(parent) }
        if mkdir(path, 0o700) == 0 { return }
        let problem = errno
        // Another process may have made it in the meantime.
        if problem == EEXIST, isDirectory(path) { return }
        throw LedgerError(.unusable, "the folder \(path) cannot be made: \(words(of: problem))")
    }

    /// Makes an empty file 0600, or takes the rights of others away from one that exists.
    ///
    /// The file is never opened when it exists: closing any descriptor of a database drops the locks
    /// that SQLite holds on it for the whole process.
    static func reserveFile(_ path: String) throws(LedgerError) {
        let descriptor = Glibc.open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
        if descriptor >= 0 {
            close(descriptor)
            return
        }
        let problem = errno
        if problem == EEXIST, chmod(path, 0o600) == 0 { return }
        throw LedgerError(
            .unusable,
            "\(path) cannot be made private: \(words(of: problem == EEXIST ? errno : problem))"
        )
    }

    /// The system's words for an error number.
    static func words(of number: CInt) -> String { String(cString: strerror(number)) }

    private static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func parent(of path: String) -> String? {
        var parts = path.split(separator: "/", omittingEmptySubsequences: true)
        guard parts.popLast() != nil, !parts.isEmpty else { return nil }
        return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }
}
