// SPDX-License-Identifier: Apache-2.0
internal import FaceModel

/// The file that `--passphrase-file` names, and those that hold a generated passphrase while a job needs it.
enum PassphraseFile {
    /// Reads a passphrase: the only line of a file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - warn: Told when other users can read it too.
    /// - Returns: The passphrase.
    /// - Throws: ``CommandError`` with a sentence that says what to do.
    static func read(_ path: String, warn: (String) -> Void) throws(CommandError) -> Secret {
        let contents: TextFile.Contents
        do {
            contents = try TextFile.read(path)
        } catch {
            throw .file(
                "The passphrase file \(path) cannot be read: \(error.text); correct it or name another.",
                error
            )
        }
        let lines = contents.text.split(whereSeparator: \.isNewline)
        guard lines.count == 1, let line = lines.first else {
            throw .failed("The passphrase file \(path) must hold the passphrase on one line, nothing else.")
        }
        if contents.isOpenToOthers {
            warn("Other users of this machine can read the passphrase file \(path); chmod 600 closes it.")
        }
        return Secret(String(line))
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
