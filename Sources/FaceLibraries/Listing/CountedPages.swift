// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel

/// Lists a library that comes in another order on each page: again and again, until as many portraits were seen as the
/// device counts, and then once more from the start.
///
/// One count is no proof: who was removed meanwhile may make up for who was not seen. Two that saw the same are: the
/// second saw nobody who was gone by then, so the first saw only who was still there, as many as there are.
struct CountedPages {
    let pages: ListedPages

    /// How often the pages of a library are read at most for one count: each round misses a third of those who were
    /// not seen before, so all of a million are seen within some fourteen.
    private static let rounds = 24
    /// After how many rounds that brought nobody new a count is given up: where one is left, a third of them do not.
    private static let patience = 8

    /// How often counting is begun where the total changes under way.
    private static let attempts = 3

    /// Why a count is no proof.
    private struct Doubt {
        let text: String
        /// Whether another attempt may do better.
        var mayPass = false
    }

    /// Reads the library.
    ///
    /// - Parameter ledger: Where listings are spilled.
    /// - Returns: The listing, and why it may not be whole.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    func read(into ledger: any Ledger) async throws -> (listing: any Listing, doubt: String?) {
        for attempt in 1...Self.attempts {
            let listing = try await ledger.beginListing()
            let second = try await ledger.beginListing()
            let doubt = try await countTwice(into: listing, second)
            await second.close()
            guard let doubt, doubt.mayPass, attempt < Self.attempts else { return (listing, doubt?.text) }
            await listing.close()
        }
        preconditionFailure("the last attempt returns")
    }

    private func countTwice(into listing: any Listing, _ second: any Listing) async throws -> Doubt? {
        if let doubt = try await count(into: listing) { return doubt }
        if let doubt = try await count(into: second) { return doubt }
        if try await isSame(listing, second) { return nil }
        return Doubt(text: "the library changed while it was listed, in an order that is another one on each page")
    }

    /// Reads the pages until all that are counted were seen; else says why not.
    private func count(into listing: any Listing) async throws -> Doubt? {
        var (total, seen, fruitless) = (Int?.none, 0, 0)
        for _ in 1...Self.rounds {
            var start = 1
            repeat {
                let page = try await pages.page(from: start)
                let expected = total ?? page.total
                guard page.total == expected else {
                    let text = "the library changed while it was listed (\(expected) portraits, then \(page.total))"
                    return Doubt(text: text, mayPass: true)
                }
                total = expected
                try await listing.add(page.portraits.map(ListingEntry.init))
                start += page.portraits.count
                if page.portraits.isEmpty { break }
            } while start <= total ?? 0
            let now = try await listing.count()
            if now == total { return nil }
            fruitless = now == seen ? fruitless + 1 : 0
            seen = now
            if fruitless == Self.patience { break }
        }
        return Doubt(
            text: "the device listed portraits twice, in an order that is another one on each page: it counts "
                + "\(total ?? 0) portraits, of which \(seen) were seen"
        )
    }

    private func isSame(_ first: any Listing, _ second: any Listing) async throws -> Bool {
        guard try await first.count() == second.count() else { return false }
        var last: PortraitID?
        while case let group = try await second.entries(after: last, limit: 500), let end = group.last {
            last = end.imgID
            guard try await first.entries(of: group.map(\.imgID)).count == group.count else { return false }
        }
        return true
    }
}
