// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import FacePipeline
import Testing

@testable import FaceTransfer
@testable import FaceUpload

@Suite(.timeLimit(.minutes(20))) struct SeveralTargetsTests {
    /// What the source was asked to fill so many targets.
    private func sourceCalls(_ count: Int, masked: Bool) async throws -> [Call: Int] {
        let bench = try MirrorBench(targets: count)
        if masked { await bench.source.set { $0.masked = [.identity, .address] } }
        try await bench.place(1...20)
        try await bench.succeed()
        for index in 0..<count {
            #expect(await bench.differences(index).isEmpty)
            #expect(try await bench.outcomes(index) == [.stored: 20])
        }
        return await bench.source.counts
    }

    @Test(arguments: [false, true]) func oneReadingOfTheSourceFillsAllTargets(masked: Bool) async throws {
        let one = try await sourceCalls(1, masked: masked)
        #expect(one[.exportChosen] == 1)
        #expect(try await sourceCalls(3, masked: masked) == one)
    }

    @Test func eachTargetGetsOnlyWhatItLacks() async throws {
        let bench = try MirrorBench(targets: 3)
        try await bench.place(1...6)
        for number in 1...3 { try await bench.put(number, into: bench.targets[0]) }
        for number in 1...6 { try await bench.put(number, picture: number == 6 ? 106 : nil, into: bench.targets[1]) }
        try await bench.put(5, MirrorBench.person(5, name: "Bob"), into: bench.targets[2])
        try await bench.succeed()
        #expect(await bench.touched(0) == .init(stored: ["E-4", "E-5", "E-6"]))
        #expect(await bench.touched(1) == .init(stored: ["E-6"], deleted: ["E-6"]))
        #expect(await bench.touched(2) == .init(stored: ["E-1", "E-2", "E-3", "E-4", "E-6"], updated: ["E-5"]))
        for index in 0..<3 { #expect(await bench.differences(index).isEmpty) }
        await bench.nextJob()
        try await bench.succeed()
        for device in bench.targets { #expect(await bench.writes(device) == 0) }
        #expect(await bench.source.total == 5)
    }

    @Test(arguments: [1, 2, 4, 5, 7, 8, 9, 10, 11, 12, 13]) func aTargetThatFailsHoldsUpNobody(_ call: Int) async throws
    {
        let bench = try MirrorBench(targets: 3)
        try await bench.place(1...10)
        await bench.targets[1].kill(at: call, afterActing: call % 2 == 0)
        let results = try await bench.run()
        #expect(results[1].failure is InMemoryDevice.Killed)
        for index in [0, 2] {
            #expect(results[index].success?.differences == 0)
            #expect(await bench.differences(index).isEmpty)
            #expect(try await bench.ledger.job(bench.job(index))?.state == .finished)
        }
        #expect(try await bench.ledger.job(bench.job(1))?.state == .stopped)
        await bench.targets[1].kill(at: nil, afterActing: false)
        try await bench.succeed()
        for index in 0..<3 { #expect(await bench.differences(index).isEmpty) }
    }

    @Test func aTargetThatCannotBeReachedHoldsUpNobody() async throws {
        let bench = try MirrorBench(targets: 3)
        try await bench.place(1...6)
        await bench.targets[0].set { $0.faults[.identity] = [.unreachable] }
        await bench.targets[2].set { $0.faults[.page] = [.none, .unreachable] }
        let results = try await bench.run()
        #expect((results[0].failure as? DeviceError)?.code == .unreachable)
        // It was filled, and could not be compared afterwards.
        #expect((results[2].failure as? DeviceError)?.code == .unreachable)
        #expect(results[1].success?.differences == 0)
        #expect(await bench.differences(1).isEmpty)
        #expect(await bench.writes(bench.targets[0]) == 0)
    }

    @Test func aGuardStopsItsOwnTargetOnly() async throws {
        let bench = try MirrorBench(targets: 2)
        try await bench.place(1...6)
        for number in 11...16 { try await bench.put(number, into: bench.targets[0]) }
        let results = try await bench.run(.removing(.count(5)))
        #expect(results[0].failure is SafetyStop)
        #expect(results[1].success?.differences == 0)
        #expect(await bench.writes(bench.targets[0]) == 0)
        #expect(await bench.differences(1).isEmpty)
    }

    @Test func aSourceThatCannotBeReachedIsAnErrorOfAll() async throws {
        let bench = try MirrorBench(targets: 2)
        try await bench.place(1...3)
        await bench.source.set { $0.faults[.identity] = [.unreachable] }
        await #expect(throws: DeviceError.self) { try await bench.run() }
        for device in bench.targets { #expect(await device.total == 0) }
    }

    @Test func aSourceThatFailsUnderWayEndsAllTargetsAndRemovesNothing() async throws {
        let bench = try MirrorBench(targets: 2)
        try await bench.place(1...6)
        try await bench.put(9, into: bench.targets[0])
        await bench.source.set { $0.faults[.exportChosen] = [.unreachable] }
        let results = try await bench.run(.removing())
        #expect(results.allSatisfy { ($0.failure as? DeviceError)?.code == .unreachable })
        #expect(await bench.targets[0].content[.e(9)] != nil)
        try await bench.succeed(.removing())
        for index in 0..<2 { #expect(await bench.differences(index).isEmpty) }
    }

    @Test func oneLibraryUnderTwoNamesIsFilledOnce() async throws {
        let bench = try MirrorBench(targets: 1)
        try await bench.place(1...4)
        let request = bench.sourceRequest
        var twin = bench.asked(0, of: request)
        twin.record.id += "-twin"
        let results = try await MirrorJob(
            source: request,
            targets: [bench.asked(0, of: request), twin],
            options: MirrorOptions(),
            ledger: bench.ledger,
            scratch: bench.folder.path,
            progress: ProgressBoard(),
            clock: bench.clock
        ).run()
        #expect(results.count { $0.success != nil } == 1)
        #expect(results.count { ($0.failure as? LedgerError)?.code == .locked } == 1)
        #expect(await bench.differences().isEmpty)
        #expect(await bench.target.stores.values.allSatisfy { $0 == 1 })
    }

    @Test func countsOfAllTargetsAreShownTogether() async throws {
        let bench = try MirrorBench(targets: 2)
        try await bench.place(1...4)
        try await bench.put(1, into: bench.targets[0])
        let job = bench.makeJob()
        _ = try await job.run()
        let counts = job.progress.now
        #expect(counts.total == 8)
        #expect(counts.found == 8)
        #expect(counts.unchanged == 1)
        #expect(counts.confirmed == 7)
        #expect(counts.finished == 8)
    }
}
