// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceImaging
import FaceLedger
import FaceLibraries
import FaceModel
import FaceSources
import FaceUpload

/// The source of a mirror: listed once, for however many targets.
struct MirrorSource: Sendable {
    let study: LibraryStudy
    let outcome: LibraryListing.Outcome
    /// The type that a library made for it gets; `nil` where it has none, as a folder.
    let type: LibraryType?
    /// What the device that holds it says of itself; `nil` for a path.
    let identity: DeviceIdentity?
    /// After how many days the source gives portraits up by itself, 0 for never (1903).
    let retentionDays: Int
    /// How many portraits and other rows it has, and why there may be more.
    let count: LeaverGuard.SourceCount

    var library: any PortraitLibrary { study.library }
    var listing: any Listing { outcome.listing }
    /// Whether it is a folder, a spreadsheet or an archive.
    var isMadeByHand: Bool { library is PortraitsInSource }

    /// Opens and lists a source.
    ///
    /// - Parameters:
    ///   - request: The library.
    ///   - options: What the mirror may do.
    ///   - surroundings: What it is read with.
    /// - Returns: The source, listed.
    /// - Throws: ``LibraryError``, `DeviceError`, ``SourceError``, `LedgerError`, and `CancellationError`.
    static func open(
        _ request: LibraryRequest,
        _ options: MirrorOptions,
        _ surroundings: JobSurroundings
    ) async throws -> MirrorSource {
        let opened = try await request.open(surroundings)
        let warnings = DeviceWarnings(surroundings.notices)
        let retention = try await opened.origin.asyncMap { try await warnings.examineSource($0.library) } ?? 0
        let outcome = try await opened.portraits.list(into: surroundings.ledger)
        let study = LibraryStudy(
            library: opened.portraits,
            listing: outcome.listing,
            ledger: surroundings.ledger,
            workshop: ImageWorkshop(limits: ImageLimits(), profile: .off),
            workers: options.workers,
            failures: ReadFailures()
        )
        if options.rereadShare > 0 { try await study.reread(options.rereadShare) }
        return MirrorSource(
            study: study,
            outcome: outcome,
            type: opened.type,
            identity: opened.origin?.identity,
            retentionDays: retention,
            count: try await Self.count(opened.portraits, outcome)
        )
    }

    private static func count(_ library: any PortraitLibrary, _ outcome: LibraryListing.Outcome) async throws
        -> LeaverGuard.SourceCount
    {
        var count = LeaverGuard.SourceCount(rows: try await outcome.listing.count(), doubt: outcome.deleteDoubt)
        try await library.tellProblems(besides: outcome.listing) { rows in
            let repeated = rows.filter { $0.rejection == nil }
            let first = try await outcome.listing.entries(of: repeated.compactMap(\.id))
            for row in rows { count.take(row) }
            for row in repeated where row.name.isEmpty || row.id.flatMap({ first[$0]?.name }) != row.name {
                count.shared.add(row.source)
            }
        }
        count.gap = library.gap
        return count
    }
}

extension Optional {
    /// What a closure makes of the value, if there is one.
    fileprivate func asyncMap<Value>(_ transform: (Wrapped) async throws -> Value) async rethrows -> Value? {
        if let self { try await transform(self) } else { nil }
    }
}
