// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceImaging
internal import FaceLedger

/// `facelib job report`: tells once more what came of a job.
struct JobReportCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Tell once more what came of a job, or write its report into a folder.",
        discussion: ExitStatus.table(.rowsRejected)
    )

    @Argument(help: "The job's id, as facelib job list prints it.")
    var job: String

    @Option(
        help: ArgumentHelp("Write summary.json, results.csv, rejected.csv and report.html there.", valueName: "dir")
    )
    var report: String?

    @OptionGroup(title: "Common options") var global: GlobalOptions

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let ledger = try invocation.openLedger()
        _ = try await ledger.namedJob(job)
        let outcome = JobReport(invocation: invocation, directory: report)
        try outcome.prepare()
        let workshop = ImageWorkshop(limits: ImageLimits(), profile: .off)
        return try await outcome.tell(job, nil, ledger, workshop)
    }
}
