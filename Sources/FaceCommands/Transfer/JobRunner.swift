// SPDX-License-Identifier: Apache-2.0
internal import FaceDevice
internal import FaceImaging
internal import FaceLedger
import FaceLibraries
internal import FaceModel
internal import FacePipeline
import FaceSources
internal import FaceTransfer

/// Runs a job for a command: opens what it needs, shows how far it is, and tells what came of it.
struct JobRunner {
    let invocation: Invocation
    /// Where the report is written, `nil` without `--report`.
    let report: String?
    /// Whether the quality measures of each row are shown.
    var explains = false

    /// Runs a new job.
    ///
    /// - Parameters:
    ///   - command: The command's name.
    ///   - source: The source as it was typed.
    ///   - target: The destination as it was typed, `""` for none.
    ///   - plan: What is asked of the job.
    /// - Returns: The status of a job that came to its end.
    /// - Throws: What ends a job before its end; ``ExitStatus/init(endingWith:)`` gives each its status.
    func start(_ command: String, _ source: String, to target: String, _ plan: JobPlan) async throws -> ExitStatus {
        let ledger = try invocation.openLedger()
        let record = try await invocation.newJob(command, source, to: target, options: plan.json, ledger)
        return try await run(record, plan, ledger)
    }

    /// Takes an old job up.
    ///
    /// - Parameters:
    ///   - record: The job.
    ///   - ledger: The ledger that holds it.
    /// - Returns: The status of a job that came to its end.
    /// - Throws: What ends a job before its end; ``ExitStatus/init(endingWith:)`` gives each its status.
    func resume(_ record: JobRecord, _ ledger: SQLiteLedger) async throws -> ExitStatus {
        try await run(record, JobPlan(reading: record.options), ledger)
    }

    /// Opens what a job needs and runs it.
    ///
    /// - Parameters:
    ///   - record: The job.
    ///   - plan: What is asked of it.
    ///   - ledger: The ledger.
    /// - Returns: The status of a job that came to its end.
    /// - Throws: What ends a job before its end; ``ExitStatus/init(endingWith:)`` gives each its status.
    private func run(_ record: JobRecord, _ plan: JobPlan, _ ledger: SQLiteLedger) async throws -> ExitStatus {
        let outcome = JobReport(invocation: invocation, directory: report)
        try outcome.prepare()
        let profile = try QualityOption.profile(plan.quality, seenFrom: record.directory)
        let source = try invocation.openSource(
            record.source,
            seenFrom: record.directory,
            passphraseFile: plan.passphraseFile,
            encoding: plan.encoding
        )
        guard !record.target.isEmpty else {
            let workshop = ImageWorkshop(limits: ImageLimits(), profile: profile)
            return try await run(record, plan, source, nil, ledger, workshop, outcome)
        }
        let (device, library) = try target(record.target)
        let limits = ImageLimits(maxSide: device.maxSide, maxBytes: device.maxImageBytes)
        let workshop = ImageWorkshop(limits: limits, profile: profile)
        let settings = try device.settings(environment: invocation.context.environment, warn: invocation.console.warn)
        return try await invocation.withDevice(device) { opened in
            let request = DestinationRequest(device: opened, settings: settings, library: library)
            return try await run(record, plan, source, request, ledger, workshop, outcome)
        }
    }

    private func run(
        _ record: JobRecord,
        _ plan: JobPlan,
        _ source: any PortraitSource,
        _ target: DestinationRequest?,
        _ ledger: SQLiteLedger,
        _ workshop: ImageWorkshop,
        _ outcome: JobReport
    ) async throws -> ExitStatus {
        let board = ProgressBoard()
        let job = ImportJob(
            record: record,
            source: source,
            target: target,
            options: plan.options(workers: Workers.count),
            ledger: ledger,
            workshop: workshop,
            progress: board,
            explain: explains ? measurePrinter : nil,
            clock: invocation.context.clock
        )
        do {
            try await invocation.whileRunning(record.id, board) { try await job.run() }
        } catch {
            tellNotices(of: source)
            throw error
        }
        tellNotices(of: source)
        let status = try await outcome.tell(record.id, source, ledger, workshop)
        if board.now.total == 0 { throw CommandError.nothingTaken(from: record.source) }
        return status
    }

    /// Says how the source was read, also where a guard stopped the job: why it did stands there.
    private func tellNotices(of source: any PortraitSource) {
        for notice in source.notices { invocation.console.notice(notice.text) }
    }

    private func target(_ text: String) throws -> (DeviceConfiguration, library: String) {
        guard case .device(let name, let library) = try invocation.address(text) else {
            throw CommandError.usage("\(text) is a path; portraits are imported into DEVICE:LIBRARY.")
        }
        guard let library else {
            throw CommandError.usage("\(text) names no library; write \(name):LIBRARY.")
        }
        return (try invocation.device(named: name), library)
    }

    /// Prints the measures of a row on standard error, where they disturb no program.
    private var measurePrinter: @Sendable (String, [QualityMeasure]) -> Void {
        let console = invocation.console
        return { source, measures in
            let lines = measures.map { measure in
                let threshold = measure.threshold.map { ", threshold \(MeasureText.number($0))" } ?? ""
                return "    \(measure.name): \(MeasureText.number(measure.raw))\(threshold), "
                    + "score \(MeasureText.number(measure.score)), \(measure.verdict.rawValue)"
            }
            console.explain(([source] + lines).joined(separator: "\n"))
        }
    }
}
