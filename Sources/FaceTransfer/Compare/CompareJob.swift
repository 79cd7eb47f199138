// SPDX-License-Identifier: Apache-2.0
import FaceFiles
import FaceImaging
public import FaceLedger
public import FaceLibraries
public import FaceModel
import FaceSources

/// Compares two libraries portrait by portrait and changes nothing in either.
public struct CompareJob: Sendable {
    /// One library.
    public var first: LibraryRequest
    /// The other one.
    public var second: LibraryRequest
    /// Takes what is learned, so that the next comparison need not read it again.
    public var ledger: any Ledger
    /// The ledger's folder, for archives under way.
    public var scratch: String
    /// Reads everything again, whatever the ledger knows.
    public var readsEverything: Bool
    /// How many portraits are worked on at once.
    public var workers: Int
    /// Paces what is tried again.
    public var clock: any Clock<Duration>

    /// Puts a comparison together.
    ///
    /// - Parameters:
    ///   - first: One library.
    ///   - second: The other one.
    ///   - ledger: Takes what is learned.
    ///   - scratch: The ledger's folder.
    ///   - readsEverything: Reads everything again.
    ///   - workers: How many portraits are worked on at once.
    ///   - clock: Paces what is tried again.
    public init(
        first: LibraryRequest,
        second: LibraryRequest,
        ledger: any Ledger,
        scratch: String,
        readsEverything: Bool = false,
        workers: Int = 2,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.first = first
        self.second = second
        self.ledger = ledger
        self.scratch = scratch
        self.readsEverything = readsEverything
        self.workers = workers
        self.clock = clock
    }

    /// Compares the libraries.
    ///
    /// - Parameter tell: Takes every portrait of either, in the order of the ids; rows that are no portraits last.
    /// - Returns: Sentences that people should know, such as why there may be more portraits.
    /// - Throws: ``LibraryError``, `DeviceError`, ``SourceError``, `LedgerError`, `CancellationError`, what `tell` threw.
    public func run(_ tell: (ComparedPortrait) throws -> Void) async throws -> CompareRemarks {
        let notices = NoticeLog()
        let surroundings = JobSurroundings(
            ledger: ledger,
            job: "compare",
            scratch: ScratchFolder(in: scratch),
            workers: workers,
            clock: clock,
            notices: notices
        )
        let opened = (try await first.open(surroundings), try await second.open(surroundings))
        let listed = try await list(opened.0.portraits, opened.1.portraits)
        try await opened.0.portraits.complete(listed.0, by: listed.1.listing)
        try await opened.1.portraits.complete(listed.1, by: listed.0.listing)
        let survey = survey(opened.0.portraits, listed.0, opened.1.portraits, listed.1)
        let needs = (try await ReadingNeeds(in: ledger), try await ReadingNeeds(in: ledger))
        func tellAll(_ group: [MergedPortrait]) throws {
            for portrait in group { try tell(compared(portrait, survey)) }
        }
        if let rest = try await survey.run(noting: needs.0, needs.1, tellAll) {
            try await Self.satisfy(survey, needs.0, needs.1)
            try await survey.run(after: rest.last, tellAll)
        }
        for (library, outcome) in [(opened.0.portraits, listed.0), (opened.1.portraits, listed.1)] {
            try await library.tellProblems(besides: outcome.listing) { rows in
                for row in rows { try tell(ComparedPortrait(row)) }
            }
        }
        for listing in [listed.0.listing, listed.1.listing] { await listing.close() }
        for need in [needs.0, needs.1] { await need.close() }
        let doubts = [(opened.0.portraits.title, listed.0.doubt), (opened.1.portraits.title, listed.1.doubt)]
        return CompareRemarks(
            notices: notices.all.map(\.text),
            doubts: doubts.compactMap { title, doubt in doubt.map { "\(title): \($0)" } }
        )
    }

    /// Lists both libraries at the same time.
    private func list(_ first: any PortraitLibrary, _ second: any PortraitLibrary) async throws
        -> (LibraryListing.Outcome, LibraryListing.Outcome)
    {
        async let one = first.list(into: ledger)
        async let other = second.list(into: ledger)
        return (try await one, try await other)
    }

    private func survey(
        _ first: any PortraitLibrary,
        _ firstListing: LibraryListing.Outcome,
        _ second: any PortraitLibrary,
        _ secondListing: LibraryListing.Outcome
    ) -> PairSurvey {
        let workshop = ImageWorkshop(limits: ImageLimits(), profile: .off)
        func study(_ library: any PortraitLibrary, _ outcome: LibraryListing.Outcome) -> LibraryStudy {
            LibraryStudy(
                library: library,
                listing: outcome.listing,
                ledger: ledger,
                workshop: workshop,
                workers: workers,
                failures: ReadFailures()
            )
        }
        return PairSurvey(
            first: study(first, firstListing),
            second: study(second, secondListing),
            ledger: ledger,
            judge: PairJudge(freshSince: Moment.now, trustsOnlyFresh: readsEverything)
        )
    }

    /// Reads on both sides at the same time what must be read.
    private static func satisfy(_ survey: PairSurvey, _ firsts: ReadingNeeds, _ seconds: ReadingNeeds) async throws {
        async let one: Void = survey.first.satisfy(firsts)
        async let other: Void = survey.second.satisfy(seconds)
        try await one
        try await other
    }

    private func compared(_ portrait: MergedPortrait, _ survey: PairSurvey) -> ComparedPortrait {
        let (library, standing) =
            portrait.first.map { (survey.first.library, $0) } ?? portrait.second.map { (survey.second.library, $0) }
            ?? (survey.first.library, nil)
        var compared = ComparedPortrait(
            mark: portrait.first == nil ? .onlyInSecond : .onlyInFirst,
            imgID: portrait.id.text,
            name: portrait.first?.entry.name ?? portrait.second?.entry.name ?? "",
            source: standing.map { library.place(of: $0.entry) } ?? "",
            detail: ""
        )
        guard let finding = portrait.finding else { return compared }
        if finding.attributes == .different || finding.picture == .different {
            compared.mark = .different
            compared.detail = finding.fields.joined(separator: ", ")
        } else if finding.isSame {
            compared.mark = .same
        } else {
            let obstacle = survey.obstacle(to: finding, portrait.id).rejection
            compared.mark = .unreadable
            (compared.reason, compared.detail) = (obstacle.reason, obstacle.detail)
        }
        return compared
    }
}

/// What people should know about a comparison.
public struct CompareRemarks: Sendable {
    /// Worth knowing.
    public var notices: [String]
    /// Why there may be portraits that were not compared.
    public var doubts: [String]
}

extension ComparedPortrait {
    /// A row that is no portrait.
    init(_ row: NewRow) {
        self.init(
            mark: .unreadable,
            imgID: row.imgID,
            name: row.name,
            source: row.source,
            line: row.line,
            detail: row.rejection?.detail ?? "an earlier row has this img_id",
            reason: row.rejection?.reason ?? .imgIDRepeated
        )
    }
}
