// SPDX-License-Identifier: Apache-2.0
import FaceDevice
package import FaceLedger
import FaceModel

/// Lists a whole library into a spill file and says whether the listing can be trusted.
///
/// A device has no snapshot to list from: who is removed while pages are turned moves all who stand behind him, and one of
/// them from a page that comes to a page that was read. So a listing is whole only if that is proved, in one of three ways:
/// the pages overlap (``OverlappingPages``), nothing was added or removed meanwhile (``SeparatePages``), or, where the
/// order is another one on each page, it was counted out twice (``CountedPages``).
package enum LibraryListing {
    /// A library that was read to its end.
    package struct Outcome: Sendable {
        /// The listing itself.
        package let listing: any Listing
        /// Why it may not be complete; `nil` when it was proved that everybody is in it who was there all the while.
        package let doubt: String?
        /// Why it must not be the ground for a delete, however complete it looks; `nil` when img_ids and names are in
        /// clear, the session lasted from its first page to its last, and nobody changed the library meanwhile.
        var caution: String?
        /// What to tell people where others changed the library while it was listed and it was proved to be whole all the
        /// same; `nil` where nobody did.
        package var change: String?
        /// Whether attributes of any portrait are masked in it.
        package var isMasked = false

        package init(
            listing: any Listing,
            doubt: String?,
            caution: String? = nil,
            change: String? = nil,
            isMasked: Bool = false
        ) {
            self.listing = listing
            self.doubt = doubt
            self.caution = caution
            self.change = change
            self.isMasked = isMasked
        }

        /// Why it must not be the ground for a delete; `nil` when it may.
        package var deleteDoubt: String? { caution ?? doubt }
    }

    /// How often a listing is begun; the last time it goes on when others change the library.
    private static let attempts = 3
    /// The largest library that is read by overlapping pages at once: so many portraits cost four calls more that way.
    static let overlapLimit = 10_000

    /// Reads all pages of a library (1035), again where others change it meanwhile, three times in all.
    ///
    /// - Parameters:
    ///   - library: The library's id.
    ///   - device: The device that holds it.
    ///   - ledger: Where listings are spilled.
    ///   - overlapLimit: From how many portraits on pages are read side by side first.
    /// - Returns: The listing, with a doubt where it could not be proved to be whole.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    static func read(
        _ library: Int,
        of device: any Device,
        into ledger: any Ledger,
        overlapLimit: Int = overlapLimit
    ) async throws -> Outcome {
        for attempt in 1...attempts {
            let isLast = attempt == attempts
            let pages = ListedPages(library: library, device: device)
            let session = await device.sessionNumber()
            let first = try await pages.page(from: 1)
            let listing = try await ledger.beginListing()
            let verdict =
                if attempt == 1, first.total > max(overlapLimit, Readback.pageLength) {
                    try await SeparatePages(pages: pages, listing: listing).read(from: first)
                } else {
                    try await OverlappingPages(pages: pages, listing: listing, goesOn: isLast).read(from: first)
                }
            switch verdict {
            case .whole(let caution):
                return try await outcome(listing, pages, since: session, doubt: nil, caution)
            case .unproved(let doubt) where isLast || pages.showsMaskedIDs:
                return try await outcome(listing, pages, since: session, doubt: doubt)
            case .unproved: await listing.close()
            case .disordered:
                await listing.close()
                let (counted, doubt) = try await CountedPages(pages: pages).read(into: ledger)
                return try await outcome(counted, pages, since: session, doubt: doubt)
            }
        }
        preconditionFailure("the last attempt returns")
    }

    /// How many calls it takes to list so many portraits when nobody changes them.
    static func calls(for count: Int) -> Int {
        guard count > Readback.pageLength - 1 else { return 1 }
        if count > overlapLimit { return (count + Readback.pageLength - 1) / Readback.pageLength + 2 }
        return (count - 1) / (Readback.pageLength - 1) + 1
    }

    private static func outcome(
        _ listing: any Listing,
        _ pages: ListedPages,
        since session: Int,
        doubt: String?,
        _ change: String? = nil
    ) async throws -> Outcome {
        var caution = pages.caution ?? change
        // A session that began anew within a listing may have begun on a device that was started anew.
        if caution == nil, await pages.device.sessionNumber() != max(session, 1) {
            caution = "the session with \(pages.device.name) ended while the library was listed"
        }
        let told = change.map { "\($0): everybody is in it who was there all the while" }
        return Outcome(listing: listing, doubt: doubt, caution: caution, change: told, isMasked: pages.isMasked)
    }
}
