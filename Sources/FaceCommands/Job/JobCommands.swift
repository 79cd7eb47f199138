// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceLedger

/// `facelib job`: what the ledger remembers.
struct JobCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "job",
        abstract: "List jobs, show one, take one up again, or report on one.",
        subcommands: [JobListCommand.self, JobShowCommand.self, JobResumeCommand.self, JobReportCommand.self]
    )
}

extension Ledger {
    /// A job that was named on the command line.
    ///
    /// - Parameter id: The job's id.
    /// - Returns: The job.
    /// - Throws: ``CommandError`` with status 64 when there is none.
    func namedJob(_ id: String) async throws -> JobRecord {
        guard let record = try await job(id) else {
            throw CommandError.usage("There is no job \"\(id)\"; facelib job list shows those there are.")
        }
        return record
    }
}
