// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel

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
        try await merge.run { group in
            var (left, right): ([(ListingEntry, PairJudge.Reading)], [(ListingEntry, PairJudge.Reading)]) = ([], [])
            for portrait in group {
                guard let first = portrait.first, let second = portrait.second else { continue }
                let finding = judge.judge(first, second)
                if finding.first != .nothing { left.append((first.entry, finding.first)) }
                if finding.second != .nothing { right.append((second.entry, finding.second)) }
            }
            try await firsts.add(left)
            try await seconds.add(right)
        }
    }

    /// Hands over every portrait of both libraries, judged.
    ///
    /// - Parameter body: Takes a group, in the order of the ids; the finding is there where both libraries have the
    ///   portrait.
    /// - Throws: `LedgerError`, `CancellationError`, and what `body` throws.
    func run(_ body: ([(portrait: MergedPortrait, finding: PairJudge.Finding?)]) async throws -> Void) async throws {
        try await merge.run { group in
            try await body(
                group.map { portrait in
                    guard let first = portrait.first, let second = portrait.second else { return (portrait, nil) }
                    return (portrait, judge.judge(first, second))
                }
            )
        }
    }

    /// Why a pair cannot be judged.
    func obstacle(to finding: PairJudge.Finding, _ id: PortraitID) -> ReadFailures.Failure {
        (finding.first != .nothing ? first : second).failures.reason(id)
    }
}
