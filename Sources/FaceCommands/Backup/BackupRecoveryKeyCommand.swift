// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceModel
import FaceRepository

/// `facelib backup recovery-key`: what opens a repository without facelib.
struct BackupRecoveryKeyCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "recovery-key",
        abstract: "Print the passphrase of the archives in a repository, to be kept on paper.",
        discussion: """
            With it 7-Zip opens every .zip of the repository (docs/repository.md), whatever becomes of facelib or of the \
            passphrase. Whoever has it can read everything.

            \(ExitStatus.table(.refused, .locked))
            """
    )

    @Argument(help: ArgumentHelp("The folder of the repository.", valueName: "repo"))
    var repository: String

    @OptionGroup var opening: RepositoryOptions
    @OptionGroup(title: "Common options") var global: GlobalOptions

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let opened = try invocation.openRepository(
            repository,
            opening.access,
            for: .reading
        )
        try invocation.console.answer(Key(text: opened.archivePassphrase.revealed))
        return .success
    }

    private struct Key: Answer {
        let text: String

        var lines: [String] { [text] }
        var json: JSONValue { ["type": "recovery-key", "passphrase": .string(text)] }
    }
}
