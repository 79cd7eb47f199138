// SPDX-License-Identifier: Apache-2.0
import Crypto
import FaceFiles
import Glibc
import SystemPackage

/// The name that a file of a repository has by its content.
enum FileDigest {
    private static let chunk = 1 << 20

    /// The first half of the SHA-256 of a file, in hexadecimal, as the disk has it rather than the system's cache.
    ///
    /// - Parameter path: The file.
    /// - Returns: 32 digits.
    /// - Throws: ``RepositoryError`` with the system's own words.
    static func name(of path: String) throws(RepositoryError) -> String {
        var hash = SHA256()
        do {
            let file = try FileDescriptor.open(FilePath(path), .readOnly, options: [.closeOnExec, .noFollow])
            defer { try? file.close() }
            // What was written is synced by now, so all of it may be dropped and must be read again.
            _ = posix_fadvise(file.rawValue, 0, 0, CInt(POSIX_FADV_DONTNEED))
            while case let bytes = try ByteFile.read(file.rawValue, upTo: chunk), !bytes.isEmpty {
                hash.update(data: bytes)
            }
        } catch {
            throw RepositoryError(.failed, "\(path) cannot be read: \(error)")
        }
        return Hexadecimal.text(of: Array(hash.finalize().prefix(16)))
    }
}
