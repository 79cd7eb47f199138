// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceLedger
internal import FaceTransfer

/// `facelib check`: what would be rejected, and why, without any device.
struct CheckCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say which photos would be rejected, and why, without any device.",
        discussion: ExitStatus.table(.rowsRejected)
    )

    @Argument(help: "A folder of photos or a .csv.")
    var source: String

    @OptionGroup var quality: QualityOptions
    @OptionGroup var rows: RowOptions
    @OptionGroup(title: "Common options") var global: GlobalOptions

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let record = JobRecord(
            id: JobID.make(at: invocation.context.now()),
            command: "check",
            source: source,
            target: "",
            directory: WorkingDirectory.path,
            options: "",
            started: Double(invocation.context.now())
        )
        let runner = JobRunner(invocation: invocation, report: rows.report, explains: quality.explain)
        return try await runner.run(record, JobPlan(quality: quality.quality))
    }
}
