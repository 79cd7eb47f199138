// SPDX-License-Identifier: Apache-2.0

/// A line of code that imports a module.
struct ImportLine: Sendable, Hashable {
    /// The module, without what is imported of it.
    let module: String
    let isPublic: Bool

    private static let levels: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
    private static let kinds: Set<Substring> = [
        "struct", "class", "enum", "protocol", "typealias", "func", "var", "let", "actor",
    ]

    /// Reads a line, `nil` for one that imports nothing.
    ///
    /// - Parameter line: A line of code, without comments and strings.
    init?(_ line: Substring) {
        var words = line.split { " \t;".contains($0) }[...]
        var isPublic = false
        while let word = words.first, word.hasPrefix("@") || Self.levels.contains(word) {
            if word == "public" || word.hasPrefix("@_exported") { isPublic = true }
            words.removeFirst()
            // An attribute's arguments may hold blanks.
            while word.contains("("), !word.contains(")"), let more = words.popFirst(), !more.contains(")") {}
        }
        guard words.popFirst() == "import" else { return nil }
        if let kind = words.first, Self.kinds.contains(kind) { words.removeFirst() }
        guard let path = words.first, let module = path.split(separator: ".").first else { return nil }
        self.module = String(module)
        self.isPublic = isPublic
    }
}
