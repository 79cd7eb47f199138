// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceImaging
import FaceLedger
import FaceLibraries
import FaceModel
import FaceUpload
import Synchronization

/// A target that was found, locked and listed.
struct OpenTarget: Sendable {
    let record: JobRecord
    /// What may be carried out.
    let plan: PlanGuard
    /// How many portraits the run deletes in other libraries of the same device.
    let spent: Int
    /// Whether an earlier attempt of the job came to changing something.
    let isResumed: Bool
    /// Sends what is to be changed; `nil` for a library that a rehearsal would make.
    let uploader: Uploader?
    let outcome: LibraryListing.Outcome
    /// Source and target side by side.
    let survey: PairSurvey
    /// What must be read of the target before it can be judged.
    let needs: ReadingNeeds
    /// Portraits that cannot be judged before more has been read.
    let postponed: any Listing
    /// What is to be done.
    let work: TargetWork
    /// What is counted on the way.
    let tally = TargetTally()
    private let lock: LibraryLock?

    var study: LibraryStudy { survey.second }
    var library: any PortraitLibrary { survey.second.library }

    /// Finds the library or makes it, locks it, settles what a killed run left, and lists it.
    ///
    /// - Parameters:
    ///   - target: The target as it was asked for.
    ///   - source: The source.
    ///   - options: What the mirror may do.
    ///   - surroundings: What the target is read with.
    ///   - freshSince: When the run began, in seconds since 1970.
    /// - Returns: The target, locked and listed.
    /// - Throws: ``LibraryError``, `DeviceError`, `LedgerError` (also when another run holds the library), and
    ///   `CancellationError`.
    static func open(
        _ target: MirrorTarget,
        from source: MirrorSource,
        _ options: MirrorOptions,
        _ surroundings: JobSurroundings,
        freshSince: Double
    ) async throws -> OpenTarget {
        let ledger = surroundings.ledger
        let isResumed = try await ledger.job(target.record.id).map { $0.rows > 0 } ?? false
        try await ledger.begin(target.record)
        let plan = try await PlanGuard(target.plan, ledger: ledger)
        // Before anything is made.
        try await plan.expect(source)
        let destination = try await target.request.open(
            creating: options.creates ? source.type : nil,
            hint: source.type == nil
                ? "make it with facelib library create, as \(source.library.title) has no type to make it with"
                : "add --create to make it",
            isRehearsal: options.isRehearsal
        )
        if let destination, destination.key == source.library.key {
            throw LibraryError(description: "\(target.record.target) is the source itself; name another library")
        }
        let lock = try options.isRehearsal ? nil : destination.map { try ledger.lock($0.key, for: target.record.id) }
        let workshop = ImageWorkshop(limits: target.limits, profile: .off)
        let uploader = destination.map { Uploader(to: $0, of: target.record.id, ledger, workshop, surroundings.clock) }
        if let uploader, let destination {
            try await DeviceWarnings(surroundings.notices).examineTarget(destination, besides: source.identity)
            if !options.isRehearsal { try await Recovery(of: uploader).run() }
        }
        let library = portraits(destination, target, surroundings)
        let outcome = try await library.list(into: ledger)
        // With --remove the guard stops it anyway.
        if !options.removes { try await library.complete(outcome, by: source.listing) }
        let study = LibraryStudy(
            library: library,
            listing: outcome.listing,
            ledger: ledger,
            workshop: workshop,
            workers: options.workers,
            failures: ReadFailures()
        )
        if options.rereadShare > 0 { try await study.reread(options.rereadShare) }
        return OpenTarget(
            record: target.record,
            plan: plan,
            spent: target.spent,
            isResumed: isResumed,
            uploader: uploader,
            outcome: outcome,
            survey: PairSurvey(
                first: source.study,
                second: study,
                ledger: ledger,
                judge: PairJudge(freshSince: freshSince, trustsOnlyFresh: options.readsEverything)
            ),
            needs: try await ReadingNeeds(in: ledger),
            postponed: try await ledger.beginListing(),
            work: try await TargetWork(in: ledger),
            lock: lock
        )
    }

    private static func portraits(
        _ destination: Destination?,
        _ target: MirrorTarget,
        _ surroundings: JobSurroundings
    ) -> any PortraitLibrary {
        guard let destination else { return NoPortraits(title: target.record.target) }
        let library = LibraryOnDevice(
            device: destination.device,
            library: destination.library,
            key: destination.key
        )
        return PortraitsOnDevice(title: target.record.target, library: library, surroundings: surroundings)
    }

    /// Gives up the lock and what was spilled.
    func close() async {
        await outcome.listing.close()
        await postponed.close()
        await needs.close()
        await plan.close()
        await work.close()
        lock?.release()
    }
}

/// What is to be done in a target, spilled like a listing.
struct TargetWork: Sendable {
    /// Portraits of the source to be stored whole: new ones, and those whose picture is another one.
    let wholes: any Listing
    /// Portraits of the source whose attributes are to be changed in place.
    let attributes: any Listing
    /// Portraits of the target that the source does not have.
    let leavers: any Listing

    /// Begins without any.
    init(in ledger: any Ledger) async throws {
        wholes = try await ledger.beginListing()
        attributes = try await ledger.beginListing()
        leavers = try await ledger.beginListing()
    }

    /// How many portraits there is something to do about.
    func count() async throws -> Int {
        try await wholes.count() + attributes.count() + leavers.unseenCount()
    }

    /// Gives the files up.
    func close() async {
        for listing in [wholes, attributes, leavers] { await listing.close() }
    }
}

/// What is counted and found out about a target on the way.
final class TargetTally: Sendable {
    private let state = Mutex((rows: 0, check: MirrorCheck.Result()))

    /// What was found after the work.
    var check: MirrorCheck.Result { state.withLock { $0.check } }

    /// Counts rows and says how many there were before.
    func take(_ count: Int) -> Int {
        state.withLock { state in
            defer { state.rows += count }
            return state.rows
        }
    }

    /// Notes what was found after the work.
    func found(_ check: MirrorCheck.Result) { state.withLock { $0.check = check } }
}
