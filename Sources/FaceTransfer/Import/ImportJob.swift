// SPDX-License-Identifier: Apache-2.0
import FaceDevice
public import FaceImaging
public import FaceLedger
public import FaceLibraries
import FaceModel
public import FacePipeline
public import FaceSources
import FaceUpload

/// One run of the pipeline from a source to a library on a device, or to nowhere (`check`).
///
/// Scan and Validate (``Admission``) → Prepare (``PortraitPreparation``) → where it is asked for, the
/// device's own word (``DevicePrecheck``) → Upload and Reconcile (``Filling``), joined by channels that hold one
/// element each. The ledger is written before and after every effect.
public struct ImportJob: Sendable {
    /// The job as it stands in the ledger.
    public var record: JobRecord
    /// Where the rows come from.
    public var source: any PortraitSource
    /// Where they go; `nil` for `check`.
    public var target: DestinationRequest?
    /// What the job may do.
    public var options: ImportOptions
    /// The ledger.
    public var ledger: any Ledger
    /// Prepares the images for the limits of the device.
    public var workshop: ImageWorkshop
    /// Takes the counts while the job runs.
    public var progress: ProgressBoard
    /// Shows the quality measures of each row, in no particular order.
    public var explain: (@Sendable (_ source: String, [QualityMeasure]) -> Void)?
    /// Paces what is tried again.
    public var clock: any Clock<Duration>

    /// Puts a job together.
    ///
    /// - Parameters:
    ///   - record: The job as it stands in the ledger.
    ///   - source: Where the rows come from.
    ///   - target: Where they go.
    ///   - options: What the job may do.
    ///   - ledger: The ledger.
    ///   - workshop: Prepares the images.
    ///   - progress: Takes the counts.
    ///   - explain: Shows the quality measures of each row.
    ///   - clock: Paces what is tried again.
    public init(
        record: JobRecord,
        source: any PortraitSource,
        target: DestinationRequest?,
        options: ImportOptions,
        ledger: any Ledger,
        workshop: ImageWorkshop,
        progress: ProgressBoard,
        explain: (@Sendable (_ source: String, [QualityMeasure]) -> Void)? = nil,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.record = record
        self.source = source
        self.target = target
        self.options = options
        self.ledger = ledger
        self.workshop = workshop
        self.progress = progress
        self.explain = explain
        self.clock = clock
    }

    /// Runs the job to its end and records how it ended.
    ///
    /// Running a job whose id the ledger holds already takes it up again: rows with an outcome other
    /// than `failed` keep it.
    ///
    /// - Throws: ``SafetyStop`` before anything was changed, ``LibraryError``, `DeviceError`,
    ///   `LedgerError` (also when another process holds the library), ``SourceError``, `CancellationError`.
    public func run() async throws {
        let destination = try await target?.open(
            creating: options.creates,
            hint: "add --create whitelist or --create key-personnel to make it",
            isRehearsal: options.isRehearsal
        )
        let lock = try options.isRehearsal ? nil : destination.map { try ledger.lock($0.key, for: record.id) }
        defer { lock?.release() }
        let isResumed = try await ledger.job(record.id) != nil
        try await ledger.emptyOldTrash()
        try await ledger.recording(record) { try await work(destination, isResumed: isResumed) }
    }

    private func work(_ destination: Destination?, isResumed: Bool) async throws {
        let rows = try source.countRows()
        progress.note { $0.total = rows }
        let uploader = destination.map { Uploader(to: $0, of: record.id, ledger, workshop, clock) }
        if let uploader, !options.isRehearsal {
            try await Recovery(of: uploader).run()
        }
        let index = try await makeIndex(destination, rows)
        do {
            try await guardLeavers(index, destination)
            try await move(index, uploader)
            // Stages that are cancelled may end as if their input had ended.
            try Task.checkCancellation()
            if options.removes, case .listed(let outcome) = index, let uploader {
                try await LeaverRemoval(
                    destination: uploader.destination,
                    ledger: ledger,
                    job: record.id,
                    title: record.target,
                    clock: clock
                ).run(outcome.listing, isRehearsal: options.isRehearsal)
            }
        } catch {
            await index.close()
            throw error
        }
        await index.close()
        try await ledger.accountForTheRest(of: record.id, isResumed: isResumed)
    }

    private func makeIndex(_ destination: Destination?, _ rows: Int) async throws -> DestinationIndex {
        guard let destination else { return .none }
        return try await .make(for: destination, rows: rows, needsListing: options.removes, ledger: ledger)
    }

    /// What asks the device about each image; a rehearsal asks also where the library is still to be made.
    private func makePrecheck(_ uploader: Uploader?) -> DevicePrecheck? {
        guard options.asksDevice, let target else { return nil }
        let fitting = PhotoFitting(
            bounds: uploader?.bounds ?? BatchBounds(target.settings),
            workshop: workshop,
            digests: ledger.digests,
            clock: clock
        )
        return DevicePrecheck(device: target.device, connections: target.settings.connections, fitting: fitting)
    }

    private func admission(_ index: DestinationIndex, _ destination: Destination?) -> Admission {
        Admission(
            source: source,
            ledger: ledger,
            job: record.id,
            index: index,
            library: destination?.key,
            progress: progress
        )
    }

    /// Finds the leavers and passes or stops before anything is changed (design rule 5).
    private func guardLeavers(_ index: DestinationIndex, _ destination: Destination?) async throws {
        guard options.removes, case .listed(let outcome) = index else { return }
        var newcomers = Newcomers()
        let found = try await admission(index, destination).identify { rows in
            let named = rows.compactMap { row in row.id.map { (id: $0, name: row.name) } }
            let ids = named.map(\.id)
            newcomers.note(named, besides: try await outcome.listing.entries(of: ids))
            try await outcome.listing.markSeen(ids)
        }
        try LeaverGuard(limit: options.deleteLimit).check(
            found,
            lastSize: try await ledger.lastSourceSize(like: record),
            try await outcome.counted()
        )
        try await LeaverGuard.check(outcome.listing, besides: newcomers, in: outcome.listing)
    }

    /// Runs the stages side by side until the source is used up and every row of it is settled.
    private func move(_ index: DestinationIndex, _ uploader: Uploader?) async throws {
        let admitted = Channel<Admitted>()
        let prepared = Channel<PortraitPreparation.Result>()
        let precheck = makePrecheck(uploader)
        let judged = precheck == nil ? prepared : Channel<PortraitPreparation.Result>()
        let destination = uploader?.destination
        let admission = admission(index, destination)
        let preparation = PortraitPreparation(
            workshop: workshop,
            digests: ledger.digests,
            destination: destination,
            makesImages: target != nil,
            mayUpdate: options.updates,
            explain: explain
        )
        let filling = Filling(
            ledger: ledger,
            job: record.id,
            uploader: uploader,
            isRehearsal: options.isRehearsal,
            progress: progress
        )
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { try await admission.run(to: admitted) }
            group.addTask {
                try await runStage(width: options.workers, from: admitted, to: prepared) {
                    try await preparation.prepare($0)
                }
            }
            if let precheck { group.addTask { try await precheck.run(from: prepared, to: judged) } }
            group.addTask { try await filling.run(from: judged) }
        }
    }
}
