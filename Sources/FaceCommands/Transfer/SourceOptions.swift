// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

/// The options of commands that read a source of portraits.
struct SourceOptions: ParsableArguments, Sendable {
    @Option(help: ArgumentHelp("The file with the passphrase of an encrypted .zip.", valueName: "file"))
    var passphraseFile: String?

    /// The file's full path.
    var passphrasePath: String? { passphraseFile.map { WorkingDirectory.absolute($0) } }
}
