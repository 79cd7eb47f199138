// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import Testing

@testable import FaceTransfer
@testable import FaceUpload

/// Every guard names its reason and stops before the first change.
@Suite(.timeLimit(.minutes(20))) struct MirrorGuardTests {
    /// What is wrong, and a word of the sentence that says so.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let word: String
        var limit = DeleteLimit.standard
        let act: @Sendable (MirrorBench) async throws -> Void
    }

    /// Sixty portraits in both, of which the source has one more that is new, and the target one that it would lose.
    private func scene() async throws -> MirrorBench {
        let bench = try MirrorBench()
        let image = try Picture.jpeg(1)
        // The leaver is on the first page, so that it is seen however short the listing is.
        await bench.target.place(.e(60), MirrorBench.person(60), image)
        for number in 1..<60 {
            await bench.source.place(.e(number), MirrorBench.person(number), image)
            if number != 1 { await bench.target.place(.e(number), MirrorBench.person(number), image) }
        }
        return bench
    }

    private static func sides(
        _ name: String,
        _ word: String,
        _ change: @escaping @Sendable (inout Weather) -> Void
    ) -> [Case] {
        [
            Case(testDescription: "\(name) at the source", word: word) { await $0.source.set(change) },
            Case(testDescription: "\(name) at the target", word: word) { await $0.target.set(change) },
        ]
    }

    static let cases =
        sides("total too high", "counts 6") { $0.listing = .totalTooHigh }
        + sides("total too low", "counts 5") { $0.listing = .totalTooLow }
        + sides("pages repeat", "twice") { $0.listing = .repeats }
        + sides("the first page again and again", "twice") { $0.listing = .startIgnored }
        + sides("total grows", "changed while it was listed") { $0.listing = .totalGrows }
        + sides("sessions end", "ended while the library was listed") { $0.sessionsEnd = true }
        + sides("names are masked", "shows names only as masks") { $0.masked = [.name] }
        + [
            Case(testDescription: "an empty source", word: "the source is empty") { await $0.source.removeAll() },
            Case(testDescription: "retention on the source", word: "after 30 days") {
                await $0.source.set { $0.retentionDays = 30 }
            },
            Case(testDescription: "more leavers than allowed", word: "at most 5") {
                for number in 2...6 { await $0.source.drop(.e(number)) }
            },
            Case(testDescription: "more leavers than a count", word: "at most 0", limit: .count(0)) { _ in },
            Case(testDescription: "more leavers than a share", word: "at most 1", limit: .percent(2)) {
                await $0.source.drop(.e(2))
            },
        ]

    @Test(arguments: cases) func eachGuardNamesItsReasonAndNothingIsChanged(_ guarded: Case) async throws {
        let bench = try await scene()
        try await guarded.act(bench)
        let before = await bench.target.content.mapValues(\.createTime)
        let result = try #require(try await bench.run(.removing(guarded.limit)).first)
        let stop = try #require(result.failure as? SafetyStop, "\(result.end)")
        #expect(stop.message.contains(guarded.word), "\(stop.message)")
        #expect(stop.message.contains("nothing"))
        #expect(await bench.writes(bench.target) == 0)
        #expect(await bench.target.content.mapValues(\.createTime) == before)
        #expect(try await bench.ledger.job(bench.job())?.state == .stopped)
        #expect(try await bench.ledger.job(bench.job())?.message == stop.message)
    }

    @Test(arguments: cases) func withoutRemovingNobodyIsStopped(_ guarded: Case) async throws {
        let bench = try await scene()
        try await guarded.act(bench)
        let result = try #require(try await bench.run().first)
        #expect(result.failure == nil, "\(result.end)")
        #expect(await bench.target.deletes.isEmpty)
        #expect(await bench.target.content[.e(60)] != nil)
        let hasFirst = await bench.target.content[.e(1)] != nil
        #expect(hasFirst == (await bench.source.content[.e(1)] != nil))
    }

    @Test(arguments: [Weather.Listing.totalTooHigh, .totalTooLow, .repeats, .totalGrows])
    func aDoubtAboutTheSourceIsToldAtTheEnd(_ kind: Weather.Listing) async throws {
        let bench = try await scene()
        await bench.source.set { $0.listing = kind }
        let results = try await bench.run()
        #expect(results.first?.success?.doubt != nil)
    }

    @Test func forATargetThatAGuardStopsNothingIsRead() async throws {
        let bench = try MirrorBench(targets: 2)
        try await bench.place(1...20)
        for number in 1...2 { try await bench.put(number, into: bench.targets[1]) }
        for number in 31...36 { try await bench.put(number, into: bench.targets[0]) }
        try await bench.succeed(.with { $0.isRehearsal = true })
        await bench.nextJob()
        let results = try await bench.run(.removing(.count(5)))
        #expect(results[0].failure is SafetyStop)
        #expect(results[1].success?.differences == 0)
        await bench.nextJob()
        #expect(try await bench.run(.removing(.count(5)))[0].failure is SafetyStop)
        // What only the stopped target lacks is not fetched for nobody.
        #expect(await bench.source.counts[.exportChosen] == nil)
        #expect(await bench.source.counts[.portrait] == nil)
    }

    @Test func aSourceThatShrankByHalfStopsRemoving() async throws {
        let bench = try MirrorBench()
        try await bench.place(1...8)
        try await bench.succeed(.removing(.percent(100)))
        await bench.nextJob()
        for number in 5...8 { await bench.source.drop(.e(number)) }
        let results = try await bench.run(.removing(.percent(100)))
        #expect((results.first?.failure as? SafetyStop)?.message.contains("shrank from 8 rows to 4") == true)
        #expect(await bench.writes(bench.target) == 0)
        // A run that was stopped does not make it the new size.
        await bench.nextJob()
        let again = try await bench.run(.removing(.percent(100)))
        #expect(again.first?.failure is SafetyStop)
        await bench.nextJob()
        try await bench.succeed()
        await bench.nextJob()
        try await bench.succeed(.removing(.percent(100)))
        #expect(try await bench.outcomes() == [.unchanged: 4, .removed: 4])
        // What was removed is not counted among the rows that the source had.
        await bench.nextJob()
        await bench.source.drop(.e(4))
        try await bench.succeed(.removing(.percent(100)))
        #expect(try await bench.outcomes() == [.unchanged: 3, .removed: 1])
    }

    @Test func aRehearsalIsGuardedToo() async throws {
        let bench = try await scene()
        await bench.source.removeAll()
        let results = try await bench.run(.removing { $0.isRehearsal = true })
        #expect(results.first?.failure is SafetyStop)
        #expect(bench.plan.words().isEmpty)
    }

    @Test func leaversOfARehearsalAreNoRowsOfTheSource() async throws {
        let bench = try MirrorBench()
        try await bench.place(1...4)
        for number in 11...16 { try await bench.put(number, into: bench.target) }
        try await bench.succeed(.removing(.percent(100)) { $0.isRehearsal = true })
        #expect(try await bench.outcomes() == [.ready: 10])
        await bench.nextJob()
        try await bench.succeed(.removing(.percent(100)))
        #expect(await bench.differences().isEmpty)
    }

    @Test func leaversThatCouldNotGoAreNoRowsOfTheSource() async throws {
        let bench = try MirrorBench()
        await bench.target.set { $0.keepsImages = false }
        try await bench.place(1...4)
        for number in 11...16 { try await bench.put(number, into: bench.target) }
        // Without an image they could not be put back, so they stay.
        _ = try await bench.run(.removing(.percent(100)))
        #expect(try await bench.outcomes() == [.stored: 4, .failed: 6])
        await bench.nextJob()
        let results = try await bench.run(.removing(.percent(100)))
        #expect(results.first?.failure == nil, "\(results)")
    }
}
