// SPDX-License-Identifier: Apache-2.0
package import FaceLedger
package import FaceModel
package import FacePipeline

/// A library that is still to be made: a set of no portraits.
package struct NoPortraits: PortraitLibrary {
    package let title: String

    package init(title: String) {
        self.title = title
    }

    package var key: LibraryKey { LibraryKey(device: "none:\(title)", library: 0) }

    package func list(into ledger: any Ledger) async throws -> LibraryListing.Outcome {
        LibraryListing.Outcome(listing: try await ledger.beginListing(), doubt: nil)
    }

    package func read(_ wanted: any Listing, to output: Channel<FetchedRow>) async throws { output.finish() }

    package func clearAttributes(of entry: ListingEntry) async throws -> PersonAttributes? { nil }
}
