// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A hub and its branches are made equal, and kept equal at little cost.
@Suite(.serialized, .timeLimit(.minutes(40))) struct MirrorTests {
    @Test func aHubAndThreeBranchesWithDifferentContentAreEqualAfterOneCommand() async throws {
        let stock = try await MirrorStock.different()
        try await MirrorPlace.with([["hq", "b1", "b2", "b3"]], stock: stock) { place in
            let before = try await place.state("hq")
            let own = try await place.portraits("b1", "Own")
            #expect(try await place.differences("hq", "b1").isEmpty == false)
            let first = try await place.reports(MirrorStock.mirror)
            #expect(first.count == 6)
            #expect(
                first.map { $0.summary.total - $0.count("removed") } == [Int](repeating: stock.hub.count, count: 3) + [
                    12, 12, 12,
                ]
            )
            for branch in ["b1", "b2", "b3"] {
                #expect(try await place.differences("hq", branch) == [])
                #expect(try await place.differences("hq", branch, "Guests") == [])
                let compared = try await place.facelib("compare hq: \(branch): --quiet")
                // b1 has a library of its own, that the hub does not have and the mirror does not touch.
                #expect(compared.status == (branch == "b1" ? 7 : 0), "\(compared.output)\(compared.errors)")
                let both = try await place.facelib("compare hq:Staff \(branch):Staff --quiet")
                #expect(both.status == 0, "\(both.output)\(both.errors)")
            }
            #expect(try await place.portraits("b1", "Own").mapValues(\.version) == own.mapValues(\.version))
            #expect(try await place.state("b3").libraries.map(\.type) == before.libraries.map(\.type))
            // The hub is as it was.
            let after = try await place.state("hq")
            #expect(after.portraits(of: "Staff").map(\.version) == before.portraits(of: "Staff").map(\.version))
            #expect(after.storedTotal == before.storedTotal && after.deletedTotal == 0)
            try await expectNothingToDo(place, stock)
        }
    }

    /// Runs the same command again and counts.
    private func expectNothingToDo(_ place: MirrorPlace, _ stock: MirrorStock) async throws {
        let devices = ["hq", "b1", "b2", "b3"]
        var before: [String: [[String]]] = [:]
        for device in devices {
            before[device] = try await place.state(device).libraries.flatMap { $0.portraits.map(\.version) }
            try await place.control(device).resetCalls()
        }
        let second = try await place.reports(MirrorStock.mirror)
        #expect(
            second.map(\.outcomes)
                == [stock.hub.count, 12].flatMap { [Int](repeating: $0, count: 3) }.map { ["unchanged": $0] }
        )
        for device in devices {
            let state = try await place.state(device)
            #expect(state.libraries.flatMap { $0.portraits.map(\.version) } == before[device])
            #expect(state.storedTotal == 0 && state.deletedTotal == 0)
            let calls = state.calls.values.reduce(0, +)
            let pages = (stock.hub.count + 49) / 50 + 1
            print("unchanged \(stock.hub.count + 12): \(device) \(calls) calls, \(state.calls)")
            #expect(calls <= pages + 15, "\(device): \(state.calls)")
        }
    }
}
