// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Nothing is deleted where anybody could doubt who left, and the reason is named.
@Suite(.serialized, .timeLimit(.minutes(40))) struct MirrorGuardTests {
    /// What is wrong, and a word of the reason.
    static let hubs = [
        (["total_lies=5"], "listed"), (["total_lies=-3"], "listed"), (["page_shift"], "counts"),
        (["page_shift=-1"], "listed"), (["mutate_during_paging"], "changed while it was listed"),
        (["drop_session_after=2"], "session"), (["mask_ids"], "img_ids only as masks"),
        (["mask_name"], "names only as masks"), (["retention=30"], "30 days"),
    ]

    @Test(arguments: hubs) func aHubThatCannotBeTrustedDeletesNothing(quirks: [String], word: String) async throws {
        let stock = try await MirrorStock.mirrored()
        try await MirrorPlace.with([["hq"], ["b1"]], stock: stock) { place in
            try await place.delete([stock.hub[0].id, stock.hub[1].id], at: "hq")
            try await place.store([stock.newcomer("new-1")], at: "hq")
            try await place.restart("hq", quirks: ["hq": quirks])
            try await expectStop("mirror hq:Staff b1: --remove --max-delete 100%", word, place)
        }
    }

    /// A retention period of a branch, and a branch that changes by itself, are no reason to stop.
    static let branches = hubs.filter { !["retention=30", "mutate_during_paging"].contains($0.0[0]) }

    @Test(arguments: branches) func aBranchThatCannotBeTrustedLosesNothing(quirks: [String], word: String)
        async throws
    {
        let stock = try await MirrorStock.mirrored()
        try await MirrorPlace.with([["hq"], ["b1"]], stock: stock) { place in
            try await place.delete([stock.hub[0].id, stock.hub[1].id], at: "hq")
            try await place.store([stock.newcomer("new-1")], at: "hq")
            try await place.restart("b1", quirks: ["b1": quirks])
            try await expectStop("mirror hq:Staff b1: --remove --max-delete 100%", word, place)
        }
    }

    @Test func anEmptyOrHalvedSourceAndTooManyLeaversDeleteNothing() async throws {
        let stock = try await MirrorStock.mirrored()
        try await MirrorPlace.with([["hq"], ["b1"]], stock: stock) { place in
            // The ledger must know what the source had the last time under this very command.
            _ = try await place.report("mirror hq:Staff b1:Staff --remove")
            try await place.delete(stock.hub.prefix(15).map(\.id), at: "hq")
            try await expectStop("mirror hq:Staff b1:Staff --remove --max-delete 14", "at most 14", place)
            try await place.delete(stock.hub.dropFirst(15).dropLast(60).map(\.id), at: "hq")
            try await expectStop("mirror hq:Staff b1:Staff --remove --max-delete 100%", "shrank", place)
            try await place.delete(stock.hub.suffix(60).map(\.id), at: "hq")
            try await expectStop("mirror hq:Staff b1:Staff --remove --max-delete 100%", "empty", place)
        }
    }

    @Test func moreThanOneInTenAreNotDeletedWithoutBeingAskedTo() async throws {
        let stock = try await MirrorStock.mirrored()
        try await MirrorPlace.with([["hq", "b1"]], stock: stock) { place in
            try await place.delete(stock.hub.prefix(stock.hub.count / 10 + 1).map(\.id), at: "hq")
            try await expectStop("mirror hq:Staff b1:Staff --remove", "--max-delete", place)
        }
    }

    @Test(arguments: ["", " --plan plan.json"]) func aNumberIsTheMostForAllLibrariesTogether(plan: String) async throws
    {
        let stock = try await MirrorStock.mirrored()
        try await MirrorPlace.with([["hq", "b1"]], stock: stock) { place in
            let before = try await place.state("b1").deletedTotal
            try await place.delete(stock.hub.prefix(3).map(\.id), at: "hq")
            try await place.delete(["G-0", "G-1", "G-2"], at: "hq", library: 2)
            let ended = try await place.facelib("mirror hq: b1: --remove --max-delete 5" + plan)
            #expect(ended.status == 4, "\(ended.output)\(ended.errors)")
            #expect(ended.errors.contains("at most 2 are allowed"), "\(ended.errors)")
            #expect(try await place.state("b1").deletedTotal - before == (plan.isEmpty ? 3 : 0))
            let enough = try await place.facelib("mirror hq: b1: --remove --max-delete 6" + plan)
            #expect(enough.status == 0, "\(enough.errors)")
        }
    }

    static let doubts = ["total_lies=5", "total_lies=-3", "page_shift"]
    /// Lists whose pages do not follow one another, and which are proved to be whole all the same.
    static let moved = ["page_shift=-1", "mutate_during_paging"]

    @Test(arguments: moved) func aListWhosePagesMoveIsReadWhole(quirk: String) async throws {
        let stock = try await MirrorStock.mirrored()
        try await MirrorPlace.with([["hq", "b1"]], quirks: ["hq": [quirk]], stock: stock) { place in
            let before = try await place.portraits("b1")
            let report = try await place.report("mirror hq:Staff b1:Staff")
            #expect(report.rows.count { $0.outcome == "unchanged" } == stock.hub.count)
            let after = try await place.portraits("b1")
            #expect(before.allSatisfy { after[$0.key]?.version == $0.value.version })
        }
    }

    @Test(arguments: doubts) func withoutRemoveAListThatCannotBeTrustedIsSaidToBeOne(quirk: String) async throws {
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

    /// A device that lists portraits of one second in another order each time is one that can never be listed for certain.
    static let unsteady = doubts + moved + ["unstable_ties", "page_number", "mask_ids"]

    @Test(arguments: unsteady) func withoutRemoveABranchIsAskedForWhomItsListDoesNotShow(quirk: String) async throws {
        let stock = try await MirrorStock.mirrored()
        try await MirrorPlace.with([["hq"], ["b1"]], stock: stock) { place in
            try await place.store([stock.newcomer("new-1")], at: "hq")
            try await place.restart("b1", quirks: ["b1": [quirk]])
            let before = try await place.portraits("b1")
            let report = try await place.report("mirror hq:Staff b1:Staff")
            #expect(report.outcomes == ["stored": 1, "unchanged": stock.hub.count])
            let after = try await place.portraits("b1").filter { $0.key != "drift-1" }
            #expect(Set(after.keys).subtracting(before.keys) == ["new-1"])
            #expect(after.allSatisfy { $0.key == "new-1" || before[$0.key]?.version == $0.value.version })
            // Nobody is said to be missing who is not; that somebody may be is said.
            let compared = try await place.facelib("compare hq:Staff b1:Staff --json")
            let statuses: Set<Int32> =
                switch quirk {
                case "mask_ids": [7]
                // Proved to be whole; but for the one who comes and goes, both are the same.
                case "page_shift=-1", "unstable_ties": [0]
                case "mutate_during_paging": [0, 7]
                default: [1]
                }
            #expect(statuses.contains(compared.status), "\(compared.status): \(compared.errors)")
            #expect(!compared.output.contains("\"outcome\":\"+\""))
        }
    }

    @Test(arguments: ["mask_ids", "mask_name"]) func whatIsMaskedIsNeverWritten(quirk: String) async throws {
        let stock = try await MirrorStock.mirrored()
        try await MirrorPlace.with([["hq", "b1"]], quirks: ["hq": [quirk]], stock: stock) { place in
            let before = try await place.portraits("b1")
            let ended = try await place.facelib("mirror hq:Staff b1:Staff --full")
            // Ids that nobody can read are nobody's.
            #expect(ended.status == (quirk == "mask_ids" ? 1 : 0), "\(ended.output)\(ended.errors)")
            let after = try await place.portraits("b1")
            #expect(after.mapValues(\.version) == before.mapValues(\.version), "\(ended.output)\(ended.errors)")
        }
    }

    @Test func portraitsThatExpireWhileTheyAreListedAreNotTakenForRemoved() async throws {
        let stock = try await MirrorStock.mirrored()
        try await MirrorPlace.with([["hq"], ["b1"]], stock: stock) { place in
            try await place.restart("hq", quirks: ["hq": ["retention=30", "retention_on", "clock_jumps=2"]])
            try await expectStop("mirror hq:Staff b1: --remove --max-delete 100%", "nothing is deleted", place)
        }
    }

    @Test func portraitsThatExpireBeforeTheyAreReadHaveRowsThatSaySo() async throws {
        let stock = try await MirrorStock.mirrored()
        try await MirrorPlace.with([["hq"], ["b1"]], stock: stock) { place in
            try await place.delete(stock.hub.prefix(5).map(\.id), at: "b1")
            // Each page begins with the last portrait of the one before.
            let pages = (stock.hub.count - 1) / 49 + 1
            try await place.restart("hq", quirks: ["hq": ["retention=30", "retention_on", "clock_jumps=\(pages)"]])
            let report = try await place.report("mirror hq:Staff b1:", status: 3)
            #expect(report.outcomes == ["unchanged": stock.hub.count - 5, "rejected": 5])
            #expect(Set(report.rows.filter { $0.outcome == "rejected" }.map(\.reason)) == ["portrait.missing"])
        }
    }

    /// The command is stopped by a guard that names its reason, and the branch is as it was.
    private func expectStop(_ command: String, _ word: String, _ place: MirrorPlace) async throws {
        let before = try await place.state("b1")
        let ended = try await place.facelib(command)
        #expect(ended.status == 4, "\(ended.output)\(ended.errors)")
        #expect(ended.errors.contains(word), "\(ended.errors)")
        #expect(ended.errors.contains("nothing is deleted") || ended.errors.contains("nothing was changed"))
        let after = try await place.state("b1")
        #expect(after.deletedTotal == before.deletedTotal)
        #expect(after.storedTotal == before.storedTotal)
    }
}
