// SPDX-License-Identifier: Apache-2.0
internal import FaceFiles
internal import Glibc
internal import SystemPackage

/// Small text files of the user: the configuration and passwords.
enum TextFile {
    /// What a file holds, and who may read it.
    struct Contents: Sendable {
        var text: String
        /// Whether the file's permissions let anybody but its owner read it.
        var isOpenToOthers: Bool
    }

    /// Why a file could not be used.
    struct Problem: Error {
        /// The system's error number.
        let code: Int32
        /// What is wrong with the text, where it is not the system that refuses.
        var fault: String?
        /// The system's own words, or what is wrong with the text.
        var text: String { fault ?? systemText(code) }
        /// Whether the file is not there at all.
        var isMissing: Bool { code == ENOENT || code == ENOTDIR }
    }

    /// No file that is read here is larger; a device or a pipe given by mistake ends here too.
    private static let maximumSize = 1 << 20

    /// Whether there is anything at a path.
    static func exists(_ path: String) -> Bool {
        unsafe access(path, F_OK) == 0
    }

    /// Whether a file of at most 1 MiB holds a certificate in PEM form; a larger or unreadable one is left to who uses it.
    static func holdsCertificate(_ path: String) -> Bool {
        guard let bytes = try? bytes(path).bytes else { return true }
        return [
            "-----BEGIN CERTIFICATE-----", "-----BEGIN TRUSTED CERTIFICATE-----", "-----BEGIN X509 CERTIFICATE-----",
        ]
        .contains { bytes.firstRange(of: Array($0.utf8)) != nil }
    }

    /// The bytes of a file, and who may read it.
    struct Bytes: Sendable {
        var bytes: [UInt8]
        /// Whether the file's permissions let anybody but its owner read it.
        var isOpenToOthers: Bool
    }

    /// Reads a UTF-8 file of at most 1 MiB.
    static func read(_ path: String) throws(Problem) -> Contents {
        let contents = try bytes(path)
        let isUTF16 = contents.bytes.starts(with: [0xFF, 0xFE]) || contents.bytes.starts(with: [0xFE, 0xFF])
        guard !isUTF16, !contents.bytes.contains(0) else {
            throw Problem(code: EILSEQ, fault: "it is UTF-16 (what Notepad calls Unicode) or no text; save it as UTF-8")
        }
        guard let text = String(validating: contents.bytes, as: UTF8.self) else {
            throw Problem(code: EILSEQ, fault: "it is not text in UTF-8; save it as UTF-8")
        }
        return Contents(text: text, isOpenToOthers: contents.isOpenToOthers)
    }

    /// Reads a file of at most 1 MiB.
    static func bytes(_ path: String) throws(Problem) -> Bytes {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Problem(code: errno) }
        defer { close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else { throw Problem(code: errno) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(file, $0.baseAddress, $0.count) }
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw Problem(code: errno)
            }
            bytes += chunk[..<count]
            guard bytes.count <= maximumSize else { throw Problem(code: EFBIG) }
        }
        return Bytes(bytes: bytes, isOpenToOthers: status.st_mode & 0o077 != 0)
    }

    /// Writes a new file that nobody but its owner may read.
    static func create(_ path: String, with text: String) throws(Problem) {
        do {
            let file = try FileDescriptor.open(
                FilePath(path),
                .writeOnly,
                options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
                permissions: .ownerReadWrite
            )
            do {
                try file.closeAfter {
                    _ = try file.writeAll(Array(text.utf8))
                    guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
                }
            } catch {
                // Half of a text is none.
                unsafe unlink(path)
                throw error
            }
        } catch {
            throw Problem(code: (error as? Errno ?? .ioError).rawValue)
        }
    }

    /// Removes a file.
    static func remove(_ path: String) throws(Problem) { try check(unsafe unlink(path)) }

    /// Writes a file that everybody may read, in place of the one that may be there, all or nothing.
    static func publish(_ path: String, with text: String) throws(Problem) {
        try put(text, at: path, permissions: [.ownerReadWrite, .groupRead, .otherRead], owner: nil)
    }

    /// Puts new text in place of a file's, all or nothing, with the owner and permissions it had.
    static func replace(_ path: String, with text: String) throws(Problem) {
        // A configuration is often a symbolic link into a folder under version control: the link stays.
        guard let resolved = unsafe realpath(path, nil) else { throw Problem(code: errno) }
        let target = unsafe String(cString: resolved)
        unsafe free(resolved)
        var status = stat()
        guard unsafe stat(target, &status) == 0 else { throw Problem(code: errno) }
        let isOwn = status.st_uid == geteuid() && status.st_gid == getegid()
        try put(
            text,
            at: target,
            permissions: FilePermissions(rawValue: status.st_mode & 0o7777),
            owner: isOwn ? nil : (user: status.st_uid, group: status.st_gid)
        )
    }

    /// Two processes may do so at once; each has its own file until the end.
    private static func put(
        _ text: String,
        at path: String,
        permissions: FilePermissions,
        owner: (user: UInt32, group: UInt32)?
    ) throws(Problem) {
        do throws(Errno) {
            let file = try WholeFile(FilePath(path), ending: ".\(getpid()).new")
            try file.write(Array(text.utf8))
            try file.commit(permissions: permissions, owner: owner)
        } catch {
            throw Problem(code: error.rawValue)
        }
    }

    /// Makes a folder and those above it, for this user only.
    ///
    /// - Parameters:
    ///   - path: The folder.
    ///   - remedy: What the user can do when it cannot be made.
    /// - Returns: Whether it is closed to other users.
    /// - Throws: ``CommandError`` when it cannot be made.
    static func makePrivateFolder(
        _ path: String,
        else remedy: String = "name another with --state"
    ) throws(CommandError) -> Bool {
        var made = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            made += made.isEmpty && !part.isEmpty || made.hasSuffix("/") ? part : "/" + part
            guard !part.isEmpty, unsafe mkdir(made, 0o700) != 0, errno != EEXIST else { continue }
            throw .failed("The folder \(path) cannot be made: \(systemText(errno)); \(remedy).")
        }
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw .failed("\(path) is not a folder; \(remedy).")
        }
        return status.st_mode & 0o077 == 0
    }

    private static func check(_ result: Int32) throws(Problem) {
        guard result == 0 else { throw Problem(code: errno) }
    }
}
