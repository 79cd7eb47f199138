// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// What must stop a mirror before anything is deleted.
@Suite(.serialized, .timeLimit(.minutes(40))) struct MirrorGuardTests {
    /// Something that makes a delete unsafe, and the words that must be in the reason.
    struct Danger: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var hub: [String] = []
        var branch: [String] = []
        var flags = "--max-delete 100%"
        var says: String
        /// How many more portraits of the branch the hub does not have.
        var leavers = 2
        /// Which share of the hub is deleted before.
        var leaving = 0.0
    }

    static let dangers = [
        Danger(testDescription: "the hub counts more than it lists", hub: ["total_lies=5"], says: "counts"),
        Danger(testDescription: "the hub counts fewer than it has", hub: ["total_lies=-3"], says: "counts"),
        Danger(testDescription: "pages of the hub begin too early", hub: ["page_shift"], says: "twice"),
        Danger(testDescription: "pages of the hub begin too late", hub: ["page_shift=-1"], says: "counts"),
        Danger(testDescription: "the hub changes under way", hub: ["mutate_during_paging"], says: "changed while"),
        Danger(
            testDescription: "each session of the hub is short",
            hub: ["drop_session_after=2"],
            says: "session ended"
        ),
        Danger(testDescription: "the hub masks ids", hub: ["mask_ids"], says: "img_ids only as masks"),
        Danger(testDescription: "the hub masks names", hub: ["mask_name"], says: "names only as masks"),
        Danger(testDescription: "the hub gives portraits up", hub: ["retention=300"], says: "after 300 days"),
        Danger(testDescription: "the branch counts more than it lists", branch: ["total_lies=5"], says: "counts"),
        Danger(testDescription: "the branch counts fewer than it has", branch: ["total_lies=-3"], says: "counts"),
        Danger(testDescription: "pages of the branch begin too early", branch: ["page_shift"], says: "twice"),
        Danger(
            testDescription: "the branch changes under way",
            branch: ["mutate_during_paging"],
            says: "changed while"
        ),
        Danger(
            testDescription: "each session of the branch is short",
            branch: ["drop_session_after=2"],
            says: "session ended"
        ),
        Danger(testDescription: "the branch masks ids", branch: ["mask_ids"], says: "img_ids only as masks"),
        Danger(testDescription: "more leave than was allowed", flags: "--max-delete 1", says: "--max-delete"),
        Danger(testDescription: "more than one in ten leave", flags: "", says: "--max-delete", leavers: 24),
        Danger(testDescription: "the hub is empty", says: "empty", leaving: 1),
        Danger(testDescription: "half of the hub is gone", says: "shrank", leaving: 0.51),
    ]

    @Test(arguments: dangers) func nothingIsDeletedAndNothingChanged(danger: Danger) async throws {
        let stock = try await MirrorStock.mirrored()
        try await MirrorPlace.with([["hq"], ["b1"]], stock: stock) { place in
            try await place.store((0..<danger.leavers).map { stock.newcomer("leaver-\($0)") }, at: "b1")
            try await place.store([stock.newcomer("new-1")], at: "hq")
            let leaving = Int((Double(stock.hub.count) * danger.leaving).rounded(.up))
            try await place.delete(
                stock.hub.prefix(leaving).map(\.id) + (danger.leaving == 1 ? ["new-1"] : []),
                at: "hq"
            )
            try await place.restart("hq", quirks: ["hq": danger.hub])
            try await place.restart("b1", quirks: ["b1": danger.branch])
            let before = try await place.state("b1")
            let ended = try await place.facelib("mirror hq:Staff b1:Staff --remove \(danger.flags)")
            #expect(ended.status == 4, "\(ended.output)\(ended.errors)")
            #expect(ended.errors.contains(danger.says), "\(ended.errors)")
            let after = try await place.state("b1")
            #expect(after.deletedTotal == before.deletedTotal)
            let drift = danger.branch.contains("mutate_during_paging") ? ["drift-1"] : []
            #expect(after.versions(besides: drift) == before.versions(besides: drift))
            #expect(["1033", "1044", "1051", "1052"].allSatisfy { after.calls[$0] == nil }, "\(after.calls)")
        }
    }

    static let doubts = ["total_lies=5", "total_lies=-3", "page_shift", "page_shift=-1", "mutate_during_paging"]

    @Test(arguments: doubts) func withoutRemoveADoubtfulListIsSaidToBeOne(quirk: String) async throws {
        let stock = try await MirrorStock.mirrored()
        try await MirrorPlace.with([["hq", "b1"]], quirks: ["hq": [quirk]], stock: stock) { place in
            let before = try await place.portraits("b1")
            let ended = try await place.facelib("mirror hq:Staff b1:Staff")
            #expect(ended.status == 1, "\(ended.output)\(ended.errors)")
            #expect(ended.errors.contains("may have portraits that were not mirrored"), "\(ended.errors)")
            let after = try await place.portraits("b1")
            #expect(before.allSatisfy { after[$0.key]?.version == $0.value.version })
        }
    }

    @Test func maskedIDsAndNamesAreNeverWritten() async throws {
        let stock = try await MirrorStock.mirrored()
        for quirk in ["mask_ids", "mask_name"] {
            try await MirrorPlace.with([["hq", "b1"]], quirks: ["hq": [quirk]], stock: stock) { place in
                let before = try await place.portraits("b1")
                let ended = try await place.facelib("mirror hq:Staff b1:Staff --full")
                let after = try await place.portraits("b1")
                #expect(after.mapValues(\.version) == before.mapValues(\.version), "\(ended.output)\(ended.errors)")
                print("\(quirk): \(ended.status) \(ended.errors) \(ended.output.suffix(600))")
            }
        }
    }
}

extension DeviceState {
    /// All portraits as they are, but some.
    func versions(besides ids: [String] = []) -> [[String]] {
        libraries.flatMap { library in
            library.portraits.filter { !ids.contains($0.id) }.map { [library.name, $0.id] + $0.version }
        }
    }
}
