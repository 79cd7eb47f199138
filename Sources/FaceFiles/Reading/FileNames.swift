// SPDX-License-Identifier: Apache-2.0
package import FaceText
import Synchronization
package import SystemPackage

/// Reads the names of a folder and of those below it as text; names that are not UTF-8, by the evidence of all of them.
package final class FileNames: Sendable {
    /// How many names are enough, and in how many folders they are looked for.
    private static let enough = (names: 2_000, folders: 4_000)

    private let root: FilePath
    private let told: TextEncoding?
    private let verdict = Mutex<LegacyVerdict?>(nil)

    /// Takes the folder, which is not looked into before a name needs it.
    ///
    /// - Parameters:
    ///   - root: The folder, ready to be opened.
    ///   - told: The encoding of names that are not UTF-8, as the user says.
    package init(under root: FilePath, told: TextEncoding?) {
        self.root = root
        self.told = told
    }

    /// Reads a name's bytes: as UTF-8, else in the encoding that was told or that all names speak for.
    package func text(of name: [UInt8]) -> FileNameText {
        if let text = String(validating: name, as: UTF8.self) { return FileNameText(text, in: .utf8) }
        if let told { return FileNameText(name, in: told) }
        let together = verdict.withLock { known in
            let verdict = known ?? LegacyVerdict(onNames: namesBelow())
            known = verdict
            return verdict
        }
        if case .sure(let found) = together { return FileNameText(name, in: found.encoding) }
        // A folder that grew over the years may have names in several encodings, each clear by itself.
        switch LegacyVerdict(onNames: [name]) {
        case .sure(let found): return FileNameText(name, in: found.encoding)
        case .doubt(let possibilities): return FileNameText(unreadable: name, possibilities)
        case .none: return FileNameText(unreadable: name, [])
        }
    }

    /// The names that are not UTF-8, as far as they are looked for; what cannot be opened is the walk's to tell.
    private func namesBelow() -> [[UInt8]] {
        guard let top = try? OpenFolder(path: root) else { return [] }
        var (names, folders, opened) = ([[UInt8]](), [top], 0)
        while let folder = folders.popLast(), names.count < Self.enough.names, opened < Self.enough.folders {
            opened += 1
            // A folder that cannot be listed is the walk's to tell.
            try? folder.forEachName { name, kind in
                if String(validating: name, as: UTF8.self) == nil { names.append(name) }
                if kind == .folder, folders.count < Self.enough.folders, let below = try? folder.folder(named: name) {
                    folders.append(below)
                }
            }
        }
        return names
    }
}

extension LegacyVerdict {
    /// Judges names of files.
    init(onNames names: [[UInt8]]) {
        var sample = TextSample()
        for name in names { (name + [UInt8(ascii: "\n")]).forEach { sample.feed($0) } }
        self.init(on: sample.words, in: .fileNames)
    }
}
