// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import FacePipeline

/// A library that is still to be made: a set of no portraits.
struct NoPortraits: PortraitLibrary {
    let title: String

    var key: LibraryKey { LibraryKey(device: "none:\(title)", library: 0) }

    func list(into ledger: any Ledger) async throws -> LibraryListing.Outcome {
        LibraryListing.Outcome(listing: try await ledger.beginListing(), doubt: nil)
    }

    func read(_ wanted: any Listing, to output: Channel<FetchedRow>) async throws { output.finish() }

    func clearAttributes(of entry: ListingEntry) async throws -> PersonAttributes? { nil }
}
