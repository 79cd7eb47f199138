// SPDX-License-Identifier: Apache-2.0
internal import FaceDevice
internal import FaceImaging
internal import FaceLedger
import FaceLibraries
internal import FaceModel
internal import FacePipeline
internal import FaceTransfer

/// Puts the jobs of one mirrored library together, one for each target, and runs them.
struct MirrorJobs {
    /// A library that is mirrored.
    struct Source {
        /// Its name on its device, `nil` for all else.
        let name: String?
        let request: LibraryRequest
    }

    let invocation: Invocation
    let ledger: SQLiteLedger
    /// The devices that are open, by name.
    let devices: [String: OpenedDevice]
    let head: PlanFile.Head
    let plan: PlanReader?
    /// The command that the jobs are of.
    let command: String
    /// All jobs of the command, `nil` where this is the only one.
    var run: CommandRun?
    /// How many portraits were to be removed so far, by the name of the device.
    private var spent: [String: Int] = [:]

    init(
        invocation: Invocation,
        ledger: SQLiteLedger,
        devices: [String: OpenedDevice],
        head: PlanFile.Head,
        plan: PlanReader? = nil,
        command: String = "mirror"
    ) {
        self.invocation = invocation
        self.ledger = ledger
        self.devices = devices
        self.head = head
        self.plan = plan
        self.command = command
    }

    /// Mirrors one library.
    ///
    /// - Parameters:
    ///   - source: The library.
    ///   - targets: The targets, as they were typed and as addresses.
    ///   - records: The jobs that are taken up again; a target without one gets a new one.
    ///   - takePlan: Takes what would be done, where that is asked for.
    /// - Returns: The job of each target and what came of it.
    /// - Throws: What keeps the source from being read, `LedgerError`, `CancellationError`.
    mutating func run(
        _ source: Source,
        to targets: [(String, Address)],
        resuming records: [JobRecord] = [],
        takePlan: (@Sendable (MirrorJob.PlanLine) throws -> Void)? = nil
    ) async throws -> [(record: JobRecord, result: MirrorResult)] {
        var asked: [MirrorTarget] = []
        for (typed, address) in targets {
            let known = asked.map(\.record.id)
            asked.append(try await target(source, typed, address, resuming: records, besides: known))
        }
        let board = ProgressBoard()
        let console = invocation.console
        let job = MirrorJob(
            source: source.request,
            targets: asked,
            options: head.settings.options,
            ledger: ledger,
            scratch: try invocation.stateDirectory(),
            progress: board,
            tell: { console.notice($0) },
            plan: takePlan,
            clock: invocation.context.clock
        )
        let results: [MirrorResult]
        do {
            results = try await invocation.withProgress({ board.now }) { try await job.run() }
        } catch is CancellationError {
            for target in asked { console.notice(MirrorTeller.resuming(target.record)) }
            throw CancellationError()
        }
        for (target, result) in zip(asked, results) {
            if case .success(let end) = result.end { spent[target.request.settings.name, default: 0] += end.leavers }
        }
        return zip(asked, results).map { ($0.record, $1) }
    }

    private func target(
        _ source: Source,
        _ typed: String,
        _ address: Address,
        resuming records: [JobRecord],
        besides known: [String]
    ) async throws -> MirrorTarget {
        guard case .device(let name, let typedLibrary) = address, let device = devices[name] else {
            throw CommandError.usage("\(typed) is no library on a device.")
        }
        guard let library = typedLibrary ?? source.name else {
            throw CommandError.usage("\(typed) names no library; write \(name):LIBRARY.")
        }
        let title = "\(name):\(library)"
        let changes = try changes(source.request.title, title)
        var job =
            if let record = records.first(where: { $0.source == source.request.title && $0.target == title }) {
                try expect(changes, of: record)
            } else { try await newJob(source.request.title, to: title, changes, besides: known) }
        if let begun = try await begun(like: job) { job = begun }
        return MirrorTarget(
            record: job,
            request: DestinationRequest(device: device.device, settings: device.settings, library: library),
            limits: ImageLimits(maxSide: device.configuration.maxSide, maxBytes: device.configuration.maxImageBytes),
            plan: changes,
            spent: spent[name, default: 0]
        )
    }

    /// A new job; its id is none of those that are about to be recorded with it.
    private func newJob(
        _ source: String,
        to target: String,
        _ changes: PlannedChanges?,
        besides known: [String]
    ) async throws -> JobRecord {
        var settings = head.settings
        settings.planState = changes?.state
        let options = run.map { settings.json.adding($0.member) } ?? settings.json
        while true {
            var job = try await invocation.newJob(command, source, to: target, options: options.line, ledger)
            job.directory = head.directory
            if !known.contains(job.id) { return job }
        }
    }

    /// The job that carried out part of the same plan and lacks the rest: a plan is carried out once, however often that
    /// is begun.
    private func begun(like job: JobRecord) async throws -> JobRecord? {
        guard plan != nil, try await ledger.job(job.id) == nil else { return nil }
        let settings = MirrorSettings(reading: try JSONReader.value(in: job.options))
        let earlier = try await ledger.jobs(limit: 1_000).first { other in
            other.rows > 0 && other.command == job.command && other.source == job.source && other.target == job.target
                && (try? JSONReader.value(in: other.options)).map(MirrorSettings.init(reading:)) == settings
        }
        guard let earlier else { return nil }
        if earlier.state == .finished, try await ledger.outcomes(of: earlier.id)[.failed, default: 0] == 0 {
            return nil
        }
        invocation.console.notice("Continuing job \(earlier.id), which carried out part of the plan.")
        return earlier
    }

    /// A job that is taken up again, as long as it is still about the same plan.
    private func expect(_ changes: PlannedChanges?, of record: JobRecord) throws -> JobRecord {
        let settings = MirrorSettings(reading: try JSONReader.value(in: record.options))
        guard let state = settings.planState, let plan = settings.plan, state != changes?.state else { return record }
        throw CommandError.stopped(
            "\(plan) is another plan than the one that job \(record.id) began, so nothing was changed; facelib mirror "
                + "--apply \(plan) carries it out."
        )
    }

    /// What the plan says for one target; a target that it does not have must not be changed at all.
    private func changes(_ source: String, _ target: String) throws -> PlannedChanges? {
        guard let plan else { return nil }
        guard let planned = plan.targets.first(where: { $0.source == source && $0.target == target }) else {
            throw CommandError.stopped(
                "The plan says nothing of \(source) and \(target), so nothing was changed; make a new plan."
            )
        }
        return plan.changes(of: planned)
    }
}

extension PlannedChanges {
    /// The states of both sides that the plan holds for.
    fileprivate var state: String { "\(target.sourceState) \(target.targetState)" }
}
