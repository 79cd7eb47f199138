// SPDX-License-Identifier: Apache-2.0
internal import FaceModel

/// Files that hold a password or a passphrase and nothing else.
enum SecretFile {
    /// Reads a secret: the only line of a file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - what: What it holds, such as `passphrase`.
    ///   - isTyped: Whether the command line names the file.
    ///   - missing: What to do where it is not there.
    ///   - warn: Told when other users can read it too, and what is odd about it.
    /// - Returns: The secret.
    /// - Throws: ``CommandError`` with a sentence that says what to do.
    static func read(
        _ path: String,
        as what: String,
        isTyped: Bool,
        missing: String,
        warn: (String) -> Void
    ) throws(CommandError) -> Secret {
        let contents: TextFile.Bytes
        do {
            contents = try TextFile.bytes(path)
        } catch {
            let remedy = error.isMissing ? missing : "correct it or name another"
            let message = "The \(what) file \(path) cannot be read: \(error.text); \(remedy)."
            throw isTyped ? .file(message, error) : .failed(message)
        }
        let title = "The \(what) file \(path)"
        let secret: Secret
        do {
            secret = try SecretText.read(contents.bytes, as: what) { warn("\(title) \($0).") }
        } catch {
            throw .failed("\(title) \(error.text).")
        }
        if contents.isOpenToOthers {
            warn("Other users of this machine can read the \(what) file \(path); chmod 600 closes it.")
        }
        return secret
    }
}
