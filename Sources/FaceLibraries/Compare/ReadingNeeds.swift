// SPDX-License-Identifier: Apache-2.0
package import FaceLedger
import FaceModel

/// Portraits of a library that must be read before they can be judged, spilled like a listing.
package struct ReadingNeeds: Sendable {
    /// Those to be read whole.
    package let whole: any Listing
    /// Those of which the attributes must be read in clear.
    package let attributes: any Listing

    /// Begins without any.
    package init(in ledger: any Ledger) async throws {
        whole = try await ledger.beginListing()
        attributes = try await ledger.beginListing()
    }

    /// Adds portraits; one that is there already does no harm.
    func add(_ portraits: [(entry: ListingEntry, reading: PairJudge.Reading)]) async throws {
        let wholes = portraits.filter { $0.reading == .whole }.map(\.entry)
        let others = portraits.filter { $0.reading == .attributes }.map(\.entry)
        if !wholes.isEmpty { try await whole.add(wholes) }
        if !others.isEmpty { try await attributes.add(others) }
    }

    /// Gives the files up.
    package func close() async {
        await whole.close()
        await attributes.close()
    }
}
