// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceFiles
public import FaceLedger
public import FaceLibraries
public import FaceModel
public import FacePipeline
import FaceSources
import SystemPackage

/// One run of the pipeline from a library, whatever holds it, to a folder or an archive.
///
/// List and register (``ExportRows``) → read (``PortraitLibrary``) → write (``ExportWriting``), joined by a channel
/// that holds one element. The ledger is written before and after every effect, so a killed job goes on
/// without fetching anything twice.
public struct ExportJob: Sendable {
    /// The job as it stands in the ledger.
    public var record: JobRecord
    /// The library.
    public var request: LibraryRequest
    /// Which portraits are taken.
    public var selection: ExportSelection
    /// Whether nothing is fetched or written.
    public var isRehearsal: Bool
    /// The ledger.
    public var ledger: any Ledger
    /// How many portraits are had at once.
    public var workers: Int
    /// Takes the counts while the job runs.
    public var progress: ProgressBoard
    /// Paces what is tried again.
    public var clock: any Clock<Duration>
    private let target: any ExportTarget
    private let log = NoticeLog()

    /// Puts a job together.
    ///
    /// - Parameters:
    ///   - record: The job as it stands in the ledger.
    ///   - request: The library.
    ///   - target: The absolute path of a folder, or of a file ending in `.zip`.
    ///   - passphrase: What a zip is encrypted with.
    ///   - selection: Which portraits are taken.
    ///   - isRehearsal: Whether nothing is fetched or written.
    ///   - ledger: The ledger.
    ///   - workers: How many portraits are had at once.
    ///   - progress: Takes the counts.
    ///   - clock: Paces what is tried again.
    public init(
        record: JobRecord,
        request: LibraryRequest,
        target: String,
        passphrase: Secret?,
        selection: ExportSelection,
        isRehearsal: Bool = false,
        ledger: any Ledger,
        workers: Int = 2,
        progress: ProgressBoard,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.record = record
        self.request = request
        self.selection = selection
        self.isRehearsal = isRehearsal
        self.ledger = ledger
        self.workers = workers
        self.progress = progress
        self.clock = clock
        self.target = passphrase.map { ZipTarget(path: target, passphrase: $0) } ?? FolderTarget(path: target)
    }

    /// Whether an export into this target was begun and not finished.
    ///
    /// - Parameter target: The absolute path of a folder, or of a file ending in `.zip`.
    /// - Returns: Whether what such an export leaves on the way is there.
    public static func hasBegun(target: String) -> Bool {
        [FolderTarget.scratch(of: target), ZipTarget.scratch(of: target)].contains { place in
            if case .success(.folder) = FilePath(place).kind(followingLinks: false) { true } else { false }
        }
    }

    /// What people should know about the run; complete when it has ended.
    public var notices: [String] { log.all.map(\.text) }

    /// Runs the job to its end and records how it ended.
    ///
    /// - Returns: Why the portraits may not be all there are; `nil` when the listing was complete and stable.
    /// - Throws: ``TargetError``, ``LibraryError`` when there is no such library, `DeviceError`, ``SourceError``,
    ///   `ArchiveError`, `LedgerError`, `CancellationError`.
    public func run() async throws -> String? {
        let isResumed = try await ledger.job(record.id) != nil
        if !isRehearsal { try target.inspect(isResumed: isResumed) }
        let library = try await request.open(surroundings(isFresh: !isResumed))
        guard selection.since == nil || library.origin != nil else {
            throw TargetError(
                .usage,
                "\(request.title) is not on a device, so it does not tell when its portraits were stored: choose them by "
                    + "their ids, or take them all"
            )
        }
        let lock = try isRehearsal ? nil : library.origin.map { try ledger.lock($0.library.exportKey, for: record.id) }
        defer { lock?.release() }
        return try await ledger.recording(record) { try await work(library, isResumed) }
    }

    private func surroundings(isFresh: Bool) -> JobSurroundings {
        JobSurroundings(
            ledger: ledger,
            job: record.id,
            scratch: ScratchFolder(lent: target.scratch),
            workers: workers,
            clock: clock,
            notices: log,
            archives: .ofJob(allowsPages: selection.isEverything && isFresh)
        )
    }

    private func work(_ library: OpenLibrary, _ isResumed: Bool) async throws -> String? {
        let rows = ExportRows(library: library.portraits, ledger: ledger, job: record.id, progress: progress)
        // A device can be asked for each portrait; all others must be listed to know what they have.
        let asksSingly = selection.ids != nil && library.origin != nil
        let outcome = try await asksSingly ? rows.ask(for: selection.distinctIDs) : rows.list(selection)
        if let change = outcome.change { log.add(change) }
        do {
            if isRehearsal {
                try await ledger.settleTheRestAsReady(of: record.id, progress)
            } else {
                try await target.takeUp { try await ledger.settledKeys(among: $0, of: record.id) }
                try await move(outcome.listing, of: library.portraits)
                // Stages that are cancelled may end as if their input had ended.
                try Task.checkCancellation()
                try await target.finish()
            }
        } catch {
            await outcome.listing.close()
            throw error
        }
        await outcome.listing.close()
        try await ledger.accountForTheRest(of: record.id, isResumed: isResumed)
        return outcome.doubt
    }

    /// Reads and writes side by side until every portrait of the listing was had or proved not to be there.
    private func move(_ listing: any Listing, of library: any PortraitLibrary) async throws {
        let fetched = Channel<FetchedRow>()
        let writing = ExportWriting(target: target, ledger: ledger, job: record.id, progress: progress)
        try await withThrowingTaskGroup { stages in
            stages.addTask { try await library.read(listing, to: fetched) }
            stages.addTask { try await writing.run(from: fetched) }
            // The first error ends all stages.
            while try await stages.next() != nil {}
        }
    }
}
