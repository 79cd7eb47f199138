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
        /// Why it may not be complete; `nil` when it was complete and stable.
        let doubt: String?
        /// Why it must not be the ground for a delete, however complete it looks; `nil` when img_ids and names are in
        /// clear and the session lasted from its first page to its last.
        var caution: String?
        /// Whether attributes of any portrait are masked in it.
        var isMasked = false

        /// Why it must not be the ground for a delete; `nil` when it may.
        var deleteDoubt: String? { caution ?? doubt }
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
            var reading = Reading(listing: listing, library: library, device: device)
            let doubt = try await reading.run()
            if doubt == nil || attempt == attempts {
                return Outcome(listing: listing, doubt: doubt, caution: reading.caution, isMasked: reading.isMasked)
            }
            await listing.close()
        }
        preconditionFailure("the last attempt returns")
    }

    /// One attempt at listing a library.
    private struct Reading {
        let listing: any Listing
        let library: Int
        let device: any Device
        /// Why the listing must not be the ground for a delete.
        private(set) var caution: String?
        /// Whether attributes of any portrait are masked.
        private(set) var isMasked = false

        /// Reads the pages to the end; what it returns is why there may be others.
        mutating func run() async throws -> String? {
            let session = await device.sessionNumber()
            let doubt = try await readPages()
            // A session that began anew within a listing may have begun on a device that was started anew.
            if caution == nil, await device.sessionNumber() != max(session, 1) {
                caution = "the session with \(device.name) ended while the library was listed"
            }
            return doubt
        }

        /// While one page is spilled the device is already asked for the next.
        private mutating func readPages() async throws -> String? {
            let (library, device) = (library, device)
            var page = try await device.portraits(in: library, from: 1, count: Readback.pageLength)
            let expected = page.total
            var start = 1
            var repeatedBefore = 0
            while true {
                start += page.portraits.count
                let (next, isLast) = (start, page.portraits.isEmpty || start > page.total)
                async let following =
                    isLast ? nil : device.portraits(in: library, from: next, count: Readback.pageLength)
                note(page.portraits)
                try await listing.add(page.portraits.map(ListingEntry.init))
                let repeated = try await listing.repeatedCount()
                // A page of nothing but repetitions: the device does not turn the pages, whatever total it claims.
                let isStuck = !page.portraits.isEmpty && repeated - repeatedBefore == page.portraits.count
                repeatedBefore = repeated
                guard !isStuck, let followed = try await following else { break }
                guard followed.total == expected else {
                    return "the library changed while it was listed (\(expected) portraits, then \(followed.total))"
                }
                page = followed
            }
            if repeatedBefore > 0 { return "the device listed portraits twice" }
            let count = try await listing.count()
            guard count == expected else { return "the device counts \(expected) portraits but listed \(count)" }
            return nil
        }

        private mutating func note(_ portraits: [ListedPortrait]) {
            isMasked = isMasked || portraits.contains(where: \.isMasked)
            guard caution == nil else { return }
            if portraits.contains(where: { Mask.covers($0.id.text) }) {
                caution = "\(device.name) shows img_ids only as masks"
            } else if portraits.contains(where: { $0.name == nil }) {
                caution = "\(device.name) shows names only as masks"
            }
        }
    }
}

extension ListingEntry {
    /// An entry of which only the id counts.
    init(only id: PortraitID) {
        self.init(
            imgID: id,
            stamp: "",
            imagePath: "",
            name: nil,
            identity: nil,
            gender: nil,
            age: nil,
            address: nil
        )
    }

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
