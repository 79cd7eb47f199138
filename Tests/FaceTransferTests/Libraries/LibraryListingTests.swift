// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import Testing

@testable import FaceLibraries
@testable import FaceTransfer

@Suite(.timeLimit(.minutes(20))) struct LibraryListingTests {
    private func listing(_ count: Int, _ kind: Weather.Listing) async throws -> (LibraryListing.Outcome, Int) {
        let bench = try await TransferBench()
        for number in 0..<count { await bench.device.place(.e(number), PersonAttributes(), [1]) }
        let destination = try await bench.destination()
        await bench.device.set { $0.listing = kind }
        let outcome = try await LibraryListing.read(destination.id, of: destination.device, into: bench.ledger)
        return (outcome, await bench.device.counts[.page] ?? 0)
    }

    @Test(arguments: [
        // portraits, calls
        (0, 1), (1, 1), (49, 1), (50, 2), (51, 2), (99, 3), (100, 3), (500, 11), (2000, 41),
    ])
    func aSteadyListingIsReadOnceAndTrusted(_ count: Int, _ expected: Int) async throws {
        let (outcome, calls) = try await listing(count, .steady)
        #expect(outcome.deleteDoubt == nil)
        #expect(try await outcome.listing.count() == count)
        #expect(calls == expected)
        #expect(calls == LibraryListing.calls(for: count))
    }

    @Test(arguments: [
        (Weather.Listing.totalGrows, "changed"), (.repeats, "twice"), (.totalTooHigh, "counts"),
        (.totalTooLow, "counts"),
        (.startIgnored, "twice"),
    ])
    func anUnsteadyListingIsDoubted(_ kind: Weather.Listing, _ word: String) async throws {
        let (outcome, calls) = try await listing(120, kind)
        #expect(outcome.doubt?.contains(word) == true)
        #expect(calls <= 36)
    }

    @Test func aPortraitThatADoubtfulListingLacksIsAskedFor() async throws {
        let (outcome, _) = try await listing(120, .totalTooHigh)
        let existing = try await DestinationIndex.listed(outcome).existing([.e(1), .e(999)])
        guard case .listed = existing[.e(1)], case .unknown = existing[.e(999)] else {
            Issue.record("a doubtful listing was believed")
            return
        }
    }

    @Test(arguments: [
        // portraits, rows, listing needed, what it is, calls
        (0, 10, false, "empty", 1), (0, 10, true, "listed", 1), (1000, 5, false, "asked", 0),
        (1000, 21, false, "listed", 21), (1000, 5, true, "listed", 21), (30, 1, false, "listed", 1),
    ])
    func whateverTakesFewerCallsIsDone(
        _ count: Int,
        _ rows: Int,
        _ needed: Bool,
        _ kind: String,
        _ calls: Int
    ) async throws {
        let bench = try await TransferBench()
        for number in 0..<count { await bench.device.place(.e(number), PersonAttributes(), [1]) }
        let destination = try await bench.destination()
        let index = try await DestinationIndex.make(
            for: destination,
            rows: rows,
            needsListing: needed,
            ledger: bench.ledger
        )
        #expect(String(describing: index).hasPrefix(kind))
        #expect(await bench.device.counts[.page, default: 0] == calls)
    }

    @Test func aCountThatLagsBehindIsNotBelieved() async throws {
        let bench = try await TransferBench()
        await bench.device.place(.e(1), PersonAttributes(), [1])
        await bench.device.set { $0.laggingCount = 0 }
        let index = try await DestinationIndex.make(
            for: bench.destination(),
            rows: 3,
            needsListing: false,
            ledger: bench.ledger
        )
        guard case .listed? = try await index.existing([.e(1)])[.e(1)] else {
            Issue.record("the library passed for empty")
            return
        }
    }
}
