// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Branches that die, and mirrors that are killed, in the middle of the work.
@Suite(.serialized, .timeLimit(.minutes(40))) struct MirrorKillTests {
    /// Small enough that each of the mirror's writing calls can be the last.
    private static let count = 40
    private static let mirror = "mirror hq:Staff b1:Staff --remove --max-delete 100%"

    /// After how many of its writing calls a branch dies; those of a line are tried side by side.
    ///
    /// They are batched and single stores, the two calls of each replacement, attributes, and the delete of the leavers.
    /// A run waits for what a device may still be taking in, and others can work meanwhile.
    static let deaths = [
        [1, 6, 11, 16, 21], [2, 7, 12, 17, 23], [3, 8, 13, 18, 25], [4, 9, 14, 19, 27], [5, 10, 15, 20, 29],
    ]

    @Test(arguments: deaths) func aBranchThatDiesIsMadeEqualLaterAndLosesNothing(after deaths: [Int]) async throws {
        let stock = try await MirrorStock.different(Self.count)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writes in deaths { group.addTask { try await Self.dieAndTakeUp(after: writes, stock) } }
            while try await group.next() != nil {}
        }
    }

    private static func dieAndTakeUp(after writes: Int, _ stock: MirrorStock) async throws {
        try await MirrorPlace.with(
            [["hq"], ["b1"]],
            quirks: ["b1": ["die_after=\(writes)"]],
            stock: stock,
            // With two connections one batch is under way while the other is the last.
            settings: "batch_size = 4\nconnections = \(1 + writes % 2)"
        ) { place in
            let before = try await place.portraits("b1")
            let first = try await place.facelib(mirror)
            #expect(first.status == 5, "\(writes): \(first.output)\(first.errors)")
            #expect(try await place.process(of: "b1").wait().status == 137, "\(writes)")
            try await place.restart("b1")
            try await expectNothingLost(place, before, writes)
            try await takeUp(place, before, writes, byResume: writes % 4 < 2)
        }
    }

    /// When facelib is killed: after so many writing calls of the branch.
    static let kills = [[1, 4, 9], [2, 13, 17], [6, 21, 25]]

    @Test(arguments: kills) func aKilledMirrorIsTakenUp(after kills: [Int]) async throws {
        let stock = try await MirrorStock.different(Self.count)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writes in kills { group.addTask { try await Self.killAndTakeUp(after: writes, stock) } }
            while try await group.next() != nil {}
        }
    }

    private static func killAndTakeUp(after writes: Int, _ stock: MirrorStock) async throws {
        try await MirrorPlace.with(
            [["hq", "b1"]],
            quirks: ["b1": ["slow=40"]],
            stock: stock,
            settings: "batch_size = 4"
        ) { place in
            let before = try await place.portraits("b1")
            let first = try place.start(mirror.split(separator: " ").map(String.init))
            while first.process.isRunning {
                if try await place.state("b1").writes >= writes { break }
            }
            first.kill()
            // On a slow machine it may have come to its end.
            let killed = try await first.wait()
            #expect([0, -SIGKILL].contains(killed.status), "\(writes): \(killed.errors)")
            try await expectNothingLost(place, before, writes)
            try await takeUp(place, before, writes, byResume: writes % 4 < 2)
        }
    }

    @Test(arguments: [[2, 9], [15, 22]]) func aKilledPlanIsCarriedOutToItsEnd(after kills: [Int]) async throws {
        let stock = try await MirrorStock.different(Self.count)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writes in kills { group.addTask { try await Self.killPlan(after: writes, stock) } }
            while try await group.next() != nil {}
        }
    }

    private static func killPlan(after writes: Int, _ stock: MirrorStock) async throws {
        let apply = "mirror --apply plan.json"
        try await MirrorPlace.with(
            [["hq", "b1"]],
            quirks: ["b1": ["slow=40"]],
            stock: stock,
            settings: "batch_size = 4"
        ) { place in
            let before = try await place.portraits("b1")
            #expect(try await place.facelib(mirror + " --plan plan.json").status == 0)
            let first = try place.start(apply.split(separator: " ").map(String.init))
            while first.process.isRunning {
                if try await place.state("b1").writes >= writes { break }
            }
            first.kill()
            let killed = try await first.wait()
            #expect(killed.status == -SIGKILL, "\(writes): \(killed.errors)")
            try await expectNothingLost(place, before, writes)
            let job = try await place.lastJob().job
            let second = try await place.facelib(writes % 2 == 0 ? apply : "job resume \(job)")
            #expect(second.status == 0, "\(writes): \(second.output)\(second.errors)")
            #expect(try await place.lastJob().job == job, "\(writes)")
            #expect(try await place.differences("hq", "b1") == [], "\(writes)")
            #expect(try await place.pendingInSafe() == [], "\(writes)")
        }
    }

    /// Who was there is there, as it was or as it shall be, or lies in the safe.
    private static func expectNothingLost(
        _ place: MirrorPlace,
        _ before: [String: DeviceState.Portrait],
        _ writes: Int
    ) async throws {
        let hub = try await place.portraits("hq")
        let now = try await place.portraits("b1")
        let safe = try await place.pendingInSafe()
        for (id, old) in before {
            guard let portrait = now[id] else {
                #expect(safe.contains(id), "\(writes): \(id) is lost")
                continue
            }
            let known = [old.sha256] + (hub[id].map { [$0.sha256] } ?? [])
            #expect(known.contains(portrait.sha256), "\(writes): \(id) has a picture of somebody else")
        }
    }

    private static func takeUp(
        _ place: MirrorPlace,
        _ before: [String: DeviceState.Portrait],
        _ writes: Int,
        byResume: Bool
    ) async throws {
        let job = try await place.lastJob().job
        let second = try await place.facelib(byResume ? "job resume \(job)" : mirror)
        #expect(second.status == 0, "\(writes): \(second.output)\(second.errors)")
        #expect(try await place.differences("hq", "b1") == [], "\(writes)")
        #expect(try await place.pendingInSafe() == [], "\(writes)")
        let compared = try await place.facelib("compare hq:Staff b1:Staff --quiet")
        #expect(compared.status == 0, "\(writes): \(compared.output)\(compared.errors)")
        let third = try await place.report(mirror)
        #expect(third.outcomes == ["unchanged": third.summary.total], "\(writes)")
        // The job as a whole can be undone, in however many attempts it was carried out.
        guard byResume else { return }
        let undone = try await place.facelib("mirror undo \(job)")
        #expect(undone.status == 0, "\(writes): \(undone.output)\(undone.errors)")
        let back = try await place.portraits("b1")
        #expect(before.filter { back[$0.key]?.content != $0.value.content }.map(\.key).sorted() == [], "\(writes)")
    }

    @Test func oneBranchThatIsDownHoldsUpNoOther() async throws {
        let stock = try await MirrorStock.different()
        let command = "mirror hq:Staff b1: b2: b3: --create --remove --max-delete 100%"
        try await MirrorPlace.with([["hq"], ["b1"], ["b2"], ["b3"]], stock: stock, down: ["b2"]) { place in
            let ended = try await place.facelib(command)
            #expect(ended.status == 5, "\(ended.errors)")
            #expect(ended.errors.contains("b2:Staff: "), "\(ended.errors)")
            for branch in ["b1", "b3"] { #expect(try await place.differences("hq", branch) == []) }
            try await place.restart("b2")
            #expect(try await place.facelib(command).status == 0)
            #expect(try await place.differences("hq", "b2") == [])
        }
    }
}

extension MirrorPlace {
    /// The ids of what lies in the ledger's safe and is not settled.
    func pendingInSafe() async throws -> [String] {
        let query = "SELECT img_id FROM safe_portrait WHERE resolution IS NULL ORDER BY img_id"
        let script = """
            import sqlite3, sys
            for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(row[0])
            """
        let ledger = folder.appending(path: "state/ledger.sqlite").path
        let ended = try await Program.start("/usr/bin/python3", ["-c", script, ledger, query], in: folder).wait()
        try #require(ended.status == 0, "\(ended.errors)")
        return ended.output.split(separator: "\n").map(String.init)
    }
}

extension DeviceState {
    /// How many calls changed something.
    var writes: Int { storeCalls + (calls["1033"] ?? 0) + (calls["1044"] ?? 0) }
}

extension DeviceState.Portrait {
    /// What there is to be put back.
    var content: [String] { values + [sha256] }
}
