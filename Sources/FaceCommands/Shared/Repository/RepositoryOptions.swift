// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceModel
import FaceRepository

/// The options that open a repository, or a library whatever holds it.
struct RepositoryOptions: ParsableArguments, Sendable {
    @Option(
        help: ArgumentHelp(
            "The file with the passphrase of the repository; of a .zip where one is read.",
            valueName: "file"
        )
    )
    var passphraseFile: String?

    @Option(help: ArgumentHelp("A file that opens the repository instead of a passphrase.", valueName: "file"))
    var keyFile: String?

    mutating func validate() throws {
        if passphraseFile != nil && keyFile != nil {
            throw ValidationError("--passphrase-file and --key-file exclude each other.")
        }
    }

    /// Whether none was given.
    var isEmpty: Bool { passphraseFile == nil && keyFile == nil }

    /// What opens the repository, by full paths.
    var access: RepositoryAccess { RepositoryAccess(passphraseFile: passphraseFile, keyFile: keyFile) }
}

/// Where that lies which opens a repository.
struct RepositoryAccess: Sendable, Hashable {
    /// The file with the passphrase, by its full path.
    var passphraseFile: String?
    /// The key file, by its full path.
    var keyFile: String?

    init(passphraseFile: String?, keyFile: String?) {
        self.passphraseFile = passphraseFile.map { WorkingDirectory.absolute($0) }
        self.keyFile = keyFile.map { WorkingDirectory.absolute($0) }
    }

    /// Reads what opens the repository.
    ///
    /// - Parameter warn: Told when other users can read it too.
    /// - Returns: The secret.
    /// - Throws: ``CommandError`` where none is named, or it cannot be read.
    func secret(warn: (String) -> Void) throws -> RepositorySecret {
        if let passphraseFile { return .passphrase(try PassphraseFile.read(passphraseFile, warn: warn)) }
        guard let keyFile else {
            throw CommandError.usage(
                "A repository is opened by --passphrase-file FILE or --key-file FILE; name one of them."
            )
        }
        let contents: TextFile.Bytes
        do {
            contents = try TextFile.bytes(keyFile)
        } catch {
            throw CommandError.file(
                "The key file \(keyFile) cannot be read: \(error.text); correct it or name another.",
                error
            )
        }
        // What could be guessed is no key; a passphrase has a file of its own.
        guard contents.bytes.count >= 32 else {
            throw CommandError.failed(
                "The key file \(keyFile) has \(contents.bytes.count) bytes and needs 32 random ones at least; "
                    + "head -c 64 /dev/urandom makes some."
            )
        }
        if contents.isOpenToOthers {
            warn("Other users of this machine can read the key file \(keyFile); chmod 600 closes it.")
        }
        return .keyFile(contents.bytes)
    }

    /// The passphrase as earlier versions read it, with the byte order mark that an editor put in front.
    ///
    /// - Returns: The secret, `nil` where there is no mark, or no passphrase file.
    /// - Throws: ``CommandError`` where it cannot be read.
    func secretWithMark() throws -> RepositorySecret? {
        guard let passphraseFile, let contents = try? TextFile.bytes(passphraseFile),
            contents.bytes.starts(with: SecretText.mark),
            case .passphrase(let plain) = try secret(warn: { _ in })
        else { return nil }
        return .passphrase(Secret("\u{FEFF}" + plain.revealed))
    }

    /// The files as members of the JSON that a job keeps.
    var members: [JSONValue.Member] {
        [
            .init(key: "passphrase_file", value: JSONValue(passphraseFile)),
            .init(key: "key_file", value: JSONValue(keyFile)),
        ]
    }

    /// Reads them back.
    init(reading object: JSONValue) {
        if case .string(let path) = object["passphrase_file"] { passphraseFile = path }
        if case .string(let path) = object["key_file"] { keyFile = path }
    }
}
