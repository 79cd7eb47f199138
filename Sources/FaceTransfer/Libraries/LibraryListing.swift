// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel

/// Lists a whole library into a spill file and says whether the listing can be trusted.
enum LibraryListing {
    /// A library that was read to its end.
    struct Outcome: Sendable {
        /// The listing itself.
        let listing: any Listing
        /// Why it must not be the ground for a delete; `nil` when it was complete and stable.
        let doubt: String?
    }

    /// How often a listing that changed under way is begun again.
    private static let attempts = 3

    /// Reads all pages of a library (1035); a listing that was unstable is read again, three times in all.
    ///
    /// - Parameters:
    ///   - library: The library's id.
    ///   - device: The device that holds it.
    ///   - ledger: Where listings are spilled.
    /// - Returns: The listing, with a doubt when every attempt was unstable.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    static func read(_ library: Int, of device: any Device, into ledger: any Ledger) async throws -> Outcome {
        for attempt in 1...attempts {
            let listing = try await ledger.beginListing()
            let doubt = try await fill(listing, library, of: device)
            if doubt == nil || attempt == attempts { return Outcome(listing: listing, doubt: doubt) }
            await listing.close()
        }
        preconditionFailure("the last attempt returns")
    }

    private static func fill(_ listing: any Listing, _ library: Int, of device: any Device) async throws -> String? {
        var start = 1
        var expected: Int?
        var repeatedBefore = 0
        while true {
            let page = try await device.portraits(
                in: library,
                from: start,
                count: Readback.pageLength
            )
            if let expected, page.total != expected {
                return "the library changed while it was listed (\(expected) portraits, then \(page.total))"
            }
            expected = page.total
            try await listing.add(page.portraits.map(ListingEntry.init))
            start += page.portraits.count
            let repeated = try await listing.repeatedCount()
            // A page of nothing but repetitions: the device does not turn the pages, whatever total it claims.
            let isStuck = !page.portraits.isEmpty && repeated - repeatedBefore == page.portraits.count
            repeatedBefore = repeated
            if page.portraits.isEmpty || start > page.total || isStuck { break }
        }
        if repeatedBefore > 0 { return "the device listed portraits twice" }
        let count = try await listing.count()
        guard count == expected else {
            return "the device counts \(expected ?? 0) portraits but listed \(count)"
        }
        return nil
    }
}

extension ListingEntry {
    /// What a listing keeps of a portrait.
    init(_ portrait: ListedPortrait) {
        self.init(
            imgID: portrait.id,
            stamp: portrait.stamp,
            imagePath: portrait.imagePath,
            name: portrait.name,
            identity: portrait.identity,
            gender: portrait.gender,
            age: portrait.age,
            address: portrait.address
        )
    }
}
