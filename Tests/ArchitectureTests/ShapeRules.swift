// SPDX-License-Identifier: Apache-2.0

/// The rules about what a file looks like.
enum ShapeRules {
    /// The first line names the licence; before it only what must be first: `#!` and the tools version.
    static func licence(_ file: SourceFile) -> [Violation] {
        let isPreceded = file.lines.first.map { $0.hasPrefix("#!") || $0.hasPrefix("// swift-tools-version") } ?? false
        let line = file.lines.dropFirst(isPreceded ? 1 : 0).first ?? ""
        let marks: Set<Substring> = ["// SPDX-License-Identifier: Apache-2.0", "# SPDX-License-Identifier: Apache-2.0"]
        return marks.contains(line) ? [] : [file.violation(0, "the SPDX line is missing")]
    }

    /// A file holds one idea: at most 500 lines, 600 for tests.
    static func length(_ file: SourceFile) -> [Violation] {
        let limit = file.isTest ? 600 : 500
        // The end of the last line begins no new one.
        let count = file.lines.last == "" ? file.lines.count - 1 : file.lines.count
        return count > limit ? [file.violation(limit, "the file has \(count) lines, at most \(limit)")] : []
    }

    /// A type and a file are named for what they do.
    static func names(_ file: SourceFile) -> [Violation] {
        let introducers: Set<Substring> = ["struct", "class", "enum", "actor", "protocol", "typealias"]
        var found: [Violation] = []
        // Of `Type+Topic.swift` the type counts.
        if isVague(file.path.split(separator: "/").last?.split { ".+".contains($0) }.first ?? "") {
            found.append(file.violation(0, "the file's name does not say what it does"))
        }
        for (index, line) in file.code.enumerated() {
            let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
            for (introducer, name) in zip(words, words.dropFirst())
            where introducers.contains(introducer) && isVague(name) {
                found.append(file.violation(index, "\(name) does not say what it does"))
            }
        }
        return found
    }

    /// Nothing in the repository speaks of the machine it was written on.
    static func machine(_ path: String, _ text: String) -> [Violation] {
        // Put together here, so that this file does not hold them itself.
        let folders = ["work", "tmp/fl"].map { "/" + $0 + "/" }
        guard folders.contains(where: { text.contains($0) }) else { return [] }
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
            guard folders.contains(where: { isRoot($0, in: line) }) else { return nil }
            return Violation(path: path, line: index + 1, words: "a folder of somebody's machine")
        }
    }

    private static func isVague(_ name: Substring) -> Bool {
        ["Manager", "Helper", "Helpers", "Util", "Utils", "Utilities"].contains { name.hasSuffix($0) }
    }

    /// Whether a path begins at the root, and is not the middle of another one.
    private static func isRoot(_ folder: String, in line: Substring) -> Bool {
        line.ranges(of: folder).contains { range in
            guard let before = line[..<range.lowerBound].last else { return true }
            return !(before.isLetter || before.isNumber || "_-.}~".contains(before))
        }
    }
}
