// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
import FaceRepository

/// `facelib backup copy`: the snapshots of one repository into another.
struct BackupCopyCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Copy the snapshots that another repository does not have; it is made if it is not there.",
        discussion: ExitStatus.table(.stopped, .refused, .different, .locked)
    )

    @Argument(help: ArgumentHelp("The folder of the repository.", valueName: "repo"))
    var repository: String

    @Argument(help: ArgumentHelp("The folder of the other one.", valueName: "repo2"))
    var target: String

    @OptionGroup var opening: RepositoryOptions

    @Option(
        help: ArgumentHelp("The file with the passphrase of the other one, where it has its own.", valueName: "file")
    )
    var toPassphraseFile: String?

    @Option(help: ArgumentHelp("The key file of the other one, where it has its own.", valueName: "file"))
    var toKeyFile: String?

    @OptionGroup var making: MakingOptions
    @OptionGroup(title: "Common options") var global: GlobalOptions

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let ledger = try invocation.openLedger()
        let own = RepositoryAccess(passphraseFile: toPassphraseFile, keyFile: toKeyFile)
        let access = own.passphraseFile == nil && own.keyFile == nil ? opening.access : own
        let source = try invocation.openRepository(repository, opening.access, for: .reading)
        let now = Double(invocation.context.now())
        let opened = try await RepositoryMaking(
            invocation: invocation,
            ledger: ledger,
            isAskedFor: making.newRepository
        ).open(target, access)
        try await Erasure(repository: opened, ledger: ledger).finishPending(at: now, warn: invocation.console.warn)
        let console = invocation.console
        let copy = RepositoryCopy(source: source, target: opened, ledger: ledger) {
            console.notice("\($0.title): copied")
        }
        let end = try await copy.run()
        for problem in end.problems { console.warn(problem) }
        try console.answer(Copied(end: end))
        return end.problems.isEmpty ? .success : .different
    }

    private struct Copied: Answer {
        let end: RepositoryCopy.End

        var lines: [String] { ["\(count(end.snapshots, "snapshot")) and \(count(end.images, "image")) copied."] }
        var json: JSONValue {
            [
                "type": "copied", "snapshots": JSONValue(end.snapshots), "images": JSONValue(end.images),
                "problems": JSONValue(end.problems.count),
            ]
        }
    }
}
