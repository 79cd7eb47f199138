// SPDX-License-Identifier: Apache-2.0
package import FaceLedger
package import FaceModel

/// Two libraries that are being compared: what is known of each, and what of it must be read first.
package struct PairSurvey: Sendable {
    package let first: LibraryStudy
    package let second: LibraryStudy
    package let ledger: any Ledger
    package let judge: PairJudge

    package init(first: LibraryStudy, second: LibraryStudy, ledger: any Ledger, judge: PairJudge) {
        self.first = first
        self.second = second
        self.ledger = ledger
        self.judge = judge
    }

    private var merge: LibraryMerge {
        LibraryMerge(
            first: .init(listing: first.listing, key: first.library.key),
            second: .init(listing: second.listing, key: second.library.key),
            ledger: ledger
        )
    }

    /// Hands over every portrait of both libraries, judged.
    ///
    /// - Parameters:
    ///   - last: The id after which to begin, `nil` for the first portrait.
    ///   - body: Takes a group, in the order of the ids.
    /// - Throws: `LedgerError`, `CancellationError`, and what `body` throws.
    package func run(after last: PortraitID? = nil, _ body: ([MergedPortrait]) async throws -> Void) async throws {
        try await merge.run(after: last) { group in try await body(group.map(judged)) }
    }

    /// What is left to be handed over.
    package struct Rest {
        /// The last portrait that was handed over, `nil` for none.
        package let last: PortraitID?
    }

    /// Hands over the portraits up to the first that cannot be judged yet, and notes what must be read on both sides
    /// before the rest can.
    ///
    /// - Parameters:
    ///   - firsts: Takes portraits of the first library to be read.
    ///   - seconds: Takes portraits of the second one to be read.
    ///   - body: Takes a group, in the order of the ids.
    /// - Returns: What is left, `nil` when all were handed over.
    /// - Throws: `LedgerError`, `CancellationError`, and what `body` throws.
    package func run(
        noting firsts: ReadingNeeds,
        _ seconds: ReadingNeeds,
        _ body: ([MergedPortrait]) async throws -> Void
    ) async throws -> Rest? {
        var last: PortraitID?
        var isBehind = false
        try await run { group in
            let open = group.filter { $0.finding?.isDecided == false }
            if !isBehind {
                let decided = Array(group.prefix { $0.finding?.isDecided != false })
                last = decided.last?.id ?? last
                try await body(decided)
                isBehind = decided.count < group.count
            }
            if !open.isEmpty { try await note(open, firsts, seconds) }
        }
        return isBehind ? Rest(last: last) : nil
    }

    /// Hands over the portraits that can be judged at once, and notes what must be read before the others can.
    ///
    /// One way through both libraries instead of two: for libraries that are known, nothing is left to be read.
    ///
    /// - Parameters:
    ///   - firsts: Takes portraits of the first library to be read.
    ///   - seconds: Takes portraits of the second one to be read.
    ///   - postponed: Takes the portraits that are not handed over, for ``run(postponed:_:)``.
    ///   - body: Takes a group of those that are decided, in the order of the ids.
    /// - Throws: `LedgerError`, `CancellationError`, and what `body` throws.
    package func run(
        noting firsts: ReadingNeeds,
        _ seconds: ReadingNeeds,
        postponing postponed: any Listing,
        _ body: ([MergedPortrait]) async throws -> Void
    ) async throws {
        try await run { group in
            let open = group.filter { $0.finding?.isDecided == false }
            if !open.isEmpty {
                try await note(open, firsts, seconds)
                try await postponed.add(open.compactMap(\.first?.entry))
            }
            try await body(open.isEmpty ? group : group.filter { $0.finding?.isDecided != false })
        }
    }

    /// Hands over the portraits that were postponed, judged again.
    ///
    /// - Parameters:
    ///   - postponed: The portraits.
    ///   - body: Takes a group, in the order of the ids.
    /// - Throws: `LedgerError`, `CancellationError`, and what `body` throws.
    package func run(postponed: any Listing, _ body: ([MergedPortrait]) async throws -> Void) async throws {
        var last: PortraitID?
        while case let entries = try await postponed.entries(after: last, limit: 500), let end = entries.last {
            last = end.imgID
            let ids = entries.map(\.imgID)
            let firsts = try await ledger.standings(of: ids, in: first.listing, first.library.key)
            let seconds = try await ledger.standings(of: ids, in: second.listing, second.library.key)
            try await body(ids.map { judged(MergedPortrait(id: $0, first: firsts[$0], second: seconds[$0])) })
        }
    }

    private func note(_ open: [MergedPortrait], _ firsts: ReadingNeeds, _ seconds: ReadingNeeds) async throws {
        func needs(_ side: (MergedPortrait) -> Standing?, _ reading: (PairJudge.Finding) -> PairJudge.Reading)
            -> [(entry: ListingEntry, reading: PairJudge.Reading)]
        {
            open.compactMap { portrait in
                guard let standing = side(portrait), let finding = portrait.finding else { return nil }
                return (standing.entry, reading(finding))
            }
        }
        try await firsts.add(needs({ $0.first }, { $0.first }))
        try await seconds.add(needs({ $0.second }, { $0.second }))
    }

    private func judged(_ portrait: MergedPortrait) -> MergedPortrait {
        guard let first = portrait.first, let second = portrait.second else { return portrait }
        var judged = portrait
        judged.finding = judge.judge(first, second)
        return judged
    }

    /// Why a pair cannot be judged.
    package func obstacle(to finding: PairJudge.Finding, _ id: PortraitID) -> ReadFailures.Failure {
        (finding.first != .nothing ? first : second).failures.reason(id)
    }
}
