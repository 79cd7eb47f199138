// SPDX-License-Identifier: Apache-2.0
internal import FaceModel

/// The file that `--passphrase-file` names, or a passphrase that is made where none is named.
enum PassphraseFile {
    /// Reads a passphrase: the only line of a file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - warn: Told when other users can read it too, and what is odd about it.
    /// - Returns: The passphrase.
    /// - Throws: ``CommandError`` with a sentence that says what to do.
    static func read(_ path: String, warn: (String) -> Void) throws(CommandError) -> Secret {
        try SecretFile.read(path, as: "passphrase", isTyped: true, missing: "correct it or name another", warn: warn)
    }

    /// Makes a passphrase of 150 random bits, in groups that can be read out.
    static func generated() -> Secret {
        let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")
        let groups = (0..<6).map { _ in
            String((0..<5).map { _ in letters[Int.random(in: 0..<letters.count)] })
        }
        return Secret(groups.joined(separator: "-"))
    }
}
