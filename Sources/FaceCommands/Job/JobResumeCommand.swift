// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceLedger

/// `facelib job resume`: takes up a job that was stopped, killed, or had rows that failed.
struct JobResumeCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Take up a job that was stopped or killed; rows that failed are tried again.",
        discussion: ExitStatus.table(.rowsRejected, .stopped, .unreachable, .refused, .different, .locked)
    )

    @Argument(help: "The job's id, as facelib job list prints it.")
    var job: String

    @Option(
        help: ArgumentHelp("Write summary.json, results.csv, rejected.csv and report.html there.", valueName: "dir")
    )
    var report: String?

    @Option(
        help: ArgumentHelp(
            "The file with the passphrase that was told of the .zip of an export that finished.",
            valueName: "file"
        )
    )
    var passphraseFile: String?

    @OptionGroup(title: "Common options") var global: GlobalOptions

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let ledger = try invocation.openLedger()
        let record = try await ledger.namedJob(job)
        guard passphraseFile == nil || record.command == ExportCommand._commandName else {
            throw CommandError.usage("Job \(job) is no export, so --passphrase-file has no use here.")
        }
        switch record.command {
        case ExportCommand._commandName:
            return try await ExportRunner(invocation: invocation, report: report)
                .resume(record, passphraseFile: passphraseFile.map { WorkingDirectory.absolute($0) }, ledger)
        case BackupRunner.command:
            return try await BackupRunner(invocation: invocation, report: report).resume(record, ledger)
        case MirrorCommand._commandName, RestoreRunner.command:
            return try await MirrorRunner(invocation: invocation, report: report).resume(record, ledger)
        case RecordsCommand._commandName:
            return try await RecordsRunner(invocation: invocation, report: report).resume(record, ledger)
        default: return try await JobRunner(invocation: invocation, report: report).resume(record, ledger)
        }
    }
}
