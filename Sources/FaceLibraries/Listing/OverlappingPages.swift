// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel

/// Lists a library by pages of which each begins with the last portrait of the one before.
///
/// That proves, whatever others do meanwhile, that nobody stands between two pages: whoever was there all the while
/// and stands behind a portrait of the last page stands behind it on this one. It needs an order that stays, and no
/// word of the device's about its total.
struct OverlappingPages {
    let pages: ListedPages
    let listing: any Listing
    /// Whether it goes on when others change the library, and joins the pages as well as can be.
    let goesOn: Bool

    /// How far back it goes to find the last page again.
    private static let stepBack = Readback.pageLength / 2 - 1

    /// Where the reading has come to.
    private struct Place {
        var page: PortraitPage
        /// The place of the page's last portrait.
        var end: Int
        /// How many portraits at the page's head the page before has.
        var known = 0
        /// The least that the device counted on any page.
        var fewest: Int
        /// How many may have been added in front of what was read, where nobody sees them.
        var added = 0
        var isChanged = false

        /// Whether the device has no more, by its own count too.
        var isAtTheEnd: Bool {
            page.portraits.isEmpty || page.portraits.count < Readback.pageLength && end >= page.total
        }
    }

    /// Reads the pages to the end.
    ///
    /// - Parameter first: The first page.
    /// - Returns: Whether all are listed.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    func read(from first: PortraitPage) async throws -> ListingVerdict {
        var place = Place(page: first, end: first.portraits.count, fewest: first.total)
        while true {
            let (end, isLast) = (place.end, place.isAtTheEnd)
            // While one page is spilled the device is already asked for the next.
            async let following = isLast ? nil : pages.page(from: end)
            try await listing.add(place.page.portraits.dropFirst(place.known).map(ListingEntry.init))
            if try await listing.repeatedCount() > 0 {
                return goesOn ? .disordered : .unproved("the device listed portraits twice")
            }
            guard let followed = try await following else { break }
            guard let next = try await join(followed, to: place) else {
                return goesOn ? .disordered : .changed(from: place.page.total, to: followed.total)
            }
            if next.isChanged && !goesOn { return .changed(from: place.page.total, to: followed.total) }
            let bringsNobody = next.known == next.page.portraits.count
            if bringsNobody && next.known > 1 && next.end < next.page.total {
                return .unproved("the device listed portraits twice and does not turn the pages")
            }
            place = next
            if bringsNobody { break }
        }
        return try await verdict(place, since: first)
    }

    /// The page that follows, or one that begins earlier where it does not join; `nil` where none does.
    private func join(_ page: PortraitPage, to place: Place) async throws -> Place? {
        var next = place
        let isMoved = page.portraits.first?.id != place.page.portraits.last?.id
        next.isChanged = place.isChanged || isMoved || page.total != place.page.total
        next.page = page
        var start = place.end
        var joint = joint(of: page, with: place.page)
        if joint == nil && goesOn {
            start = max(1, place.end - Self.stepBack)
            next.page = try await pages.page(from: start)
            joint = self.joint(of: next.page, with: place.page)
        }
        guard let joint else { return nil }
        next.known = joint
        next.added += isMoved ? joint - 1 : 0
        next.end = start + next.page.portraits.count - 1
        next.fewest = min(place.fewest, page.total, next.page.total)
        return next
    }

    /// How many portraits at the head of a page were on the last one, in the same order; `nil` where they do not join.
    private func joint(of page: PortraitPage, with last: PortraitPage) -> Int? {
        let places = Dictionary(last.portraits.enumerated().map { ($1.id, $0) }) { first, _ in first }
        var found: [Int] = []
        for portrait in page.portraits {
            guard let place = places[portrait.id], place > found.last ?? -1 else { break }
            found.append(place)
        }
        guard let head = found.first else { return nil }
        // Some may have gone since; where most have, it is chance that one is found.
        let expected = last.portraits.count - head
        return (expected - found.count) * 4 <= expected ? found.count : nil
    }

    private func verdict(_ place: Place, since first: PortraitPage) async throws -> ListingVerdict {
        let count = try await listing.count()
        guard place.isChanged else {
            return count == place.page.total ? .whole(caution: nil) : .miscounted(place.page.total, listed: count)
        }
        let change = "the library changed while it was listed"
        if try await count + added(place, since: first) < place.fewest {
            return .unproved("\(change) (the device counts \(place.page.total) portraits but listed \(count))")
        }
        return .whole(caution: change)
    }

    /// How many can have been added in front of what was read: pages may have moved for another reason, which the first
    /// page tells when it is read once more.
    private func added(_ place: Place, since first: PortraitPage) async throws -> Int {
        guard place.added > 0 else { return 0 }
        let known = Set(first.portraits.map(\.id))
        let again = try await pages.page(from: 1)
        guard let seen = again.portraits.firstIndex(where: { known.contains($0.id) }) else { return place.added }
        return min(place.added, seen)
    }
}
