// SPDX-License-Identifier: Apache-2.0
import FaceLedger
package import FaceModel
import FacePipeline

/// A portrait of two libraries: as it stands in each, `nil` where it is not there.
package struct MergedPortrait: Sendable {
    package let id: PortraitID
    package let first: Standing?
    package let second: Standing?
    /// What was found, where both have it and it has been judged.
    package var finding: PairJudge.Finding?
}

/// Goes through two sorted listings in lock-step: every id of either comes once, in order.
///
/// Each side is read ahead by a page while the pages before are merged; four pages are in memory, however large the
/// libraries are. Portraits are matched by their img_ids, exactly, and never by names.
struct LibraryMerge: Sendable {
    /// One of the two libraries.
    struct Side: Sendable {
        let listing: any Listing
        let key: LibraryKey
    }

    let first: Side
    let second: Side
    let ledger: any Ledger

    /// How many portraits are handed over together.
    private static let groupLength = 1_000

    /// Hands over all portraits.
    ///
    /// - Parameters:
    ///   - last: The id after which to begin, `nil` for the first portrait.
    ///   - body: Takes a group of them, in order.
    /// - Throws: `LedgerError`, `CancellationError`, and what `body` throws.
    func run(after last: PortraitID? = nil, _ body: ([MergedPortrait]) async throws -> Void) async throws {
        let pages = (Channel<StandingPage>(), Channel<StandingPage>())
        try await withThrowingTaskGroup { readers in
            readers.addTask { await first.read(after: last, ledger, to: pages.0) }
            readers.addTask { await second.read(after: last, ledger, to: pages.1) }
            try await Self.merge(pages.0, pages.1, body)
        }
    }

    private static func merge(
        _ first: Channel<StandingPage>,
        _ second: Channel<StandingPage>,
        _ body: ([MergedPortrait]) async throws -> Void
    ) async throws {
        var pages = (first.makeAsyncIterator(), second.makeAsyncIterator())
        var (firsts, seconds) = (StandingCursor(), StandingCursor())
        try firsts.turn(to: await pages.0.next())
        try seconds.turn(to: await pages.1.next())
        var group: [MergedPortrait] = []
        group.reserveCapacity(groupLength)
        while let id = least(firsts.id, seconds.id) {
            group.append(MergedPortrait(id: id, first: firsts.take(id), second: seconds.take(id)))
            if firsts.isAtEndOfPage { try firsts.turn(to: await pages.0.next()) }
            if seconds.isAtEndOfPage { try seconds.turn(to: await pages.1.next()) }
            if group.count == groupLength {
                try await body(group)
                group.removeAll(keepingCapacity: true)
            }
        }
        if !group.isEmpty { try await body(group) }
    }

    private static func least(_ left: PortraitID?, _ right: PortraitID?) -> PortraitID? {
        guard let left, let right else { return left ?? right }
        return right < left ? right : left
    }
}
