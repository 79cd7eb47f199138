// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The file of the program that runs.
enum OwnExecutable {
    /// Its absolute path, `nil` where the system does not tell or somebody removed it meanwhile.
    static var path: String? {
        guard let resolved = unsafe realpath("/proc/self/exe", nil) else { return nil }
        defer { unsafe free(resolved) }
        let path = unsafe String(cString: resolved)
        return TextFile.exists(path) ? path : nil
    }

    /// The files that make up the program in memory: itself and its libraries, where they really lie.
    static var mappedFiles: [String] {
        guard let maps = try? TextFile.read("/proc/self/maps").text else { return [] }
        let paths = maps.split(separator: "\n").compactMap { line in
            line.firstIndex(of: "/").map { String(line[$0...]) }
        }
        return Set(paths).sorted()
    }
}
