// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import FacePipeline
import Testing

@testable import FaceLibraries
@testable import FaceTransfer

/// What a mirror replaced, changed or removed is kept, and put back by a job of its own.
@Suite(.timeLimit(.minutes(20))) struct MirrorUndoTests {
    /// What a portrait of a target is made of.
    private struct Content: Equatable {
        var attributes: AttributeChange
        var image: [UInt8]
    }

    private func content(_ bench: MirrorBench) async -> [PortraitID: Content] {
        await bench.target.content.mapValues { Content(attributes: $0.attributes, image: $0.image) }
    }

    private func undoing(_ job: String) -> LibraryRequest {
        LibraryRequest(title: "trash:\(job)", place: .trash(job: job))
    }

    /// A mirror after which a picture was replaced, attributes changed and a portrait removed; and what was there before.
    private func scene(masked: Bool = false) async throws -> (MirrorBench, [PortraitID: Content]) {
        let bench = try MirrorBench()
        if masked {
            for device in [bench.source, bench.target] { await device.set { $0.masked = [.identity, .address] } }
        }
        try await bench.place(1...6)
        try await bench.succeed()
        let before = await content(bench)
        await bench.nextJob()
        await bench.source.drop(.e(1))
        try await bench.put(1, picture: 101, MirrorBench.person(1, name: "Cid", address: "Rome"), into: bench.source)
        await bench.source.rewrite(.e(2), MirrorBench.person(2, name: "Bob", address: "Rome"))
        await bench.source.drop(.e(3))
        try await bench.place(7...7)
        try await bench.succeed(.removing())
        #expect(await bench.touched() == .init(stored: ["E-1", "E-7"], updated: ["E-2"], deleted: ["E-1", "E-3"]))
        return (bench, before)
    }

    @Test(arguments: [false, true]) func whatAJobChangedIsPutBackAndWhatItAddedStays(masked: Bool) async throws {
        let (bench, before) = try await scene(masked: masked)
        let done = bench.job()
        #expect(try await bench.ledger.trashCount(of: done) == 3)
        await bench.nextJob()
        try await bench.succeed(from: undoing(done))
        #expect(await bench.touched() == .init(stored: ["E-1", "E-3"], updated: ["E-2"], deleted: ["E-1"]))
        var restored = await content(bench)
        #expect(restored.removeValue(forKey: .e(7)) != nil)
        #expect(restored == before)
        #expect(try await bench.outcomes() == [.stored: 1, .updated: 2])
        #expect(try await bench.leftovers() == 0)
        // A second time there is nothing to do.
        await bench.nextJob()
        try await bench.succeed(from: undoing(done))
        #expect(await bench.writes(bench.target) == 0)
        #expect(try await bench.outcomes() == [.unchanged: 3])
    }

    @Test func anUndoingCanBeUndone() async throws {
        let (bench, _) = try await scene()
        let (done, after) = (bench.job(), await content(bench))
        await bench.nextJob()
        try await bench.succeed(from: undoing(done))
        let undone = bench.job()
        await bench.nextJob()
        try await bench.succeed(from: undoing(undone))
        var again = await content(bench)
        // What the undoing added stays, as always.
        #expect(again.removeValue(forKey: .e(3)) != nil)
        #expect(again == after)
    }

    @Test func aDryRunOfAnUndoingChangesNothing() async throws {
        let (bench, _) = try await scene()
        let (done, after) = (bench.job(), await content(bench))
        await bench.nextJob()
        try await bench.succeed(.with { $0.isRehearsal = true }, from: undoing(done))
        #expect(await content(bench) == after)
        #expect(try await bench.outcomes() == [.ready: 3])
    }

    @Test func ofSeveralVersionsTheOneBeforeTheJobIsPutBack() async throws {
        let bench = try MirrorBench()
        try await bench.place(1...1)
        try await bench.succeed()
        let before = await content(bench)
        await bench.nextJob()
        // The same job replaces the portrait twice, since the source changes while it is interrupted.
        for picture in [101, 102] {
            await bench.source.drop(.e(1))
            try await bench.put(1, picture: picture, into: bench.source)
            await bench.target.set { $0.faults[.page] = picture == 101 ? [.none, .unreachable] : [] }
            _ = try await bench.run()
        }
        // What it had settled already is found to be another one by the comparison, and done again by the next attempt.
        try await bench.succeed()
        #expect(await bench.differences().isEmpty)
        #expect(try await bench.ledger.trashCount(of: bench.job()) == 2)
        let done = bench.job()
        await bench.nextJob()
        try await bench.succeed(from: undoing(done))
        #expect(await content(bench) == before)
    }

    @Test func aPortraitThatIsThereAsItWasNeedsNoUndoing() async throws {
        let (bench, _) = try await scene()
        let done = bench.job()
        await bench.nextJob()
        try await bench.put(3, into: bench.target)
        try await bench.succeed(from: undoing(done))
        #expect(await bench.touched() == .init(stored: ["E-1"], updated: ["E-2"], deleted: ["E-1"]))
    }

    @Test func attributesOfAPortraitThatIsGoneCannotBePutBack() async throws {
        let (bench, _) = try await scene()
        let done = bench.job()
        await bench.nextJob()
        await bench.target.drop(.e(2))
        try await bench.succeed(from: undoing(done))
        #expect(try await bench.results()["E-2"]?.outcome == .rejected)
        #expect(try await bench.results()["E-2"]?.reason == .imageMissing)
        #expect(try await bench.outcomes() == [.stored: 1, .updated: 1, .rejected: 1])
    }

    @Test(arguments: Array(stride(from: 6, through: 36, by: 5)))
    func anUndoingThatIsKilledIsFinishedByTheSameJob(_ call: Int) async throws {
        let (bench, before) = try await scene()
        let done = bench.job()
        await bench.nextJob()
        await bench.target.kill(at: call, afterActing: true)
        _ = try await bench.run(from: undoing(done))
        await bench.target.kill(at: nil, afterActing: false)
        try await bench.succeed(from: undoing(done))
        var restored = await content(bench)
        restored[.e(7)] = nil
        #expect(restored == before)
        #expect(try await bench.leftovers() == 0)
    }

    @Test func aTrashThatWasEmptiedHasNothing() async throws {
        let (bench, _) = try await scene()
        let (done, after) = (bench.job(), await content(bench))
        #expect(try await bench.ledger.emptyTrash(keptBefore: .greatestFiniteMagnitude) == 3)
        await bench.nextJob()
        try await bench.succeed(from: undoing(done))
        #expect(await content(bench) == after)
        #expect(try await bench.outcomes() == [:])
    }

    @Test func attributesThatWereChangedBeforeThePictureWasReplacedComeBackWithIt() async throws {
        let ledger = try SQLiteLedger.inMemory()
        let job = "20261122-101502-3f"
        try await ledger.begin(.forTests(job))
        let library = LibraryKey(device: "STSN1", library: 3)
        let picture: [UInt8] = [0xFF, 0xD8, 0xFF]
        for (purpose, name, image) in [
            (SafePurpose.attributes, "Ann", []), (.replacement, "Bob", picture), (.replacement, "Cid", [1]),
        ] {
            try await ledger.keep(
                SafePortrait(
                    library: library,
                    imgID: .e(1),
                    job: job,
                    purpose: purpose,
                    kept: 1,
                    attributes: PersonAttributes(name: name),
                    image: image
                )
            )
            try await ledger.resolve(.e(1), in: library, as: .replaced)
        }
        let trash = PortraitsInTrash(title: "trash:\(job)", job: job, ledger: ledger)
        let listing = try await trash.list(into: ledger).listing
        #expect(try await listing.entries(of: [.e(1)])[.e(1)]?.imagePath == "kept")
        let read = Channel<FetchedRow>()
        async let reading: Void = trash.read(listing, to: read)
        var portraits: [PortraitInHand] = []
        for await row in read {
            if case .portrait(let portrait) = row.result { portraits.append(portrait) }
        }
        try await reading
        #expect(portraits.map(\.attributes.name) == ["Ann"])
        #expect(portraits.map(\.image) == [picture])
    }
}
