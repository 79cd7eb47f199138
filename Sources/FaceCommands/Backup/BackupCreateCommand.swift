// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

/// `facelib backup create`: snapshots of libraries on a device.
struct BackupCreateCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Take a snapshot of each library of a device into a repository, which is made if it is not there.",
        discussion: """
            Only what changed since the last snapshot is read. What the device masks is read again in clear in turn, a \
            seventh each time, so that of nightly snapshots each value is a week old at most. At the end what was \
            written is read back, and some of what was there before. Where there was a repository and is none now, as \
            when its disk is not mounted, nothing is made unless --new-repository is given.

            \(ExitStatus.table(.rowsRejected, .stopped, .unreachable, .refused, .different, .locked))
            """
    )

    @Argument(help: ArgumentHelp("DEVICE: for all its libraries, or DEVICE:LIBRARY.", valueName: "device:[library]"))
    var source: String

    @Argument(help: ArgumentHelp("The folder of the repository.", valueName: "repo"))
    var repository: String

    @OptionGroup var opening: RepositoryOptions

    @OptionGroup var making: MakingOptions

    @Flag(help: "Read everything again, whatever the last snapshot has.")
    var full = false

    @Option(
        help: ArgumentHelp(
            "Which share of masked attributes is read again; 1/7 without it.",
            valueName: "share"
        ),
        transform: Share.reading(option: "--reread")
    )
    var reread: Double?

    @Option(help: ArgumentHelp("Write what came of it here, for Prometheus.", valueName: "file"))
    var metrics: String?

    @Option(help: ArgumentHelp("A line of shell that runs when not all went through.", valueName: "cmd"))
    var onFailure: String?

    @OptionGroup var rows: RowOptions
    @OptionGroup(title: "Common options") var global: GlobalOptions

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        var settings = BackupSettings(access: opening.access)
        settings.readsEverything = full
        settings.rereadShare = reread ?? settings.rereadShare
        settings.isRehearsal = rows.dryRun
        settings.makesNewRepository = making.newRepository
        let witness = BackupWitness(
            invocation: invocation,
            metrics: metrics.map { BackupMetrics(file: WorkingDirectory.absolute($0)) },
            hook: onFailure.map { FailureHook(command: $0) }
        )
        return try await witness.watch(source, into: repository) { noting in
            try await BackupRunner(invocation: invocation, report: rows.report)
                .start(source, into: repository, settings, noting: noting)
        }
    }
}
