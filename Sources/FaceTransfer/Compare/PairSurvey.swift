// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel

/// A portrait of two libraries with what was found about it.
struct JudgedPortrait: Sendable {
    let id: PortraitID
    /// As it stands in the first library, `nil` where it is not there.
    let first: Standing?
    /// As it stands in the second library, `nil` where it is not there.
    let second: Standing?
    /// What was found, where both have it.
    var finding: PairJudge.Finding?

    /// What must be read of it on each side.
    fileprivate var needs: (first: PairJudge.Reading, second: PairJudge.Reading) {
        (finding?.first ?? .nothing, finding?.second ?? .nothing)
    }
}

/// Two libraries that are being compared: what is known of each, and what of it must be read first.
struct PairSurvey: Sendable {
    let first: LibraryStudy
    let second: LibraryStudy
    let ledger: any Ledger
    let judge: PairJudge

    private var merge: LibraryMerge {
        LibraryMerge(
            first: .init(listing: first.listing, key: first.library.key),
            second: .init(listing: second.listing, key: second.library.key),
            ledger: ledger
        )
    }

    /// Finds out what must be read on both sides before every pair can be judged.
    ///
    /// - Parameters:
    ///   - firsts: Takes portraits of the first library.
    ///   - seconds: Takes portraits of the second one.
    /// - Throws: `LedgerError`, `CancellationError`.
    func collect(_ firsts: ReadingNeeds, _ seconds: ReadingNeeds) async throws {
        try await run { group in
            try await note(group.filter { $0.finding?.isDecided == false }, firsts, seconds)
        }
    }

    /// Hands over every portrait of both libraries, judged.
    ///
    /// - Parameter body: Takes a group, in the order of the ids.
    /// - Throws: `LedgerError`, `CancellationError`, and what `body` throws.
    func run(_ body: ([JudgedPortrait]) async throws -> Void) async throws {
        try await merge.run { group in try await body(group.map(judged)) }
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
    func run(
        noting firsts: ReadingNeeds,
        _ seconds: ReadingNeeds,
        postponing postponed: any Listing,
        _ body: ([JudgedPortrait]) async throws -> Void
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
    func run(postponed: any Listing, _ body: ([JudgedPortrait]) async throws -> Void) async throws {
        var last: PortraitID?
        while case let entries = try await postponed.entries(after: last, limit: 500), let end = entries.last {
            last = end.imgID
            let ids = entries.map(\.imgID)
            let firsts = try await ledger.standings(of: ids, in: first.listing, first.library.key)
            let seconds = try await ledger.standings(of: ids, in: second.listing, second.library.key)
            try await body(ids.map { judged(MergedPortrait(id: $0, first: firsts[$0], second: seconds[$0])) })
        }
    }

    private func note(_ open: [JudgedPortrait], _ firsts: ReadingNeeds, _ seconds: ReadingNeeds) async throws {
        try await firsts.add(open.compactMap { judged in judged.first.map { ($0.entry, judged.needs.first) } })
        try await seconds.add(open.compactMap { judged in judged.second.map { ($0.entry, judged.needs.second) } })
    }

    private func judged(_ portrait: MergedPortrait) -> JudgedPortrait {
        var judged = JudgedPortrait(id: portrait.id, first: portrait.first, second: portrait.second)
        if let first = portrait.first, let second = portrait.second { judged.finding = judge.judge(first, second) }
        return judged
    }

    /// Why a pair cannot be judged.
    func obstacle(to finding: PairJudge.Finding, _ id: PortraitID) -> ReadFailures.Failure {
        (finding.first != .nothing ? first : second).failures.reason(id)
    }
}
