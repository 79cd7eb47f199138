// SPDX-License-Identifier: Apache-2.0

/// One file of the repository, as a text or as an example in a test.
struct SourceFile: Sendable {
    /// The path below the package's root.
    let path: String
    /// The lines as they are written.
    let lines: [Substring]
    /// The lines without what stands in comments and strings.
    let code: [Substring]

    init(_ path: String, _ text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        code = SwiftCode.withoutProse(text).split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The target the file belongs to: the folder below `Sources` or `Tests`.
    var target: String { String(path.split(separator: "/").dropFirst().first ?? "") }

    var isTest: Bool { path.hasPrefix("Tests/") }

    /// A violation on a line of this file.
    ///
    /// - Parameters:
    ///   - index: The line, counted from 0.
    ///   - words: What is wrong there.
    /// - Returns: The violation.
    func violation(_ index: Int, _ words: String) -> Violation {
        Violation(path: path, line: index + 1, words: words)
    }
}

/// Something that a rule of the house does not allow.
struct Violation: Sendable, Hashable, CustomStringConvertible {
    let path: String
    let line: Int
    let words: String

    var description: String { "\(path):\(line): \(words)" }
}
