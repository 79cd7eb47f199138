// SPDX-License-Identifier: Apache-2.0
import FacePipeline
import Foundation
import Synchronization
import Testing

/// Steps that wait without giving their thread back, as a write to a disk does, until somebody opens the gate.
private final class Gate: Sendable {
    private let pipe = Pipe()
    private let count = Mutex(0)
    /// How many have come to the gate.
    var arrived: Int { count.withLock { $0 } }
    func wait() {
        count.withLock { $0 += 1 }
        _ = try? pipe.fileHandleForReading.read(upToCount: 1)
    }
    func open() { pipe.fileHandleForWriting.write(Data([0])) }
}

@Suite(.timeLimit(.minutes(20))) struct GroupStageTests {
    struct Broken: Error {}

    private func write(
        _ numbers: [Int],
        _ bounds: GroupBounds,
        to write: @escaping @Sendable ([Int]) async throws -> Void
    ) async throws {
        let input = Channel<Int>()
        try await withThrowingTaskGroup { stages in
            stages.addTask {
                defer { input.finish() }
                for number in numbers { try await input.send(number) }
            }
            stages.addTask { try await writeInGroups(bounds, from: input, weight: { $0 }, write: write) }
            while try await stages.next() != nil {}
        }
    }

    @Test(arguments: [
        ([], 3, 100, []), ([1, 1, 1, 1], 3, 100, [[1, 1, 1], [1]]), ([1, 1, 1], 3, 100, [[1, 1, 1]]),
        ([60, 60, 5], 9, 100, [[60], [60, 5]]), ([200, 1], 9, 100, [[200], [1]]),
    ])
    func groupsAreBoundedAndComeInOrder(numbers: [Int], count: Int, weight: Int, expected: [[Int]]) async throws {
        let written = Mutex<[[Int]]>([])
        try await write(numbers, GroupBounds(count: count, weight: weight)) { group in
            written.withLock { $0.append(group) }
        }
        #expect(written.withLock { $0 } == expected)
    }

    @Test func theNextGroupIsGatheredWhileOneIsWritten() async throws {
        let input = Channel<Int>()
        let gate = Gate()
        async let written: Void = writeInGroups(GroupBounds(count: 2, weight: 100), from: input, weight: { $0 }) { _ in
            gate.wait()
        }
        // The first two are being written and cannot be done yet.
        for number in 1...4 { try await input.send(number) }
        input.finish()
        gate.open()
        gate.open()
        try await written
    }

    @Test func anErrorOfTheWriterEndsTheRun() async {
        await #expect(throws: Broken.self) {
            try await write(Array(repeating: 1, count: 1000), GroupBounds(count: 2, weight: 100)) { _ in
                throw Broken()
            }
        }
    }

    @Test func stagesThatWaitForADiskHoldNobodyUp() async throws {
        let gate = Gate()
        let count = 2 * ProcessInfo.processInfo.activeProcessorCount
        try await withThrowingTaskGroup { runs in
            for _ in 0..<count {
                runs.addTask {
                    try await write([1], GroupBounds(count: 1, weight: 1)) { _ in gate.wait() }
                }
            }
            // Whoever opens needs one of the threads that all stages share.
            runs.addTask {
                while gate.arrived < count { await Task.yield() }
                for _ in 0..<count { gate.open() }
            }
            while try await runs.next() != nil {}
        }
    }
}
