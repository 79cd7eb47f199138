// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
import FaceRepository

/// `facelib backup erase`: removes a person from every snapshot.
struct BackupEraseCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Remove a person from every snapshot and every pack, and prove it.",
        discussion: """
            Every snapshot and every pack that has anything of the person is written anew and the old files are deleted; \
            then all of it is read back. What is in no snapshot goes too, since nobody can tell whose it is: images that \
            prunings left. A line that does not name the person is kept for auditors. \
            What was stopped is carried through by the same command, or by the next one that changes the repository. \
            Devices, other repositories and the ledger's trash are not touched.

            \(ExitStatus.table(.stopped, .refused, .different, .locked))
            """
    )

    @Argument(help: ArgumentHelp("The folder of the repository.", valueName: "repo"))
    var repository: String

    @OptionGroup var opening: RepositoryOptions

    @Option(help: ArgumentHelp("Whose img_id this is.", valueName: "x"))
    var imgID: String?

    @Option(
        help: ArgumentHelp(
            "Whose identity code this is; - reads it from standard input, where no other user sees it.",
            valueName: "y"
        )
    )
    var identity: String?

    @Option(help: ArgumentHelp("What auditors read beside it, such as the number of a request.", valueName: "text"))
    var reference = ""

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup(title: "Common options") var global: GlobalOptions

    mutating func validate() throws {
        guard imgID?.isEmpty == false || identity?.isEmpty == false else {
            throw ValidationError("erase needs --img-id or --identity.")
        }
    }

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let person = ErasedPerson(imgID: imgID, identity: try await identityCode(invocation))
        let ledger = try invocation.openLedger()
        let opened = try invocation.openRepository(
            repository,
            opening.access,
            for: .writing
        )
        let erasure = Erasure(repository: opened, ledger: ledger)
        let now = Double(invocation.context.now())
        try await erasure.finishPending(at: now)
        let found = try erasure.find(person)
        guard found.portraits > 0 else {
            let cleared = try await erasure.clearRemains()
            try invocation.console.answer(Nobody(repository: repository, images: cleared.images))
            return .success
        }
        let ids = found.ids.sorted().joined(separator: ", ")
        try await invocation.confirm(
            "Erase \(count(found.portraits, "portrait")) (\(ids)) from \(count(found.snapshots, "snapshot")) for good?",
            agreed: yes
        )
        guard let line = try await erasure.run(person, reference: reference, at: now) else { return .failed }
        try invocation.console.answer(Erased(line: line))
        if try !opened.strangers().isEmpty {
            invocation.console.warn(
                "What lies in \(repository) and is not of the repository was not looked into; a second copy of one of its "
                    + "files may still have the person."
            )
        }
        return .success
    }

    private func identityCode(_ invocation: Invocation) async throws -> String? {
        guard identity == "-" else { return identity }
        let line = try await invocation.context.input.line()?.trimmingPrefix { $0.isWhitespace } ?? ""
        guard !line.isEmpty else {
            throw CommandError.usage("--identity - expects the identity code on a line of standard input.")
        }
        return String(line)
    }

    private struct Nobody: Answer {
        let repository: String
        /// How many images that no snapshot has were destroyed.
        let images: Int

        var lines: [String] {
            let cleared = "Destroyed: \(count(images, "image")) that no snapshot had, so that nobody can tell whose."
            return ["No snapshot of \(repository) has a portrait of the person."] + (images > 0 ? [cleared] : [])
        }
        var json: JSONValue { ["type": "erasure", "portraits": JSONValue(0), "images": JSONValue(images)] }
    }

    private struct Erased: Answer {
        let line: AuditLine

        var lines: [String] { [line.sentence, "Everything was read back: nothing of the person is left."] }
        var json: JSONValue { line.json }
    }
}
