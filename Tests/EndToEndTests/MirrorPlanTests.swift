// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A mirror that is planned, carried out exactly, and undone.
@Suite(.serialized, .timeLimit(.minutes(40))) struct MirrorPlanTests {
    private static let plan = "mirror hq:Staff b1: b2: --remove --max-delete 100% --plan plan.json"

    @Test func aPlanIsCarriedOutExactlyAndOnlyOnce() async throws {
        let stock = try await MirrorStock.different()
        try await MirrorPlace.with([["hq", "b1", "b2"]], stock: stock) { place in
            let before = try await place.state("b1")
            #expect(try await place.facelib(Self.plan).status == 0)
            #expect(try await place.state("b1").storedTotal == before.storedTotal)
            #expect(try await place.state("b1").deletedTotal == before.deletedTotal)
            let applied = try await place.facelib("mirror --apply plan.json")
            #expect(applied.status == 0, "\(applied.errors)")
            for branch in ["b1", "b2"] { #expect(try await place.differences("hq", branch) == []) }
            #expect(try await place.facelib("mirror --apply plan.json").status == 4)
        }
    }

    @Test(arguments: ["hq", "b1"]) func aPlanIsRefusedWhenASideHasMoved(device: String) async throws {
        let stock = try await MirrorStock.different()
        try await MirrorPlace.with([["hq", "b1", "b2"]], stock: stock) { place in
            #expect(try await place.facelib(Self.plan).status == 0)
            try await place.store([stock.newcomer("late-1")], at: device)
            let before = try await place.state("b1")
            let ended = try await place.facelib("mirror --apply plan.json")
            #expect(ended.status == 4, "\(ended.output)\(ended.errors)")
            #expect(ended.errors.contains("has changed since the plan was made"), "\(ended.errors)")
            let after = try await place.state("b1")
            #expect(after.portraits(of: "Staff").map(\.version) == before.portraits(of: "Staff").map(\.version))
        }
    }

    @Test func whatAMirrorReplacedChangedAndRemovedIsPutBack() async throws {
        let stock = try await MirrorStock.different()
        try await MirrorPlace.with([["hq", "b1"]], stock: stock) { place in
            let before = try await place.portraits("b1")
            let report = try await place.report("mirror hq:Staff b1: --remove --max-delete 100%")
            #expect(report.count("removed") > 0 && report.count("updated") > 0)
            let undone = try await place.facelib("mirror undo \(report.summary.job)")
            #expect(undone.status == 0, "\(undone.output)\(undone.errors)")
            let after = try await place.portraits("b1")
            for (id, portrait) in before {
                #expect(after[id]?.values == portrait.values, "\(id)")
                #expect(after[id]?.sha256 == portrait.sha256, "\(id)")
            }
        }
    }

    @Test func anUndoIsRehearsedAndIsItselfUndone() async throws {
        let stock = try await MirrorStock.different()
        try await MirrorPlace.with([["hq", "b1"]], stock: stock) { place in
            let job = try await place.report("mirror hq:Staff b1: --remove --max-delete 100%").summary.job
            let mirrored = try await place.portraits("b1").mapValues(\.content)
            let rehearsed = try await place.report("mirror undo \(job) --dry-run")
            #expect(try await place.portraits("b1").mapValues(\.content) == mirrored)
            let undone = try await place.report("mirror undo \(job)")
            #expect(undone.count("stored") == 3 && undone.summary.total == rehearsed.count("ready"))
            _ = try await place.report("mirror undo \(undone.summary.job)")
            // What an undo stored again was added by it, and stays.
            let own = ["own-1", "own-2", "own-3"]
            let again = try await place.portraits("b1").mapValues(\.content)
            #expect(again.filter { !own.contains($0.key) } == mirrored)
            #expect(again.count == mirrored.count + own.count)
        }
    }

    @Test func theTrashTellsNothingToWhoReadsTheLedger() async throws {
        let stock = try await MirrorStock.different()
        try await MirrorPlace.with([["hq", "b1"]], stock: stock) { place in
            let image = try Data(contentsOf: URL(filePath: stock.newcomer("own-1").photo))
            _ = try await place.report("mirror hq:Staff b1: --remove --max-delete 100%")
            let state = place.folder.appending(path: "state")
            for name in try FileManager.default.contentsOfDirectory(atPath: state.path)
            where name.hasPrefix("ledger.sqlite") {
                let bytes = try Data(contentsOf: state.appending(path: name))
                #expect(bytes.range(of: image.dropFirst(200).prefix(64)) == nil, "\(name)")
            }
        }
    }
}
