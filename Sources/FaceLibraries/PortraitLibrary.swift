// SPDX-License-Identifier: Apache-2.0
package import FaceLedger
package import FaceModel
package import FacePipeline

/// A library as a keyed set of portraits, whatever holds it: a device, a folder, a spreadsheet, an archive, or the
/// trash of an earlier job.
///
/// Listing it is cheap and tells of every portrait a version stamp and what is shown of its attributes. Reading a
/// portrait whole is dear, so nobody does who can tell from the stamp what he would see. Libraries that can be
/// changed are filled by ``Filling`` and emptied by ``LeaverRemoval``.
package protocol PortraitLibrary: Sendable {
    /// The library as it was typed, for people.
    var title: String { get }
    /// The name under which the ledger keeps what is known of its portraits.
    var key: LibraryKey { get }

    /// Lists all portraits, each with its version stamp, into a file of the ledger's.
    ///
    /// - Parameter ledger: Where the listing is spilled.
    /// - Returns: The listing, with a doubt where it may not be complete.
    /// - Throws: `DeviceError`, ``SourceError`` or `LedgerError`, and `CancellationError`.
    func list(into ledger: any Ledger) async throws -> LibraryListing.Outcome

    /// Reads portraits whole, those of a listing that are not marked as seen, in no particular order.
    ///
    /// - Parameters:
    ///   - wanted: Some entries of the library's listing; they may be marked as seen on the way.
    ///   - output: Takes what came of each; finished at the end.
    /// - Throws: `DeviceError` or `LedgerError` when the library as a whole cannot be read, and `CancellationError`.
    func read(_ wanted: any Listing, to output: Channel<FetchedRow>) async throws

    /// The attributes of one portrait in clear, `nil` where they stay masked or the portrait is gone.
    func clearAttributes(of entry: ListingEntry) async throws -> PersonAttributes?

    /// What a listing shows of one portrait, asked for alone; `nil` where the library does not have it.
    func entry(of id: PortraitID) async throws -> ListingEntry?

    /// Tells of rows that are no portraits of the listing, group by group: what is wrong with each stands in its
    /// rejection; without one, an earlier row has its img_id.
    func tellProblems(besides listing: any Listing, _ tell: ([NewRow]) async throws -> Void) async throws

    /// What reports call one of its portraits.
    func place(of entry: ListingEntry) -> String

    /// Why there may be portraits that were not found when it was read last, `nil` for none.
    var gap: String? { get }
}

extension PortraitLibrary {
    /// A library whose listing can be trusted has nothing besides it.
    package func entry(of id: PortraitID) async throws -> ListingEntry? { nil }

    /// Asks for each portrait of another library that a listing does not show, where it cannot be trusted.
    ///
    /// - Parameters:
    ///   - outcome: The library's listing; it gets what was found.
    ///   - other: A listing of the other library.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    package func complete(_ outcome: LibraryListing.Outcome, by other: any Listing) async throws {
        guard outcome.doubt != nil else { return }
        var last: PortraitID?
        while case let page = try await other.entries(after: last, limit: 500).map(\.imgID), let end = page.last {
            last = end
            let listed = try await outcome.listing.entries(of: page)
            for id in page where listed[id] == nil && !Mask.covers(id.text) {
                if let entry = try await entry(of: id) { try await outcome.listing.add([entry]) }
            }
        }
    }

    /// A device says itself how many portraits it has.
    package var gap: String? { nil }

    /// A library whose every row is a portrait has none.
    package func tellProblems(besides listing: any Listing, _ tell: ([NewRow]) async throws -> Void) async throws {}

    /// A device and the trash know their portraits by their ids.
    package func place(of entry: ListingEntry) -> String { "\(title)/\(entry.imgID)" }
}
