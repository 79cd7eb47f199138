// SPDX-License-Identifier: Apache-2.0
import FaceFiles
public import FaceLedger
public import FaceLibraries
import FaceModel
public import FacePipeline
import FaceSources
import FaceUpload

/// Makes libraries on devices look like one source: one job for each target, and the source is read once for all.
///
/// List (source, then the targets side by side) → read what cannot be judged yet (``LibraryStudy``) → decide and guard
/// (``MirrorDecision``) → feed (``SourceFeed``) → prepare, upload and reconcile in each target (``MirrorPreparation``,
/// ``Filling``) → remove (``LeaverRemoval``) → list again and compare (``MirrorCheck``). A target that fails ends
/// alone.
public struct MirrorJob: Sendable {
    /// What the targets shall look like.
    public var source: LibraryRequest
    /// The targets.
    public var targets: [MirrorTarget]
    /// What the mirror may do.
    public var options: MirrorOptions
    /// The ledger.
    public var ledger: any Ledger
    /// The ledger's folder, for archives under way.
    public var scratch: String
    /// Takes the counts of all targets together while the jobs run.
    public var progress: ProgressBoard
    /// Takes what people should know, when it is known and before anything is changed.
    public var tell: @Sendable (String) -> Void
    /// Takes what would be done in each target, where that is asked for.
    public var plan: (@Sendable (PlanLine) throws -> Void)?
    /// Paces what is tried again.
    public var clock: any Clock<Duration>

    /// Something that a plan says.
    public enum PlanLine: Sendable {
        /// The changes that follow are of this target.
        case target(PlannedTarget)
        /// Some changes.
        case changes([PlannedChange])
    }

    /// Puts the jobs together.
    ///
    /// - Parameters:
    ///   - source: What the targets shall look like.
    ///   - targets: The targets.
    ///   - options: What the mirror may do.
    ///   - ledger: The ledger.
    ///   - scratch: The ledger's folder.
    ///   - progress: Takes the counts.
    ///   - tell: Takes what people should know.
    ///   - plan: Takes what would be done.
    ///   - clock: Paces what is tried again.
    public init(
        source: LibraryRequest,
        targets: [MirrorTarget],
        options: MirrorOptions,
        ledger: any Ledger,
        scratch: String,
        progress: ProgressBoard,
        tell: @escaping @Sendable (String) -> Void = { _ in },
        plan: (@Sendable (PlanLine) throws -> Void)? = nil,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.source = source
        self.targets = targets
        self.options = options
        self.ledger = ledger
        self.scratch = scratch
        self.progress = progress
        self.tell = tell
        self.plan = plan
        self.clock = clock
    }

    /// Runs the jobs to their ends and records how each ended.
    ///
    /// A job whose id the ledger holds already is taken up again.
    ///
    /// - Returns: How each target ended, in the order of the targets.
    /// - Throws: What keeps the source from being read before any target was touched: ``LibraryError``, `DeviceError`,
    ///   ``SourceError``, `LedgerError`; and `CancellationError`.
    public func run() async throws -> [MirrorResult] {
        try await ledger.emptyOldTrash()
        let notices = NoticeLog(telling: tell)
        let surroundings = JobSurroundings(
            ledger: ledger,
            job: targets.first?.record.id ?? "mirror",
            scratch: ScratchFolder(in: scratch),
            workers: options.workers,
            clock: clock,
            notices: notices
        )
        // What is learned from here on is of this run.
        let freshSince = Moment.now
        let source = try await MirrorSource.open(source, options, surroundings)
        var phases = MirrorPhases(targets)
        await phases.open { [options] target in
            try await OpenTarget.open(target, from: source, options, surroundings, freshSince: freshSince)
        }
        let needs = try await ReadingNeeds(in: ledger)
        do {
            try await decide(source, needs, &phases)
            if options.isRehearsal {
                try await rehearse(source, &phases)
            } else {
                await carryOut(source, &phases)
            }
        } catch {
            phases.fail(error)
        }
        let results = await end(phases, source)
        await needs.close()
        await source.listing.close()
        try Task.checkCancellation()
        return results
    }

    /// Decides everything: what can be decided at once, then the rest, each portrait of the source read once for it.
    private func decide(
        _ source: MirrorSource,
        _ needs: ReadingNeeds,
        _ phases: inout MirrorPhases
    ) async throws {
        let (ledger, options, progress) = (ledger, options, progress)
        let decision: @Sendable (OpenTarget) -> MirrorDecision = { target in
            MirrorDecision(
                source: source,
                target: target,
                options: options,
                ledger: ledger,
                progress: progress
            )
        }
        await phases.advanceOpen { try await decision($0).begin(needs) }
        async let mine: Void = source.study.satisfy(needs)
        await phases.advanceOpen { try await $0.study.satisfy($0.needs) }
        try await mine
        await phases.advanceOpen { try await decision($0).finish() }
    }

