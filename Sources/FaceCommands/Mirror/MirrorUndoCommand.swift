// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

/// `facelib mirror undo`: puts back what a job replaced, changed and removed.
struct MirrorUndoCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "mirror-undo",
        abstract: "Put back what a job replaced, changed and removed.",
        usage: "facelib mirror undo <job> [options]",
        discussion: """
            What a job replaces, changes or removes on a device is kept, encrypted, for 30 days. Portraits that the job \
            added stay. A folder of the name undo is mirrored as ./undo.

            \(ExitStatus.table(.rowsRejected, .stopped, .unreachable, .refused, .different, .locked))
            """,
        shouldDisplay: false
    )

    @Argument(help: "The job's id, as facelib job list prints it.")
    var job: String

    @OptionGroup var rows: RowOptions
    @OptionGroup(title: "Common options") var global: GlobalOptions

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        try await MirrorRunner(invocation: invocation, report: rows.report).undo(job, isRehearsal: rows.dryRun)
    }

    /// What is typed for it: ArgumentParser has no commands with arguments as well as verbs, as `mirror` is.
    private static let typed = ["mirror", "undo"]

    /// The command line with the command's one name in the place of the two words that are typed.
    static func joiningVerb(_ arguments: [String]) -> [String] {
        let start = arguments.first == "help" ? 1 : 0
        guard arguments.dropFirst(start).starts(with: typed) else { return arguments }
        return arguments.prefix(start) + [_commandName] + arguments.dropFirst(start + typed.count)
    }

    /// A text that names the command as it is typed.
    static func asTyped(_ text: String) -> String {
        text.replacing("facelib \(_commandName)", with: "facelib " + typed.joined(separator: " "))
    }
}
