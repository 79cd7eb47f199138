// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel

/// A portrait of two libraries: as it stands in each, `nil` where it is not there.
struct MergedPortrait: Sendable {
    let id: PortraitID
    let first: Standing?
    let second: Standing?
    /// What was found, where both have it and it has been judged.
    var finding: PairJudge.Finding?
}

/// Goes through two sorted listings in lock-step: every id of either comes once, in order.
///
/// Two pages are in memory, however large the libraries are. Portraits are matched by their img_ids, exactly, and
/// never by names.
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
    /// - Parameter body: Takes a group of them, in order.
    /// - Throws: `LedgerError`, `CancellationError`, and what `body` throws.
    func run(_ body: ([MergedPortrait]) async throws -> Void) async throws {
        var firsts = StandingCursor(first.listing, of: first.key, ledger: ledger)
        var seconds = StandingCursor(second.listing, of: second.key, ledger: ledger)
        var (left, right) = (try await firsts.next(), try await seconds.next())
        var group: [MergedPortrait] = []
        group.reserveCapacity(Self.groupLength)
        while let id = Self.least(left?.id, right?.id) {
            let isInFirst = left?.id == id
            let isInSecond = right?.id == id
            group.append(MergedPortrait(id: id, first: isInFirst ? left : nil, second: isInSecond ? right : nil))
            if isInFirst { left = try await firsts.next() }
            if isInSecond { right = try await seconds.next() }
            if group.count == Self.groupLength {
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
