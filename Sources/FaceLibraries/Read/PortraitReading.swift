// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import FacePipeline
import FaceSources

/// Reads portraits of a library on a device whole: plans how each is had (``FetchPlanning``) and has them
/// (``FetchWork``), several at once.
struct PortraitReading: Sendable {
    let library: LibraryOnDevice
    /// A private folder for archives under way.
    let scratch: String
    /// How many portraits are had at once.
    let workers: Int
    /// Paces what is tried again.
    let clock: any Clock<Duration>
    /// Takes what people should know about the device's archives.
    let notices: NoticeLog
    /// Whether archives may be made; one export at a time for the whole device (interface E2).
    let usesArchives: Bool

    /// Reads the portraits of a listing that are not marked as seen.
    ///
    /// - Parameters:
    ///   - listing: The portraits; they are marked as seen on the way.
    ///   - takesEverything: Whether the listing is the whole library, so that pages may be cheaper than chosen ones.
    ///   - output: Takes what came of each; finished at the end.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    func run(_ listing: any Listing, takesEverything: Bool, to output: Channel<FetchedRow>) async throws {
        let groups = Channel<[FetchTask]>()
        let tasks = Channel<FetchTask>()
        let planning = FetchPlanning(
            library: library,
            listing: listing,
            archives: ArchiveExport(device: library.device, scratch: scratch, clock: clock),
            takesEverything: takesEverything,
            usesArchives: usesArchives,
            notices: notices
        )
        let work = FetchWork(single: SingleFetch(library: library))
        let workers = workers
        try await withThrowingTaskGroup { stages in
            stages.addTask { try await planning.run(to: groups) }
            stages.addTask {
                defer { tasks.finish() }
                for await group in groups {
                    for task in group { try await tasks.send(task) }
                }
            }
            stages.addTask {
                try await runStage(width: workers, from: tasks, to: output) { try await work.carryOut($0) }
            }
            // The first error ends all stages.
            while try await stages.next() != nil {}
        }
    }
}
