// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// What of the file system a scheduled command needs; the service gets no more.
struct ServiceAccess: Sendable, Hashable {
    /// The folders it writes in; none of them lies in another.
    let writable: [String]
    /// What `ProtectHome=` can be: nothing of the homes is seen, or all of it can only be read.
    let protectHome: String
    /// Whether the service can have folders for temporary files of its own.
    let hasPrivateTmp: Bool

    /// Works out what is needed.
    ///
    /// - Parameters:
    ///   - reads: Files that are read.
    ///   - writes: Folders and files that are written in or made.
    ///   - runsShell: Whether a line of the user's shell is run, which may need anything that can be read.
    /// - Throws: ``CommandError`` when a folder is missing in which something is to be made.
    init(reads: [String], writes: [String], runsShell: Bool) throws(CommandError) {
        var folders: Set<String> = []
        for path in writes { folders.insert(try Self.folder(toWrite: path)) }
        for path in reads + writes where !UnitText.canSay(path: path) {
            throw .usage("The name \(path) holds a control character, which systemd cannot be told; rename it.")
        }
        writable = folders.sorted().filter { path in
            !folders.contains { $0 != path && Self.lies(path, in: $0) }
        }
        let seen = (reads + writes).map(Self.resolved)
        let isAtHome = seen.contains { path in ["/home", "/root", "/run/user"].contains { Self.lies(path, in: $0) } }
        protectHome = isAtHome || runsShell ? "read-only" : "yes"
        hasPrivateTmp = !seen.contains { path in ["/tmp", "/var/tmp"].contains { Self.lies(path, in: $0) } }
    }

    /// The folder itself, or the one above what is not there yet.
    private static func folder(toWrite path: String) throws(CommandError) -> String {
        var status = stat()
        if unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return path }
        let parent = parent(of: path)
        guard TextFile.exists(parent) else {
            throw .failed("The folder \(parent) is not there; make it, so that the service can be let into it.")
        }
        return parent
    }

    private static func parent(of path: String) -> String {
        let parent = path.split(separator: "/").dropLast().joined(separator: "/")
        return "/" + parent
    }

    /// Where a path leads, as far as it is there.
    private static func resolved(_ path: String) -> String {
        guard let real = unsafe realpath(path, nil) else {
            return path == "/" ? path : resolved(parent(of: path)) + "/"
        }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }

    private static func lies(_ path: String, in folder: String) -> Bool {
        path == folder || path.hasPrefix(folder == "/" ? folder : folder + "/")
    }
}
