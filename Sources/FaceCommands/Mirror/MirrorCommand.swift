// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
import FaceUpload

/// `facelib mirror`: makes libraries on devices look like one source.
struct MirrorCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "mirror",
        abstract: "Make libraries on devices look like one source.",
        usage: """
            facelib mirror <source> <target> ... [options]
            facelib mirror --apply <file>
            facelib mirror undo <job>
            """,
        discussion: """
            The source is read once, the targets are filled side by side, each with a job of its own. Without \
            --remove, portraits that the source does not have stay. DEVICE: mirrors all libraries of a device by \
            their names. What is replaced, changed or removed is kept, encrypted, for 30 days: facelib mirror undo \
            JOB puts it back; portraits that the job added stay.

            \(ExitStatus.table(.rowsRejected, .stopped, .unreachable, .refused, .different, .locked))
            """
    )

    @Argument(help: "DEVICE:LIBRARY, DEVICE:, REPO@SNAPSHOT, a folder, a .csv or a .zip.")
    var source: String?

    @Argument(help: ArgumentHelp("DEVICE:LIBRARY, or DEVICE: for the source's library names.", valueName: "target"))
    var targets: [String] = []

    @Flag(help: "Make libraries that are not there, with the source's type.")
    var create = false

    @Flag(help: "Delete portraits that the source does not have.")
    var remove = false

    @Option(
        help: ArgumentHelp("How many portraits --remove may delete; 10% and 100 without it.", valueName: "n|n%"),
        transform: DeleteLimit.reading
    )
    var maxDelete: DeleteLimit?

    @Flag(help: "Read everything again, whatever is known from earlier runs.")
    var full = false

    @Option(
        help: ArgumentHelp(
            "Which share of masked attributes is read again in clear, such as 1/7; 0 without it.",
            valueName: "share"
        ),
        transform: Share.reading(option: "--reread")
    )
    var reread: Double?

    @Option(help: ArgumentHelp("Change nothing; write what would be done into this file.", valueName: "file"))
    var plan: String?

    @Option(help: ArgumentHelp("Carry out exactly the plan in this file, or nothing.", valueName: "file"))
    var apply: String?

    @OptionGroup var opening: RepositoryOptions
    @OptionGroup var text: EncodingOption
    @OptionGroup var rows: RowOptions
    @OptionGroup(title: "Common options") var global: GlobalOptions

    mutating func validate() throws {
        if maxDelete != nil && !remove { throw ValidationError("--max-delete only makes sense with --remove.") }
        if apply != nil {
            guard plan == nil, !create, !remove, !full, reread == nil, !rows.dryRun, opening.isEmpty,
                text.encoding == nil
            else {
                throw ValidationError("--apply does what the plan says; it takes no other options than --report.")
            }
        } else if source == nil || targets.isEmpty {
            throw ValidationError("mirror needs a source and at least one target, or --apply FILE.")
        }
    }

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let runner = MirrorRunner(invocation: invocation, report: rows.report)
        if let apply { return try await runner.apply(apply, named: [source].compactMap(\.self) + targets) }
        guard let source else { return .usage }
        let settings = MirrorSettings(
            creates: create,
            removes: remove,
            deleteLimit: maxDelete ?? .standard,
            readsEverything: full,
            rereadShare: reread ?? 0,
            access: opening.access,
            encoding: text.encoding,
            isRehearsal: rows.dryRun || plan != nil
        )
        return try await runner.start(source, to: targets, settings, planFile: plan)
    }
}

extension DeleteLimit {
    /// Reads `--max-delete`.
    static func reading(_ text: String) throws -> DeleteLimit {
        guard let limit = DeleteLimit(text) else {
            throw ValidationError("--max-delete takes a number of portraits or a share such as 5%, not \"\(text)\".")
        }
        return limit
    }
}
