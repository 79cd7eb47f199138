// SPDX-License-Identifier: Apache-2.0
import Glibc
package import SystemPackage

extension FilePath {
    /// What is at the path, or the system's refusal; a symbolic link is an answer of its own unless followed.
    package func kind(followingLinks: Bool) -> Result<EntryKind, Errno> {
        var status = Glibc.stat()
        let flags = followingLinks ? 0 : AT_SYMLINK_NOFOLLOW
        let answer = unsafe withPlatformString { unsafe fstatat(AT_FDCWD, $0, &status, flags) }
        return answer == 0 ? .success(EntryKind(mode: status.st_mode)) : .failure(Errno(rawValue: errno))
    }

    /// Why this user may not read what is at the path; `nil` where he may, and where nothing is there.
    package var refusal: Errno? {
        let answer = unsafe withPlatformString { unsafe access($0, R_OK) }
        let error = Errno(rawValue: errno)
        return answer == 0 || error == .noSuchFileOrDirectory ? nil : error
    }

    /// The path without symbolic links and `..`, as text in NFC.
    package func realText(_ names: FileNames) throws(Errno) -> String {
        let real: [UInt8]? = unsafe withPlatformString { path in
            guard let text = unsafe realpath(path, nil) else { return nil }
            defer { unsafe free(text) }
            return unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
        }
        guard let real else { throw Errno(rawValue: errno) }
        // Name by name, as a walk reads them: one path may mix encodings.
        return real.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { names.text(of: Array($0)).text }.joined(separator: "/")
    }

    /// The path of a name in this folder, byte for byte.
    package func appending(name: [UInt8]) -> FilePath {
        let path = unsafe withPlatformString { folder in
            unsafe Array(UnsafeBufferPointer(start: folder, count: strlen(folder)))
        }
        return FilePath(
            platformString: path + [CChar(bitPattern: UInt8(ascii: "/"))] + name.map(CChar.init(bitPattern:)) + [0]
        )
    }
}
