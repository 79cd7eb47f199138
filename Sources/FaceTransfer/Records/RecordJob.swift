// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceFiles
public import FaceLedger
import FaceLibraries
import FaceModel
public import FacePipeline
import FaceSources
import SystemPackage

/// One run of the pipeline from the records of a device to a folder.
///
/// List (``RecordListing``) → register → complete and fetch (``RecordPlanning``, ``RecordFetch``) → write
/// (``RecordWriting``). The ledger is written before and after every effect, so a killed job goes on without
/// fetching anything twice, with the listing that it began with.
public struct RecordJob: Sendable {
    /// The job as it stands in the ledger.
    public var record: JobRecord
    /// The records.
    public var request: RecordRequest
    /// Whether nothing is fetched or written.
    public var isRehearsal: Bool
    /// The ledger.
    public var ledger: any Ledger
    /// How many images are had at once.
    public var workers: Int
    /// Takes the counts while the job runs.
    public var progress: ProgressBoard
    /// Paces what is tried again.
    public var clock: any Clock<Duration>
    private let target: RecordFolder
    private let log = NoticeLog()

    /// Puts a job together.
    ///
    /// - Parameters:
    ///   - record: The job as it stands in the ledger.
    ///   - request: The records.
    ///   - target: The absolute path of a folder.
    ///   - isRehearsal: Whether nothing is fetched or written.
    ///   - ledger: The ledger.
    ///   - workers: How many images are had at once.
    ///   - progress: Takes the counts.
    ///   - clock: Paces what is tried again.
    public init(
        record: JobRecord,
        request: RecordRequest,
        target: String,
        isRehearsal: Bool = false,
        ledger: any Ledger,
        workers: Int = 2,
        progress: ProgressBoard,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.record = record
        self.request = request
        self.isRehearsal = isRehearsal
        self.ledger = ledger
        self.workers = workers
        self.progress = progress
        self.clock = clock
        self.target = RecordFolder(path: target)
    }

    /// What people should know about the run; complete when it has ended.
    public var notices: [String] { log.all.map(\.text) }

    /// Runs the job to its end and records how it ended.
    ///
    /// - Returns: Why the records may not be all there are; `nil` when the listing was complete and stable.
    /// - Throws: ``TargetError``, `DeviceError`, `LedgerError`, `CancellationError`.
    public func run() async throws -> String? {
        let isResumed = try await ledger.job(record.id) != nil
        if !isRehearsal { try target.inspect(isResumed: isResumed) }
        let source = try await request.open()
        let lock = try isRehearsal ? nil : ledger.lock(source.lockKey, for: record.id)
        defer { lock?.release() }
        return try await ledger.recording(record) {
            let rows = RecordRows(ledger: ledger, job: record.id, title: record.source, progress: progress)
            if isRehearsal {
                return try await RecordListing(source: source, notices: log).read(into: RehearsedRecords(rows: rows))
                    .doubt
            }
            if try await isDone(isResumed) { return nil }
            return try await work(source, rows, isResumed)
        }
    }

    /// Whether an earlier attempt came to its very end, so that there is nothing to take up.
    private func isDone(_ isResumed: Bool) async throws -> Bool {
        guard isResumed, !target.hasListing else { return false }
        let outcomes = try await ledger.outcomes(of: record.id)
        guard !outcomes.isEmpty else { return false }
        let unsettled = try await ledger.unsettledCount(of: record.id)
        guard outcomes[.failed] == nil && unsettled == 0 else {
            throw TargetError(
                .failed,
                "\(target.scratch), which the job needs to go on, is not there any more: export into a new folder"
            )
        }
        try await target.open()
        try await target.sweep()
        return true
    }

    private func work(_ source: ExportedRecords, _ rows: RecordRows, _ isResumed: Bool) async throws -> String? {
        try await target.open()
        let head = try await list(source)
        var source = source
        source.filter.person = head.person
        try await rows.register(target.records())
        let settled: @Sendable ([String]) async throws -> Set<String> = { [ledger, job = record.id] keys in
            try await ledger.settledKeys(among: keys, of: job)
        }
        try await target.takeUp(head.count, settled)
        try await move(source, settled)
        // Stages that are cancelled may end as if their input had ended.
        try Task.checkCancellation()
        try await ledger.accountForTheRest(of: record.id, isResumed: isResumed)
        let hasFailures = try await ledger.outcomes(of: record.id)[.failed, default: 0] > 0
        try await target.finish(source.kind, keepsJournals: hasFailures)
        return head.doubt
    }

    /// The listing of an earlier attempt, or a new one.
    private func list(_ source: ExportedRecords) async throws -> RecordListing.Head {
        if let head = try await target.head() { return head }
        let head = try await RecordListing(source: source, notices: log).read(into: target)
        try await target.finishListing(head)
        return head
    }

    /// Runs the stages side by side until the image of every record was had or proved not to be there.
    private func move(
        _ source: ExportedRecords,
        _ settled: @escaping @Sendable ([String]) async throws -> Set<String>
    ) async throws {
        let groups = Channel<[RecordTask]>()
        let tasks = Channel<RecordTask>()
        let fetched = Channel<FetchedRecord>()
        let planning = RecordPlanning(
            source: source,
            settled: settled,
            archives: ArchiveExport(device: source.device, scratch: target.scratch, clock: clock),
            notices: log
        )
        let fetch = RecordFetch(device: source.device)
        let writing = RecordWriting(target: target, ledger: ledger, job: record.id, progress: progress)
        let (workers, progress, target) = (workers, progress, target)
        try await withThrowingTaskGroup { stages in
            stages.addTask { try await planning.run(target.records(), to: groups) }
            stages.addTask {
                defer { tasks.finish() }
                for await group in groups {
                    for task in group { try await tasks.send(task) }
                }
            }
            stages.addTask {
                try await runStage(width: workers, from: tasks, to: fetched) { task in
                    let record = try await fetch.carryOut(task)
                    progress.note { $0.prepared += 1 }
                    return record
                }
            }
            stages.addTask { try await writing.run(from: fetched) }
            // The first error ends all stages.
            while try await stages.next() != nil {}
        }
    }
}
