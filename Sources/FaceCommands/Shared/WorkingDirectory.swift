// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import SystemPackage

/// The folder a command runs in.
enum WorkingDirectory {
    /// The absolute path.
    static var path: String {
        guard let buffer = unsafe getcwd(nil, 0) else { return "." }
        defer { unsafe free(buffer) }
        return unsafe String(cString: buffer)
    }

    /// A path as it was typed, made absolute and plain.
    ///
    /// - Parameters:
    ///   - typed: The path.
    ///   - directory: The folder it is seen from; the one the command runs in, if `nil`.
    /// - Returns: The absolute path, without `.` and `..` and without a slash at its end.
    static func absolute(_ typed: String, seenFrom directory: String? = nil) -> String {
        FilePath(directory ?? path).pushing(FilePath(typed)).lexicallyNormalized().string
    }
}
