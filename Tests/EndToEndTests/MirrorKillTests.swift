// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Branches that die, and mirrors that are killed, in the middle of the work.
@Suite(.serialized, .timeLimit(.minutes(40))) struct MirrorKillTests {
    private static let mirror = "mirror hq:Staff b1: --remove --max-delete 100%"

    @Test(arguments: 1...20) func aBranchThatDiesIsCompletedByResumeOrTheSameCommand(after writes: Int) async throws {
        let stock = try await MirrorStock.different()
        // One connection and small batches: the deaths are spread over all that is done.
        try await MirrorPlace.with(
            [["hq"], ["b1"]],
            quirks: ["b1": ["die_after=\(writes * 2)"]],
            stock: stock,
            settings: "batch_size = 4\nconnections = 1"
        ) { place in
            let first = try await place.facelib(Self.mirror)
            #expect(first.status == 5, "\(first.status) \(first.output) \(first.errors)")
            let job = try await place.lastJob()
            try await place.restart("b1")
            // Whom both had is there, or comes back before anything else is done.
            let second = try await place.facelib(writes.isMultiple(of: 2) ? Self.mirror : "job resume \(job.job)")
            #expect(second.status == 0, "\(second.output)\(second.errors)")
            #expect(try await place.differences("hq", "b1") == [])
            let compared = try await place.facelib("compare hq:Staff b1:Staff --quiet")
            #expect(compared.status == 0, "\(compared.output)")
        }
    }

    @Test(arguments: [1, 4, 9, 15, 24, 40]) func aMirrorThatIsKilledIsCompletedByTheNext(after stored: Int) async throws
    {
        let stock = try await MirrorStock.different()
        try await MirrorPlace.with(
            [["hq"], ["b1"]],
            quirks: ["b1": ["slow=5"]],
            stock: stock,
            settings: "batch_size = 4"
        ) { place in
            let before = try await place.state("b1").storedTotal
            let first = try place.start(Self.mirror.split(separator: " ").map(String.init))
            while first.process.isRunning {
                if try await place.state("b1").storedTotal >= before + stored { break }
            }
            first.kill()
            _ = try await first.wait()
            let job = try await place.lastJob()
            let second = try await place.facelib(stored.isMultiple(of: 2) ? Self.mirror : "job resume \(job.job)")
            #expect(second.status == 0, "\(second.output)\(second.errors)")
            #expect(try await place.differences("hq", "b1") == [])
        }
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
