// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import Testing

@testable import FaceLibraries
@testable import FaceTransfer

/// Whatever others do to a library while it is listed: what calls itself whole has everybody who was there throughout.
@Suite(.timeLimit(.minutes(20))) struct ListingProofTests {
    /// A library and what happens to it.
    struct Scene: CustomTestStringConvertible, Sendable {
        let act: Neighbour.Act
        let place: Neighbour.Place
        let isDescending: Bool
        let isShuffled: Bool
        /// Whether pages are read side by side first, as those of a large library.
        let isLarge: Bool

        var testDescription: String {
            "\(act) \(place)\(isDescending ? ", newest first" : "")\(isShuffled ? ", shuffled" : "")"
                + (isLarge ? ", large" : "")
        }

        static let all: [Scene] = Neighbour.Act.allCases.flatMap { act in
            Neighbour.Place.allCases.flatMap { place in
                [
                    (false, false, false), (true, false, false), (false, false, true), (true, false, true),
                    (false, true, false),
                ]
                .map { Scene(act: act, place: place, isDescending: $0.0, isShuffled: $0.1, isLarge: $0.2) }
            }
        }
    }

    private static let count = 230

    /// Lists one library under one schedule; how it ended, and who is missing of those who were there throughout.
    private func list(
        _ scene: Scene,
        seed: UInt64,
        probability: Double,
        times: Int
    ) async throws -> (outcome: LibraryListing.Outcome, missing: Int) {
        let bench = try await TransferBench()
        for number in 0..<Self.count { await bench.device.place(.e(number), PersonAttributes(), [1]) }
        let destination = try await bench.destination()
        await bench.device.set {
            $0.isDescending = scene.isDescending
            $0.listing = scene.isShuffled ? .shuffled : .steady
        }
        await bench.device.settle(
            Neighbour(
                act: scene.act,
                place: scene.place,
                probability: probability,
                rest: times,
                numbers: SeededNumbers(seed)
            )
        )
        let outcome = try await LibraryListing.read(
            destination.id,
            of: bench.device,
            into: bench.ledger,
            overlapLimit: scene.isLarge ? 0 : LibraryListing.overlapLimit
        )
        let removed = await bench.device.neighbour?.removed ?? []
        let stayed = (0..<Self.count).map(PortraitID.e).filter { !removed.contains($0) }
        let listed = try await outcome.listing.entries(of: stayed)
        return (outcome, stayed.count - listed.count)
    }

    @Test(arguments: Scene.all) func nobodyIsMissingFromWhatCallsItselfWhole(_ scene: Scene) async throws {
        for seed in 1...12 as ClosedRange<UInt64> {
            // Now and then, at every page, and once only.
            for (probability, times) in [(0.3, Int.max), (1, .max), (0.4, 1)] {
                let (outcome, missing) = try await list(scene, seed: seed, probability: probability, times: times)
                #expect(outcome.doubt != nil || missing == 0, "\(missing) missing, seed \(seed), \(probability)")
                if times == 1 {
                    #expect(outcome.doubt == nil, "\(outcome.doubt ?? ""), seed \(seed)")
                }
            }
        }
    }

    @Test(arguments: Scene.all.filter { !$0.isShuffled && $0.place == .newEnd })
    func aLibraryThatOthersChangeAllTheTimeIsListedWholeAndIsNoGroundForDeletes(_ scene: Scene) async throws {
        for seed in 1...5 as ClosedRange<UInt64> {
            let (outcome, missing) = try await list(scene, seed: seed, probability: 1, times: .max)
            #expect(missing == 0)
            #expect(outcome.doubt == nil, "\(outcome.doubt ?? ""), seed \(seed)")
            // One who goes where the reading was and one who comes there leave total and joints as they were.
            if scene.act != .swap {
                #expect(outcome.deleteDoubt?.contains("changed while it was listed") == true)
            }
        }
    }

    @Test(arguments: [51, 120, 230]) func aRandomOrderIsCountedOutTwice(_ count: Int) async throws {
        let bench = try await TransferBench()
        for number in 0..<count { await bench.device.place(.e(number), PersonAttributes(), [1]) }
        let destination = try await bench.destination()
        await bench.device.set { $0.listing = .shuffled }
        let outcome = try await LibraryListing.read(destination.id, of: bench.device, into: bench.ledger)
        #expect(outcome.doubt == nil)
        #expect(try await outcome.listing.count() == count)
    }

    @Test(arguments: [(120, 5), (1000, 22), (4000, 82)])
    func pagesOfALargeLibraryAreReadSideBySide(_ count: Int, _ calls: Int) async throws {
        let bench = try await TransferBench()
        for number in 0..<count { await bench.device.place(.e(number), PersonAttributes(), [1]) }
        let destination = try await bench.destination()
        let outcome = try await LibraryListing.read(
            destination.id,
            of: bench.device,
            into: bench.ledger,
            overlapLimit: 0
        )
        #expect(outcome.deleteDoubt == nil)
        #expect(try await outcome.listing.count() == count)
        #expect(await bench.device.counts[.page] == calls)
    }

    @Test func aCountThatIsLowByWholePagesIsNotBelieved() async throws {
        let bench = try await TransferBench()
        for number in 0..<120 { await bench.device.place(.e(number), PersonAttributes(), [1]) }
        let destination = try await bench.destination()
        await bench.device.set { $0.totalIsLowBy = 20 }
        for limit in [0, 1000] {
            let outcome = try await LibraryListing.read(
                destination.id,
                of: bench.device,
                into: bench.ledger,
                overlapLimit: limit
            )
            #expect(outcome.doubt?.contains("counts 100 portraits") == true)
        }
    }
}
