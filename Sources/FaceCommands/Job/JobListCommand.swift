// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceLedger

/// `facelib job list`: the newest jobs.
struct JobListCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the newest jobs.",
        discussion: ExitStatus.table()
    )

    @Option(help: ArgumentHelp("How many jobs to list.", valueName: "n"))
    var limit = 20

    @OptionGroup(title: "Common options") var global: GlobalOptions

    mutating func validate() throws {
        if limit < 1 { throw ValidationError("--limit must be at least 1.") }
    }

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let ledger = try invocation.openLedger()
        for job in try await ledger.jobs(limit: limit) {
            try invocation.console.answer(JobAnswer(job: job, outcomes: [:]))
        }
        return .success
    }
}
