// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Mirrors that end in the middle because the branch or facelib itself dies.
@Suite(.serialized, .timeLimit(.minutes(40))) struct MirrorDeathTests {
    /// Small enough that each of the mirror's writing calls can be the last.
    private static let count = 40
    private static let command = "mirror hq:Staff b1:Staff --remove --max-delete 100%"

    /// After how many of its writing calls the branch dies: single and batched stores, the two calls of each
    /// replacement, attributes, and the delete of the leavers.
    static let points = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 18, 20, 21, 23, 25, 27]

    @Test(arguments: points) func aBranchThatDiesIsMadeEqualLaterAndLosesNothing(after writes: Int) async throws {
        let stock = try await MirrorStock.different(Self.count)
        let dying = ["b1": ["die_after=\(writes)"]]
        try await MirrorPlace.with([["hq"], ["b1"]], quirks: dying, stock: stock, settings: "batch_size = 4") { place in
            let before = try await place.portraits("b1")
            let first = try await place.facelib(Self.command)
            #expect(first.status == 5, "\(first.output)\(first.errors)")
            #expect(try await place.process(of: "b1").wait().status == 137)
            try await place.restart("b1")
            try await expectNothingLost(place, before)
            try await takeUp(place, before, byResume: writes.isMultiple(of: 2))
        }
    }

    /// When facelib is killed: after so many writing calls of the branch.
    static let kills = [1, 3, 6, 9, 13, 17, 21, 25]

    @Test(arguments: kills) func aKilledMirrorIsTakenUp(after writes: Int) async throws {
        let stock = try await MirrorStock.different(Self.count)
        let slow = ["b1": ["slow=20"]]
        try await MirrorPlace.with([["hq", "b1"]], quirks: slow, stock: stock, settings: "batch_size = 4") { place in
            let before = try await place.portraits("b1")
            let first = try place.start(Self.command.split(separator: " ").map(String.init))
            while first.process.isRunning {
                if try await place.state("b1").writes >= writes { break }
            }
            first.kill()
            #expect(try await first.wait().status != 0)
            try await expectNothingLost(place, before)
            try await takeUp(place, before, byResume: writes.isMultiple(of: 2))
        }
    }

    /// Who was there is there, as it was or as it shall be, or lies in the safe.
    private func expectNothingLost(_ place: MirrorPlace, _ before: [String: DeviceState.Portrait]) async throws {
        let hub = try await place.portraits("hq")
        let now = try await place.portraits("b1")
        let safe = try await place.pendingInSafe()
        for (id, old) in before {
            guard let portrait = now[id] else {
                #expect(safe.contains(id) || hub[id] == nil, "\(id) is lost")
                continue
            }
            let known = [old.sha256] + (hub[id].map { [$0.sha256] } ?? [])
            #expect(known.contains(portrait.sha256), "\(id) has a picture of nobody")
        }
    }

    private func takeUp(_ place: MirrorPlace, _ before: [String: DeviceState.Portrait], byResume: Bool) async throws {
        let job = try await place.lastJob().job
        let second = try await place.facelib(byResume ? "job resume \(job)" : Self.command)
        #expect(second.status == 0, "\(second.output)\(second.errors)")
        #expect(try await place.differences("hq", "b1") == [])
        #expect(try await place.pendingInSafe() == [])
        let compared = try await place.facelib("compare hq:Staff b1:Staff --quiet")
        #expect(compared.status == 0, "\(compared.output)\(compared.errors)")
        let third = try await place.report(Self.command)
        #expect(third.outcomes == ["unchanged": third.summary.total])
        // The job as a whole can be undone, in however many attempts it was carried out.
        guard byResume else { return }
        let undone = try await place.facelib("mirror undo \(job)")
        #expect(undone.status == 0, "\(undone.output)\(undone.errors)")
        let back = try await place.portraits("b1")
        #expect(before.filter { back[$0.key]?.content != $0.value.content }.map(\.key).sorted() == [])
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
