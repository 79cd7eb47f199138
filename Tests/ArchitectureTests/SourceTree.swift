// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The files of this repository.
enum SourceTree {
    /// The package's root, three levels above this file.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The Swift files below `Sources` and `Tests`.
    static let swift: [SourceFile] = texts { $0.hasSuffix(".swift") && isBelowSourcesOrTests($0) }

    /// Everything that names its licence: Swift, C and the scripts.
    static let licensed: [SourceFile] = texts { path in
        path == "Package.swift" || path == "Makefile" || path.hasPrefix("scripts/")
            || [".swift", ".h", ".modulemap"].contains { path.hasSuffix($0) } && isBelowSourcesOrTests(path)
            || [".swift", ".py", ".c"].contains { path.hasSuffix($0) } && path.hasPrefix("Benchmarks/")
    }

    /// All files that hold text, whatever they are for.
    static let everything: [(path: String, text: String)] = paths.compactMap { path in
        text(of: path).map { (path, $0) }
    }

    /// The text of a file, `nil` for a picture and whatever else is no text.
    static func text(of path: String) -> String? {
        guard let data = try? Data(contentsOf: root.appending(path: path)), !data.prefix(4096).contains(0) else {
            return nil
        }
        return String(bytes: data, encoding: .utf8)
    }

    /// The folders below `Sources`.
    static let targets = Set(
        paths.filter { $0.hasPrefix("Sources/") }.map { String($0.split(separator: "/")[1]) }
    )

    private static func isBelowSourcesOrTests(_ path: String) -> Bool {
        path.hasPrefix("Sources/") || path.hasPrefix("Tests/")
    }

    private static func texts(_ isWanted: (String) -> Bool) -> [SourceFile] {
        everything.filter { isWanted($0.path) }.map { SourceFile($0.path, $0.text) }
    }

    /// What Git would keep; what is built or reported beside it is not looked at.
    private static let paths: [String] = {
        let skipped: Set<String> = [".data", ".git", "demo-report", "Package.resolved", "__pycache__"]
        guard let walk = FileManager.default.enumerator(atPath: root.path(percentEncoded: false)) else { return [] }
        var found: [String] = []
        while let path = walk.nextObject() as? String {
            let name = path.split(separator: "/").last.map(String.init) ?? ""
            if skipped.contains(name) || name.hasPrefix(".build") {
                walk.skipDescendants()
            } else if walk.fileAttributes?[.type] as? FileAttributeType == .typeRegular {
                found.append(path)
            }
        }
        return found.sorted()
    }()
}
