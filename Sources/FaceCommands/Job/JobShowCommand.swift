// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceLedger

/// `facelib job show`: one job with its numbers.
struct JobShowCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one job and how its rows ended.",
        discussion: ExitStatus.table()
    )

    @Argument(help: "The job's id, as facelib job list prints it.")
    var job: String

    @OptionGroup(title: "Common options") var global: GlobalOptions

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let ledger = try invocation.openLedger()
        let record = try await ledger.namedJob(job)
        try invocation.console.answer(JobAnswer(job: record, outcomes: await ledger.outcomes(of: job), isWhole: true))
        return .success
    }
}
