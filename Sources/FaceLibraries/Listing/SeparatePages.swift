// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel

/// Lists a large library by pages that do not overlap, and proves that nothing was added to it or removed meanwhile.
///
/// The interface sorts by time (L8), so whoever is added stands at the one end or the other. If both ends are the
/// same before and after and everything between is in order, nobody was added; if then the count is the same on every
/// page, nobody was removed.
struct SeparatePages {
    let pages: ListedPages
    let listing: any Listing

    private static let length = Readback.pageLength
    private static let change = "the library changed while it was listed"

    /// Reads the pages, and both ends once more.
    ///
    /// - Parameter first: The first page.
    /// - Returns: Whether all are listed.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    func read(from first: PortraitPage) async throws -> ListingVerdict {
        let total = first.total
        // One longer than the total says, so that more than it says would show.
        let end = try await pages.page(from: total - Self.length + 2)
        guard end.total == total else { return .changed(from: total, to: end.total) }
        guard end.portraits.count == Self.length - 1 else {
            return .miscounted(total, listed: total - Self.length + 1 + end.portraits.count)
        }
        guard var order = TimeOrder(from: first.portraits.first, to: end.portraits.last) else {
            return .unproved("the device does not list by time")
        }
        var (page, start) = (first, 1)
        var tail: [PortraitID] = []
        while true {
            start += page.portraits.count
            let (next, isLast) = (start, start > total || page.portraits.isEmpty)
            // While one page is spilled the device is already asked for the next.
            async let following = isLast ? nil : pages.page(from: next)
            try await listing.add(page.portraits.map(ListingEntry.init))
            tail = (tail + page.portraits.map(\.id)).suffix(Self.length - 1)
            guard order.continues(with: page.portraits) else { return .unproved("the device does not list by time") }
            guard let followed = try await following else { break }
            guard followed.total == total else { return .changed(from: total, to: followed.total) }
            page = followed
        }
        let again = try await pages.page(from: 1)
        guard again.total == total, again.portraits.map(\.id) == first.portraits.map(\.id),
            tail == end.portraits.map(\.id)
        else { return .unproved(Self.change) }
        let count = try await listing.count()
        return count == total ? .whole(caution: nil) : .miscounted(total, listed: count)
    }
}

/// The order of the times of a listing, from one end to the other.
private struct TimeOrder {
    private let isAscending: Bool
    private var last: String

    /// The order between two ends; `nil` where their times tell none.
    init?(from first: ListedPortrait?, to last: ListedPortrait?) {
        guard let first, let last, first.createTime != last.createTime,
            first.createTime.utf8.count == last.createTime.utf8.count
        else { return nil }
        isAscending = first.createTime < last.createTime
        self.last = first.createTime
    }

    /// Whether portraits stand in that order behind those before.
    mutating func continues(with portraits: [ListedPortrait]) -> Bool {
        for portrait in portraits {
            let time = portrait.createTime
            guard time.utf8.count == last.utf8.count, isAscending ? time >= last : time <= last else { return false }
            last = time
        }
        return true
    }
}
