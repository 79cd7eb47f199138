// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import FacePipeline

/// A library as a keyed set of portraits, whatever holds it: a device, a folder, a spreadsheet, an archive, or the
/// trash of an earlier job.
///
/// Listing it is cheap and tells of every portrait a version stamp and what is shown of its attributes. Reading a
/// portrait whole is dear, so nobody does who can tell from the stamp what he would see. Libraries that can be
/// changed are filled by ``Filling`` and emptied by ``LeaverRemoval``.
protocol PortraitLibrary: Sendable {
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

    /// Tells of rows that are no portraits of the listing, group by group: what is wrong with each stands in its
    /// rejection; without one, an earlier row has its img_id.
    func tellProblems(besides listing: any Listing, _ tell: ([NewRow]) async throws -> Void) async throws

    /// What reports call one of its portraits.
    func place(of entry: ListingEntry) -> String
}

extension PortraitLibrary {
    /// A library whose every row is a portrait has none.
    func tellProblems(besides listing: any Listing, _ tell: ([NewRow]) async throws -> Void) async throws {}

    /// A device and the trash know their portraits by their ids.
    func place(of entry: ListingEntry) -> String { "\(title)/\(entry.imgID)" }
}
