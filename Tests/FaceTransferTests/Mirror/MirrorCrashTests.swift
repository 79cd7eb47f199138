// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import Testing

@testable import FaceTransfer

/// Wherever a mirror ends, the same job taken up again loses nothing and stores nothing twice.
@Suite(.timeLimit(.minutes(20))) struct MirrorCrashTests {
    /// The step between two calls that kill; each test begins at another call.
    private static let step = 3

    /// A library in which three portraits are new, two have another picture, one another name, one left.
    private func scene(onDisk: Bool = false) async throws -> MirrorBench {
        let bench = try MirrorBench(onDisk: onDisk)
        try await bench.place(1...6)
        try await bench.succeed()
        for number in 1...2 {
            await bench.source.drop(.e(number))
            try await bench.put(number, picture: number + 100, into: bench.source)
        }
        await bench.source.rewrite(.e(3), MirrorBench.person(3, name: "Anna"))
        await bench.source.drop(.e(4))
        try await bench.place(7...9)
        await bench.nextJob()
        return bench
    }

    private func check(_ bench: MirrorBench, _ comment: Comment) async throws {
        #expect(await bench.differences() == [], comment)
        for number in 7...9 { #expect(await bench.target.stores[.e(number)] == 1, comment) }
        let outcomes = try await bench.outcomes()
        #expect(outcomes[.stored] == 3, comment)
        #expect(outcomes[.removed] == 1, comment)
        // A change that was carried out before the end is found as unchanged.
        #expect(outcomes[.updated, default: 0] + outcomes[.unchanged, default: 0] == 5, comment)
        #expect(outcomes.values.reduce(0, +) == 9, comment)
        #expect(try await bench.leftovers() == 0, comment)
    }

    /// No portrait of the target is lost: it is there, or it waits to be put back.
    private func checkThatNothingIsLost(_ bench: MirrorBench, _ comment: Comment) async throws {
        let content = await bench.target.content
        for number in [1, 2, 3, 5, 6] where content[.e(number)] == nil {
            let kept = try await bench.ledger.safePortrait(.e(number), in: MirrorBench.key(bench.target))
            #expect(kept?.image == (try Picture.jpeg(number)), comment)
        }
    }

    @Test(arguments: 1...step, [false, true])
    func aTargetThatDiesAtAnyCallIsFinishedByTheSameJob(_ first: Int, _ afterActing: Bool) async throws {
        var call = first
        while true {
            let bench = try await scene(onDisk: call % 9 == 1)
            await bench.target.kill(at: call, afterActing: afterActing)
            let comment: Comment = "killed at call \(call)"
            let result = try #require(try await bench.run(.removing()).first)
            if result.failure == nil { break }
            #expect(result.failure is InMemoryDevice.Killed, comment)
            try await checkThatNothingIsLost(bench, comment)
            await bench.target.kill(at: nil, afterActing: false)
            try bench.restart()
            let again = try #require(try await bench.run(.removing()).first)
            #expect(again.success?.differences == 0, "\(comment): \(again.end)")
            try await check(bench, comment)
            call += Self.step
        }
        #expect(call > 20)
    }

    @Test(arguments: 1...step) func aSourceThatDiesAtAnyCallIsReadToItsEndByTheSameJob(_ first: Int) async throws {
        var call = first
        while true {
            let bench = try await scene()
            await bench.source.kill(at: call, afterActing: false)
            let comment: Comment = "killed at call \(call)"
            var isKilled = false
            do {
                isKilled = try await bench.run(.removing()).first?.failure != nil
            } catch is InMemoryDevice.Killed {
                isKilled = true
            }
            if !isKilled { break }
            #expect(await bench.target.content[.e(4)] != nil, comment)
            try await checkThatNothingIsLost(bench, comment)
            await bench.source.kill(at: nil, afterActing: false)
            try await bench.succeed(.removing())
            try await check(bench, comment)
            call += Self.step
        }
        #expect(call > 6)
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func anyWeatherFollowedByAFairDayEndsWell(_ seed: UInt64) async throws {
        let bench = try await scene()
        var numbers = SeededNumbers(seed)
        for attempt in 0..<4 {
            let isDescending = Bool.random(using: &numbers)
            let file = [Weather.ResultFile.failures, .everything, .missing, .lies].randomElement(using: &numbers)
            let masked = Bool.random(using: &numbers)
            let hidden = Int.random(in: 0...2, using: &numbers)
            for device in [bench.source, bench.target] {
                await device.set {
                    $0.isDescending = isDescending
                    $0.masked = masked ? [.identity, .address] : []
                    $0.resultFile = file ?? .failures
                    $0.lookupsUntilShown = hidden
                }
                await device.brew(0.1, seed: seed &* 31 &+ UInt64(attempt))
            }
            do { try await bench.run(.removing()) } catch {}
            try await checkThatNothingIsLost(bench, "seed \(seed)")
        }
        for device in [bench.source, bench.target] { await device.calm() }
        _ = try await bench.run(.removing())
        try await check(bench, "seed \(seed)")
    }

    @Test func anotherJobFinishesWhatADeadOneLeft() async throws {
        // In the midst of the first replacement, wherever that is.
        for call in stride(from: 12, through: 32, by: 4) {
            let bench = try await scene()
            await bench.target.kill(at: call, afterActing: true)
            _ = try await bench.run(.removing())
            await bench.target.kill(at: nil, afterActing: false)
            await bench.nextJob()
            try await bench.succeed(.removing())
            #expect(await bench.differences() == [], "killed at call \(call)")
            #expect(try await bench.leftovers() == 0)
        }
    }

    @Test func aPictureThatTheTargetRefusesLeavesTheOldOne() async throws {
        let bench = try await scene()
        // The device takes the picture for a face and refuses to store it all the same.
        await bench.target.set { $0.faults[.store] = [.refused(-1102), .refused(-1101)] }
        _ = try await bench.run(.removing())
        let results = try await bench.results()
        let refused = ["E-1", "E-2"].filter { results[$0]?.outcome != .updated }
        #expect(!refused.isEmpty)
        for id in refused {
            let number = id == "E-1" ? 1 : 2
            let image = await bench.target.content[.e(number)]?.image
            let kept = try await bench.ledger.safePortrait(.e(number), in: MirrorBench.key(bench.target))?.image
            #expect((image ?? kept) == (try Picture.jpeg(number)), "\(id)")
        }
        await bench.nextJob()
        try await bench.succeed(.removing())
        #expect(await bench.differences().isEmpty)
        #expect(try await bench.leftovers() == 0)
    }

    @Test func aCancelledMirrorIsInterruptedAndGoesOnLater() async throws {
        let bench = try await scene()
        let job = bench.makeJob(.removing())
        await #expect(throws: CancellationError.self) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.cancelAll()
                group.addTask { _ = try await job.run() }
                try await group.next()
            }
        }
        try await bench.succeed(.removing())
        try await check(bench, "cancelled")
    }
}
