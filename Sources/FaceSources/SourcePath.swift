// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Paths as people see them in reports.
package enum SourcePath {
    /// A path below a folder, as seen from where the folder is seen; an absolute one stays as it is.
    static func join(_ folder: String, _ relative: String) -> String {
        if folder.isEmpty || relative.hasPrefix("/") { return relative }
        return folder.hasSuffix("/") ? folder + relative : folder + "/" + relative
    }

    /// The folder of a file as it was typed, `""` for a bare name.
    static func folder(of typed: String) -> String {
        guard let slash = typed.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
        return slash == typed.startIndex ? "/" : String(typed[..<slash])
    }

    /// The file's own name.
    package static func name(of typed: String) -> String {
        typed.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(typed[typed.utf8.index(after: $0)...]) } ?? typed
    }

    /// A typed path ready to be opened, seen from a folder.
    static func open(_ typed: String, from directory: FilePath) -> FilePath { directory.pushing(FilePath(typed)) }
}
