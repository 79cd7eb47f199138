// SPDX-License-Identifier: Apache-2.0
internal import FaceDevice
internal import FaceImaging
internal import FaceLedger
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
    ///   - record: The job that is taken up again, `nil` for new ones.
    ///   - takePlan: Takes what would be done, where that is asked for.
    /// - Returns: The job of each target and what came of it.
    /// - Throws: What keeps the source from being read, `LedgerError`, `CancellationError`.
    mutating func run(
        _ source: Source,
        to targets: [(String, Address)],
        resuming record: JobRecord? = nil,
        takePlan: (@Sendable (MirrorJob.PlanLine) throws -> Void)? = nil
    ) async throws -> [(record: JobRecord, result: MirrorResult)] {
        var asked: [MirrorTarget] = []
        for (typed, address) in targets {
            let known = asked.map(\.record.id)
            asked.append(try await target(source, typed, address, resuming: record, besides: known))
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
        resuming record: JobRecord?,
        besides known: [String]
    ) async throws -> MirrorTarget {
        guard case .device(let name, let typedLibrary) = address, let device = devices[name] else {
            throw CommandError.usage("\(typed) is no library on a device.")
        }
        guard let library = typedLibrary ?? source.name else {
            throw CommandError.usage("\(typed) names no library; write \(name):LIBRARY.")
        }
        let title = "\(name):\(library)"
        let request = DestinationRequest(device: device.device, settings: device.settings, library: library)
        var job =
            if let record {
                record
            } else { try await newJob(source.request.title, to: title, besides: known) }
        job.options = head.settings.json.line
        return MirrorTarget(
            record: job,
            request: request,
            limits: ImageLimits(maxSide: device.configuration.maxSide, maxBytes: device.configuration.maxImageBytes),
            plan: try changes(source.request.title, title),
            spent: spent[name, default: 0]
        )
    }

    /// A new job; its id is none of those that are about to be recorded with it.
    private func newJob(_ source: String, to target: String, besides known: [String]) async throws -> JobRecord {
        while true {
            var job = try await invocation.newJob(
                command,
                source,
                to: target,
                options: head.settings.json.line,
                ledger
            )
            job.directory = head.directory
            if !known.contains(job.id) { return job }
        }
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