    /// Tells what would be done, and ends the rows of it as ready.
    private func rehearse(_ source: MirrorSource, _ phases: inout MirrorPhases) async throws {
        if let plan {
            for target in phases.open { try await MirrorPlanning(source: source, target: target).run(plan) }
        }
        await phases.advanceOpen { target in
            try await ledger.settleTheRestAsReady(of: target.record.id, progress)
            try await remove(target)
        }
    }

    /// Moves what differs, one reading of the source for all targets.
    private func carryOut(_ source: MirrorSource, _ phases: inout MirrorPhases) async {
        let open = phases.open
        guard !open.isEmpty else { return }
        let outlets = Dictionary(open.map { ($0.record.id, FeedOutlet($0.work)) }) { first, _ in first }
        let feed = SourceFeed(source: source.study, ledger: ledger, outlets: Array(outlets.values))
        async let reading = Self.outcome(of: feed)
        await phases.advanceOpen { target in
            guard let outlet = outlets[target.record.id] else { return }
            // Whoever ends here must hold up nobody else.
            defer { outlet.close() }
            try await fill(target, from: outlet.channel)
        }
        // What was read has arrived; what was not is left for another time.
        if case .failure(let error) = await reading { return phases.fail(error) }
        await phases.advanceOpen { target in
            try Task.checkCancellation()
            try await remove(target)
            try await check(target)
            try await ledger.accountForTheRest(of: target.record.id, isResumed: target.isResumed)
        }
    }

    private static func outcome(of feed: SourceFeed) async -> Result<Void, any Error> {
        do {
            return .success(try await feed.run())
        } catch {
            return .failure(error)
        }
    }

    private func fill(_ target: OpenTarget, from channel: Channel<MovedPortrait>) async throws {
        let prepared = Channel<PortraitPreparation.Result>()
        let preparation = MirrorPreparation(target: target, ledger: ledger)
        let filling = Filling(
            ledger: ledger,
            job: target.record.id,
            uploader: target.uploader,
            isRehearsal: false,
            progress: progress
        )
        try await withThrowingDiscardingTaskGroup { stages in
            stages.addTask { [workers = options.workers] in
                try await runStage(width: workers, from: channel, to: prepared) { try await preparation.prepare($0) }
            }
            stages.addTask { try await filling.run(from: prepared) }
        }
    }

    private func remove(_ target: OpenTarget) async throws {
        guard options.removes, let uploader = target.uploader else { return }
        try await LeaverRemoval(
            destination: uploader.destination,
            ledger: ledger,
            job: target.record.id,
            title: target.record.target,
            clock: clock
        ).run(target.work.leavers, isRehearsal: options.isRehearsal)
    }

    /// Lists a target again where anything may have been changed in it.
    private func check(_ target: OpenTarget) async throws {
        if !target.isResumed, try await target.work.count() == 0 { return }
        let found = try await MirrorCheck(target: target, ledger: ledger, removes: options.removes).run()
        target.tally.found(found)
    }

    /// Records how each target ended and gives up what it held.
    private func end(_ phases: MirrorPhases, _ source: MirrorSource) async -> [MirrorResult] {
        var results: [MirrorResult] = []
        for phase in phases.all {
            let job = phase.record.id
            do {
                let target = try phase.target.get()
                let leavers = try await target.work.leavers.unseenCount()
                await target.close()
                let isShownMasked = source.outcome.isMasked && source.identity != nil
                let oldest = isShownMasked ? try await ledger.oldestReading(in: source.library.key) : nil
                let end = MirrorEnd(
                    doubt: source.outcome.doubt,
                    differences: target.tally.check.differences,
                    leavers: leavers,
                    isSourceEmpty: source.count.rows == 0 && source.isMadeByHand,
                    uncertainty: target.tally.check.doubt,
                    oldestReading: oldest
                )
                try await ledger.end(job, .finished, message: "", seconds: phase.seconds)
                results.append(MirrorResult(job: job, end: .success(end)))
            } catch {
                await phase.opened?.close()
                let isInterrupted = error is CancellationError || Task.isCancelled
                // The error that ended the job counts more than one of recording it.
                try? await ledger.end(
                    job,
                    isInterrupted ? .interrupted : .stopped,
                    message: isInterrupted ? "" : "\(error)",
                    seconds: phase.seconds
                )
                results.append(MirrorResult(job: job, end: .failure(error)))
            }
        }
        return results
    }
}
