// SPDX-License-Identifier: Apache-2.0
import FacePipeline
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(20))) struct StageTests {
    /// Counts how many transformations run at once.
    final class Gauge: Sendable {
        private let state = Mutex((running: 0, most: 0))
        var most: Int { state.withLock { $0.most } }
        func enter() { state.withLock { $0 = ($0.running + 1, max($0.most, $0.running + 1)) } }
        func leave() { state.withLock { $0.running -= 1 } }
    }

    struct Broken: Error {}

    func numbers(_ count: Int, into channel: Channel<Int>) async throws {
        defer { channel.finish() }
        for number in 0..<count { try await channel.send(number) }
    }

    @Test(arguments: [1, 2, 7])
    func resultsKeepTheOrderOfTheInputAndNeverMoreThanTheWidthAreUnderWay(width: Int) async throws {
        let input = Channel<Int>()
        let output = Channel<Int>()
        let gauge = Gauge()
        var seen: [Int] = []
        async let source: Void = numbers(100, into: input)
        async let stage: Void = runStage(width: width, from: input, to: output) { number in
            gauge.enter()
            defer { gauge.leave() }
            for _ in 0..<(number % 5) { await Task.yield() }
            return number * 2
        }
        for await result in output { seen.append(result) }
        _ = try await (source, stage)
        #expect(seen == (0..<100).map { $0 * 2 })
        #expect(gauge.most <= width)
    }

    @Test func aStageThatThrowsEndsTheWholeRun() async {
        await #expect(throws: Broken.self) {
            try await withThrowingDiscardingTaskGroup { group in
                let input = Channel<Int>()
                let output = Channel<Int>()
                group.addTask { try await self.numbers(1_000_000, into: input) }
                group.addTask {
                    try await runStage(width: 3, from: input, to: output) { number in
                        if number == 5 { throw Broken() }
                        return number
                    }
                }
                group.addTask { for await _ in output {} }
            }
        }
    }
}

@Suite struct BatcherTests {
    @Test(arguments: [
        ([1, 1, 1, 1, 1], 2, 100, [[1, 1], [1, 1], [1]]),
        ([6, 6, 6], 10, 10, [[6], [6], [6]]),
        ([20, 1, 1], 10, 10, [[20], [1, 1]]),
        ([4, 4, 2, 1], 10, 10, [[4, 4, 2], [1]]),
        ([], 10, 10, []),
    ])
    func batchesAreBoundedInCountAndWeight(weights: [Int], count: Int, weight: Int, expected: [[Int]]) {
        var batcher = Batcher<Int>(maximumCount: count, maximumWeight: weight)
        var batches = weights.flatMap { batcher.add($0, weight: $0) }
        let rest = batcher.takeRest()
        if !rest.isEmpty { batches.append(rest) }
        #expect(batches == expected)
    }
}
