// SPDX-License-Identifier: Apache-2.0
import FaceDevice
public import FaceLedger
public import FaceModel
public import FacePipeline
import SystemPackage

/// One run of the pipeline from a library on a device to a folder or an archive.
///
/// List (``LibraryListing``) → register → read (``PortraitReading``) → write (``ExportWriting``), joined by
/// channels that hold one element each. The ledger is written before and after every effect, so a killed job goes on
/// without fetching anything twice.
public struct ExportJob: Sendable {
    /// The job as it stands in the ledger.
    public var record: JobRecord
    /// The library.
    public var request: ExportRequest
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
        request: ExportRequest,
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
    /// - Throws: ``ExportError``, `DeviceError`, `ArchiveError`, `LedgerError`, `CancellationError`.
    public func run() async throws -> String? {
        let isResumed = try await ledger.job(record.id) != nil
        if !isRehearsal { try target.inspect(isResumed: isResumed) }
        let library = try await request.open()
        let lock = try isRehearsal ? nil : ledger.lock(library.exportKey, for: record.id)
        defer { lock?.release() }
        return try await ledger.recording(record) { try await work(library, isResumed) }
    }

    private func work(_ library: LibraryOnDevice, _ isResumed: Bool) async throws -> String? {
        let rows = ExportRows(ledger: ledger, job: record.id, title: record.source, progress: progress)
        let listing = try await rows.list(selection, of: library)
        do {
            if isRehearsal {
                try await ledger.settleTheRestAsReady(of: record.id, progress)
            } else {
                try await target.takeUp { try await ledger.settledKeys(among: $0, of: record.id) }
                try await move(listing, library, isFresh: !isResumed)
                // Stages that are cancelled may end as if their input had ended.
                try Task.checkCancellation()
                try await target.finish()
            }
        } catch {
            await listing.listing.close()
            throw error
        }
        await listing.listing.close()
        try await ledger.accountForTheRest(of: record.id, isResumed: isResumed)
        return listing.doubt
    }

    /// Reads and writes side by side until every portrait of the listing was had or proved not to be there.
    private func move(_ listing: ExportRows.Listed, _ library: LibraryOnDevice, isFresh: Bool) async throws {
        let fetched = Channel<FetchedRow>()
        let reading = PortraitReading(
            library: library,
            scratch: target.scratch,
            workers: workers,
            clock: clock,
            notices: log,
            progress: progress
        )
        let writing = ExportWriting(target: target, ledger: ledger, job: record.id, progress: progress)
        let takesEverything = selection.isEverything && isFresh && listing.doubt == nil
        try await withThrowingTaskGroup { stages in
            stages.addTask {
                try await reading.run(
                    listing.listing,
                    unlisted: listing.unlisted,
                    takesEverything: takesEverything,
                    to: fetched
                )
            }
            stages.addTask { try await writing.run(from: fetched) }
            // The first error ends all stages.
            while try await stages.next() != nil {}
        }
    }
}
