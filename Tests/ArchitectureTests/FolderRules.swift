// SPDX-License-Identifier: Apache-2.0

/// The folders of one module as layers: a file uses the types of its own folder and of those that stand lower.
struct FolderLayers: Sendable {
    /// The folder of `Sources` whose folders these are.
    let module: String
    /// From the lowest to the highest; folders of one layer do not know each other.
    let layers: [[String]]

    /// A type of another folder that a file uses.
    struct Tie: Sendable, Hashable, CustomStringConvertible {
        /// The file below the module's folder.
        let file: String
        let type: String

        init(_ file: String, _ type: String) {
            self.file = file
            self.type = type
        }

        var description: String { "\(file) uses \(type)" }
    }

    /// The folder a path below the module stands in, `nil` for one that no layer has.
    ///
    /// The longest folder counts: `Read/Archive` may stand lower than `Read`.
    func folder(of path: String) -> (name: String, layer: Int)? {
        var found: (name: String, layer: Int)?
        for (layer, names) in layers.enumerated() {
            for name in names where path.hasPrefix(name + "/") && name.count > found?.name.count ?? -1 {
                found = (name, layer)
            }
        }
        return found
    }
}

/// The rules about the folders within a module, which the compiler does not see.
enum FolderRules {
    /// Every folder has its layer.
    static func places(_ layers: FolderLayers, _ files: [SourceFile]) -> [Violation] {
        files.compactMap { file in
            guard let path = path(of: file, in: layers), path.contains("/"), layers.folder(of: path) == nil else {
                return nil
            }
            return file.violation(0, "no layer has the folder of this file")
        }
    }

    /// The types of higher or neighbouring folders that files use.
    ///
    /// Words are matched: a type whose name the module declares twice is passed over, and so are members of extensions.
    static func upward(_ layers: FolderLayers, _ files: [SourceFile]) -> Set<FolderLayers.Tie> {
        let mine = files.compactMap { file in path(of: file, in: layers).map { (path: $0, file: file) } }
        var homes: [Substring: Set<String>] = [:]
        for (path, file) in mine {
            for type in file.declaredTypes { homes[type, default: []].insert(path) }
        }
        var found: Set<FolderLayers.Tie> = []
        for (path, file) in mine {
            guard let folder = layers.folder(of: path) else { continue }
            for word in file.words {
                guard let home = homes[word], home.count == 1, let other = home.first, other != path,
                    let there = layers.folder(of: other), there.name != folder.name, there.layer >= folder.layer
                else { continue }
                found.insert(FolderLayers.Tie(path, String(word)))
            }
        }
        return found
    }

    private static func path(of file: SourceFile, in layers: FolderLayers) -> String? {
        let start = "Sources/\(layers.module)/"
        return file.path.hasPrefix(start) ? String(file.path.dropFirst(start.count)) : nil
    }
}

extension SourceFile {
    /// All words of the code.
    var words: Set<Substring> {
        Set(code.flatMap { line in line.split { !($0.isLetter || $0.isNumber || $0 == "_") } })
    }

    /// The types that other files may name: declared at the start of a line, and not for this file alone.
    var declaredTypes: Set<Substring> {
        let introducers: Set<Substring> = ["struct", "class", "enum", "actor", "protocol", "typealias"]
        return Set(
            code.compactMap { line in
                guard let first = line.first, first.isLetter || first == "@" else { return nil }
                let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
                guard !words.prefix(2).contains(where: { $0 == "private" || $0 == "fileprivate" }) else { return nil }
                return zip(words, words.dropFirst()).first { introducers.contains($0.0) }?.1
            }
        )
    }
}
