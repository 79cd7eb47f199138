// SPDX-License-Identifier: Apache-2.0

/// One regular file of an archive.
public struct ZipEntry: Sendable, Hashable {
    /// The name with `/` between folders: never empty, absolute or with `..`, control characters or backslashes.
    public let name: String
    /// How many bytes the directory says it has; reading it gives exactly as many or an error.
    public let size: Int
    /// How many bytes it takes in the archive, with those of its encryption.
    public let compressedSize: Int
    /// Whether a passphrase is needed to read it.
    public let isEncrypted: Bool
    /// Its place among the regular files of its archive, from 0.
    let index: Int
}
