// SPDX-License-Identifier: Apache-2.0
import FaceDevice
package import FaceLedger
package import FaceModel

/// How a job knows what is on the destination already (design rule 9: whichever takes fewer calls).
package enum DestinationIndex: Sendable {
    /// There is no destination: `check`.
    case none
    /// The library was empty when the job began.
    case empty
    /// The library was listed; a portrait that is not in a doubtful listing is asked for.
    case listed(LibraryListing.Outcome)
    /// The source is small beside the library: each id is asked for (1032).
    case asked

    /// What is known of one portrait before it is compared.
    package enum Existing: Sendable {
        /// It is not there.
        case absent
        /// The listing has it.
        case listed(ListingEntry)
        /// It must be asked for.
        case unknown
    }

    /// Chooses the cheaper way for a source of `rows` rows and carries it out.
    ///
    /// - Parameters:
    ///   - destination: The library.
    ///   - rows: How many rows the source has.
    ///   - needsListing: Whether a listing is needed whatever it costs (removal of leavers).
    ///   - ledger: Where listings are spilled.
    /// - Returns: The index.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    package static func make(
        for destination: Destination,
        rows: Int,
        needsListing: Bool,
        ledger: any Ledger
    ) async throws -> DestinationIndex {
        let count = destination.library.portraitCount
        if !needsListing {
            // The counter of the library listing may lag (L9): one page tells for certain.
            if count == 0 {
                let page = try await destination.device.portraits(in: destination.id, from: 1, count: 1)
                if page.total == 0 && page.portraits.isEmpty { return .empty }
            }
            if rows < LibraryListing.calls(for: count) { return .asked }
        }
        return .listed(try await LibraryListing.read(destination.id, of: destination.device, into: ledger))
    }

    /// What is known of these portraits.
    ///
    /// - Parameter ids: Ids of rows of the source.
    /// - Returns: An answer for every id.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    package func existing(_ ids: [PortraitID]) async throws -> [PortraitID: Existing] {
        switch self {
        case .none, .empty: return Dictionary(ids.map { ($0, .absent) }) { first, _ in first }
        case .asked: return Dictionary(ids.map { ($0, .unknown) }) { first, _ in first }
        case .listed(let outcome):
            let entries = try await outcome.listing.entries(of: ids)
            let unlisted: Existing = outcome.doubt == nil ? .absent : .unknown
            return Dictionary(ids.map { ($0, entries[$0].map(Existing.listed) ?? unlisted) }) { first, _ in first }
        }
    }

    /// Gives up what the index holds on disk.
    package func close() async {
        if case .listed(let outcome) = self { await outcome.listing.close() }
    }
}
