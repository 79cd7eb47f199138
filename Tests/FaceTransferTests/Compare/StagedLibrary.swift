// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import FacePipeline
import Synchronization

@testable import FaceLibraries
@testable import FaceTransfer

/// A library that gives what a test puts on the stage, and counts what is read of it.
final class StagedLibrary: PortraitLibrary {
    /// What reading a portrait brings.
    struct Portrait: Sendable {
        var attributes: PersonAttributes? = PersonAttributes(name: "Ann", address: "Oslo")
        var image: [UInt8]?
        var remark: Rejection?
        var missing: Rejection?
    }

    private struct State {
        var portraits: [PortraitID: Portrait] = [:]
        var wholeReads: [PortraitID] = []
        var clearReads: [PortraitID] = []
    }

    private let state = Mutex(State())
    private let imagePath: String

    init(imagePath: String = "img") { self.imagePath = imagePath }

    let title = "staged"
    let key = LibraryKey(device: "STAGE", library: 1)

    /// The ids that were read whole, in order.
    var wholeReads: [PortraitID] { state.withLock { $0.wholeReads } }
    /// The ids whose attributes were read, in order.
    var clearReads: [PortraitID] { state.withLock { $0.clearReads } }

    func put(_ id: PortraitID, _ portrait: Portrait) { state.withLock { $0.portraits[id] = portrait } }
    func forgetReads() { state.withLock { ($0.wholeReads, $0.clearReads) = ([], []) } }

    /// A masked entry, as the library lists it.
    func entry(_ id: PortraitID) -> ListingEntry {
        ListingEntry(
            imgID: id,
            stamp: "1",
            imagePath: imagePath,
            name: "Ann",
            identity: "",
            gender: "",
            age: "",
            address: nil
        )
    }

    func list(into ledger: any Ledger) async throws -> LibraryListing.Outcome {
        let listing = try await ledger.beginListing()
        try await listing.add(state.withLock { Array($0.portraits.keys) }.sorted().map(entry))
        return LibraryListing.Outcome(listing: listing, doubt: nil)
    }

    func read(_ wanted: any Listing, to output: Channel<FetchedRow>) async throws {
        defer { output.finish() }
        for entry in try await wanted.unseen(after: nil, limit: 10_000) {
            let portrait = state.withLock { state in
                state.wholeReads.append(entry.imgID)
                return state.portraits[entry.imgID] ?? Portrait(missing: Rejection(.portraitMissing, "gone"))
            }
            let result: SingleFetch.Result =
                if let missing = portrait.missing {
                    .missing(.rejected, missing)
                } else {
                    .portrait(
                        PortraitInHand(
                            id: entry.imgID,
                            attributes: portrait.attributes ?? PersonAttributes(),
                            image: portrait.image,
                            remarks: portrait.remark.map { [$0] } ?? []
                        )
                    )
                }
            try await output.send(FetchedRow(key: entry.imgID.text, result: result))
        }
    }

    func clearAttributes(of entry: ListingEntry) async throws -> PersonAttributes? {
        state.withLock { state in
            state.clearReads.append(entry.imgID)
            return state.portraits[entry.imgID]?.attributes
        }
    }
}
