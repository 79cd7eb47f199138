// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceImaging
import FaceLedger
import FaceModel
import FacePipeline
import SystemPackage
import Testing

@testable import FaceLibraries
@testable import FaceTransfer
@testable import FaceUpload

@Suite(.timeLimit(.minutes(20))) struct MirrorJobTests {
    /// How a target behaves.
    enum Manner: CaseIterable, Sendable {
        case plain, masked, reencoding

        func apply(to weather: inout Weather) {
            switch self {
            case .plain: break
            case .masked: weather.masked = [.identity, .address]
            case .reencoding: weather.reencodes = { Picture.again($0) }
            }
        }
    }

    private func bench(_ manner: Manner = .plain, _ numbers: ClosedRange<Int> = 1...6) async throws -> MirrorBench {
        let bench = try MirrorBench()
        await bench.target.set { manner.apply(to: &$0) }
        try await bench.place(numbers)
        return bench
    }

    @Test(arguments: Manner.allCases) func theFirstMirrorStoresAllAndTheSecondNothing(manner: Manner) async throws {
        let bench = try await bench(manner, 1...120)
        try await bench.succeed()
        #expect(try await bench.outcomes() == [.stored: 120])
        #expect(await bench.differences(reencoded: manner == .reencoding).isEmpty)
        #expect(try await bench.leftovers() == 0)
        #expect(try await bench.ledger.job(bench.job())?.state == .finished)
        await bench.nextJob()
        try await bench.succeed(.removing())
        #expect(try await bench.outcomes() == [.unchanged: 120])
        // Three pages of fifty, and the same few questions whatever the size.
        #expect(
            await bench.source.counts == [.identity: 1, .libraries: 1, .kept: 1, .retention: 1, .page: 3]
        )
        #expect(
            await bench.target.counts == [
                .identity: 1, .libraries: 1, .kept: 1, .retention: 1, .cameras: 1, .page: 3,
            ]
        )
    }

    @Test func aMaskedSourceCostsNoMoreThanOneThatShowsAll() async throws {
        let bench = try await bench(.masked, 1...60)
        await bench.source.set { $0.masked = [.identity, .address] }
        try await bench.succeed()
        #expect(await bench.differences().isEmpty)
        await bench.nextJob()
        try await bench.succeed()
        #expect(try await bench.outcomes() == [.unchanged: 60])
        #expect(await bench.source.total == 6)
        #expect(await bench.target.total == 7)
    }

    /// Something that happens to `E-3` of six portraits at the source, and what a mirror does about it.
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var isMasked = false
        let act: @Sendable (InMemoryDevice) async throws -> Void
        let touched: MirrorBench.Touched
    }

    private static let renamed = MirrorBench.person(3, name: "Anna")
    private static let moved = MirrorBench.person(3, address: "Rome")

    static let changes = [
        Change(
            testDescription: "a new portrait",
            act: { await $0.place(.e(7), MirrorBench.person(7), try Picture.jpeg(7)) },
            touched: .init(stored: ["E-7"])
        ),
        Change(
            testDescription: "another name",
            act: { await $0.rewrite(.e(3), renamed) },
            touched: .init(updated: ["E-3"])
        ),
        Change(
            testDescription: "an attribute that is cleared",
            act: { await $0.rewrite(.e(3), PersonAttributes(name: "Ann 3")) },
            touched: .init(updated: ["E-3"])
        ),
        Change(
            testDescription: "another address behind the mask",
            isMasked: true,
            act: { await $0.rewrite(.e(3), moved) },
            touched: .init(updated: ["E-3"])
        ),
        Change(
            testDescription: "removed",
            act: { await $0.drop(.e(3)) },
            touched: .init(deleted: ["E-3"])
        ),
        Change(
            testDescription: "removed and added again with the same picture",
            act: {
                await $0.drop(.e(3))
                await $0.place(.e(3), MirrorBench.person(3), try Picture.jpeg(3))
            },
            touched: .init()
        ),
        Change(
            testDescription: "removed and added again with the same picture in another encoding",
            act: {
                await $0.drop(.e(3))
                await $0.place(.e(3), MirrorBench.person(3), Picture.again(try Picture.jpeg(3)))
            },
            touched: .init()
        ),
        Change(
            testDescription: "removed and added again with the same picture and another name",
            act: {
                await $0.drop(.e(3))
                await $0.place(.e(3), renamed, try Picture.jpeg(3))
            },
            touched: .init(updated: ["E-3"])
        ),
        Change(
            testDescription: "removed and added again with another picture",
            act: {
                await $0.drop(.e(3))
                await $0.place(.e(3), MirrorBench.person(3), try Picture.jpeg(103))
            },
            touched: .init(stored: ["E-3"], deleted: ["E-3"])
        ),
        Change(
            testDescription: "removed and added again with another picture and masked attributes",
            isMasked: true,
            act: {
                await $0.drop(.e(3))
                await $0.place(.e(3), moved, try Picture.jpeg(103))
            },
            touched: .init(stored: ["E-3"], deleted: ["E-3"])
        ),
        Change(
            testDescription: "the same person under an id in another case",
            act: {
                await $0.drop(.e(3))
                await $0.place(PortraitID(asListed: "e-3"), MirrorBench.person(3), try Picture.jpeg(3))
            },
            touched: .init(stored: ["e-3"], deleted: ["E-3"])
        ),
        Change(
            testDescription: "the same name under another id",
            act: { await $0.place(.e(8), MirrorBench.person(3), try Picture.jpeg(8)) },
            touched: .init(stored: ["E-8"])
        ),
    ]

    @Test(arguments: changes, Manner.allCases)
    func aChangeAtTheSourceTouchesExactlyItsPortrait(_ change: Change, _ manner: Manner) async throws {
        let bench = try await bench(manner)
        if change.isMasked { await bench.source.set { $0.masked = [.identity, .address] } }
        try await bench.succeed()
        await bench.nextJob()
        try await change.act(bench.source)
        let options = MirrorOptions.removing { $0.rereadShare = change.isMasked ? 1 : 0 }
        try await bench.succeed(options)
        #expect(await bench.touched() == change.touched)
        // The same picture in another encoding is not sent again.
        let hasSameBytes = !change.testDescription.contains("encoding")
        #expect(await bench.differences(reencoded: manner == .reencoding, images: hasSameBytes).isEmpty)
        #expect(try await bench.leftovers() == 0)
        let outcomes = try await bench.outcomes()
        #expect(outcomes[.unchanged] == 6 - change.touched.updated.count - change.touched.deleted.count)
        #expect(outcomes[.failed] == nil && outcomes[.rejected] == nil)
        await bench.nextJob()
        try await bench.succeed(options)
        #expect(await bench.writes(bench.target) == 0)
        #expect(try await bench.outcomes() == [.unchanged: await bench.source.portraits.count])
    }

    @Test(arguments: [false, true]) func whatIsEditedBehindAMaskLeavesNoTraceInAListing(atSource: Bool) async throws {
        let bench = try await bench(.masked)
        await bench.source.set { $0.masked = [.identity, .address] }
        try await bench.succeed()
        await bench.nextJob()
        await (atSource ? bench.source : bench.target).rewrite(.e(3), Self.moved)
        try await bench.succeed()
        #expect(await bench.writes(bench.target) == 0)
        await bench.nextJob()
        try await bench.succeed(.with { $0.readsEverything = true })
        #expect(await bench.touched() == .init(updated: ["E-3"]))
        #expect(await bench.differences().isEmpty)
    }

    @Test func aShareOfTheMaskedAttributesIsReadAgainTheOldestFirst() async throws {
        let bench = try await bench(.plain)
        await bench.source.set { $0.masked = [.identity, .address] }
        try await bench.succeed()
        for number in 1...6 { await bench.source.rewrite(.e(number), MirrorBench.person(number, address: "Rome")) }
        var found: [String] = []
        for _ in 1...2 {
            await bench.nextJob()
            try await bench.succeed(.with { $0.rereadShare = 0.5 })
            #expect(await bench.source.counts[.clear] == 3 + 3)
            found += await bench.touched().updated
        }
        #expect(found.sorted() == (1...6).map { "E-\($0)" })
        #expect(await bench.differences().isEmpty)
    }

    @Test(arguments: [false, true]) func extraPortraitsGoOnlyWhereThatIsAskedFor(removes: Bool) async throws {
        let bench = try await bench()
        try await bench.put(9, into: bench.target)
        try await bench.succeed(removes ? .removing() : MirrorOptions())
        #expect(await bench.target.content[.e(9)] == nil || !removes)
        #expect(await bench.target.portraits.count == (removes ? 6 : 7))
        #expect(try await bench.outcomes() == (removes ? [.stored: 6, .removed: 1] : [.stored: 6]))
    }

    @Test func aTargetWithoutImagesIsKeptEqualInItsAttributes() async throws {
        let bench = try await bench()
        await bench.target.set { $0.keepsImages = false }
        try await bench.succeed()
        #expect(try await bench.outcomes() == [.stored: 6])
        #expect(bench.notes.contain("b1 keeps no images"))
        await bench.nextJob()
        await bench.source.rewrite(.e(3), Self.renamed)
        try await bench.succeed()
        #expect(await bench.touched() == .init(updated: ["E-3"]))
        #expect(await bench.differences(images: false).isEmpty)
        await bench.nextJob()
        try await bench.succeed()
        #expect(await bench.writes(bench.target) == 0)
    }

    @Test(arguments: Manner.allCases)
    func aLedgerThatKnowsNothingReadsOnceAndChangesNothing(manner: Manner) async throws {
        let bench = try await bench(manner)
        try await bench.succeed()
        try bench.forget()
        await bench.nextJob()
        try await bench.succeed()
        #expect(try await bench.outcomes() == [.unchanged: 6])
        #expect(await bench.writes(bench.target) == 0)
        await bench.nextJob()
        try await bench.succeed()
        #expect(await bench.source.total == 5)
    }

    @Test func aDryRunChangesNothingAndSaysWhatWouldBeDone() async throws {
        let bench = try await bench()
        try await bench.put(3, picture: 103, into: bench.target)
        try await bench.put(4, MirrorBench.person(4, name: "Bob"), into: bench.target)
        try await bench.put(9, into: bench.target)
        try await bench.succeed(.removing { $0.isRehearsal = true })
        #expect(await bench.writes(bench.target) == 0)
        #expect(try await bench.outcomes() == [.ready: 7])
        #expect(
            bench.plan.words() == [
                "store E-1", "store E-2", "replace E-3", "store E-5", "store E-6", "attributes E-4", "remove E-9",
            ]
        )
    }

    @Test(arguments: [false, true]) func aLibraryThatIsNotThereIsMadeOnlyWhereThatIsAskedFor(creates: Bool) async throws
    {
        let bench = try await bench()
        await bench.target.dropLibraries()
        let result = try #require(try await bench.run(.with { $0.creates = creates }).first)
        if creates {
            #expect(result.success?.differences == 0)
            #expect(await bench.differences().isEmpty)
        } else {
            #expect((result.failure as? LibraryError)?.description.contains("--create") == true)
            #expect(await bench.writes(bench.target) == 0)
        }
    }

    @Test func theSourceItselfIsNoTarget() async throws {
        let bench = try await bench()
        let asked = MirrorTarget(
            record: bench.asked(0, of: bench.sourceRequest).record,
            request: DestinationRequest(
                device: bench.source,
                settings: .forTests,
                library: InMemoryDevice.libraryName
            ),
            limits: ImageLimits()
        )
        let job = MirrorJob(
            source: bench.sourceRequest,
            targets: [asked],
            options: .removing(),
            ledger: bench.ledger,
            scratch: bench.folder.path,
            progress: ProgressBoard(),
            clock: bench.clock
        )
        let results = try await job.run()
        #expect(results.first?.failure is LibraryError)
    }

    @Test func aPortraitThatCannotBeReadInClearIsReportedAndNeverRemoved() async throws {
        let bench = try await bench()
        try await bench.put(3, MirrorBench.person(3, address: "Rome"), into: bench.target)
        await bench.source.set {
            $0.masked = [.address]
            $0.staysMasked = true
            $0.unexportable = [.e(3), .e(4)]
        }
        try await bench.succeed(.removing())
        let results = try await bench.results()
        #expect(results["E-3"]?.outcome == .rejected)
        #expect(results["E-3"]?.reason == .attributeMasked)
        #expect(results["E-4"]?.reason == .attributeMasked)
        #expect(try await bench.outcomes() == [.stored: 4, .rejected: 2])
        #expect(await bench.target.content[.e(3)]?.attributes.address == "Rome")
    }

    @Test func attributesThatADeviceRefusesToTellAreOnePortraitsFailure() async throws {
        let bench = try await bench(.masked)
        await bench.source.set { $0.masked = [.identity, .address] }
        try await bench.succeed()
        for number in 1...2 { await bench.source.rewrite(.e(number), MirrorBench.person(number, address: "Rome")) }
        await bench.nextJob()
        // One of the six does not come, in a reading that reads all of them.
        await bench.source.set { $0.faults[.clear] = [.refused(-1), .none, .malformed] }
        try await bench.succeed(.with { $0.rereadShare = 1 })
        #expect(try await bench.outcomes() == [.unchanged: 5, .updated: 1])
        await bench.nextJob()
        try await bench.succeed(.with { $0.rereadShare = 1 })
        #expect(await bench.differences().isEmpty)
    }

    @Test func aRefusedPortraitIsReportedAndTheOthersGoThrough() async throws {
        let bench = try await bench()
        await bench.target.set { $0.rowCodes[.e(3)] = -1102 }
        try await bench.succeed()
        #expect(try await bench.outcomes() == [.stored: 5, .rejected: 1])
        await bench.nextJob()
        await bench.target.set { $0.rowCodes = [:] }
        try await bench.succeed()
        #expect(try await bench.outcomes() == [.unchanged: 5, .stored: 1])
    }

    @Test(arguments: [
        (Meddling.drop(.e(2)), 1), (.rewrite(.e(2), renamed), 1), (.place(.e(9), moved, [0xFF, 0xD8, 0xFF]), 1),
    ])
    func whatDiffersAfterTheWorkIsFoundByListingAgain(_ act: Meddling, _ differences: Int) async throws {
        let bench = try await bench()
        try await bench.succeed()
        await bench.nextJob()
        try await bench.place(7...7)
        // The second listing is the one after the work; a single page each.
        await bench.target.set { $0.meddling = (.page, 2, act) }
        let results = try await bench.run(.removing())
        #expect(results.first?.success?.differences == differences)
        if case .place = act { return }
        #expect(try await bench.results()["E-2"]?.outcome == .failed)
        #expect(try await bench.results()["E-2"]?.reason == .deviceContradicts)
    }

    @Test func whatEndangersAMirrorIsSaidBeforeAnythingIsChanged() async throws {
        let bench = try await bench()
        await bench.target.set {
            $0.version = "2.5.0"
            $0.retentionDays = 30
            $0.cameras = [
                Camera(channel: 1, name: "Gate", libraryIDs: [InMemoryDevice.libraryID]),
                Camera(channel: 2, name: "Yard", libraryIDs: [99]),
            ]
        }
        await bench.source.set { $0.retentionDays = 7 }
        try await bench.succeed()
        #expect(bench.notes.contain("2.5.0"))
        #expect(bench.notes.contain("b1 deletes portraits by itself after 30 days"))
        #expect(bench.notes.contain("hq deletes portraits by itself after 7 days"))
        #expect(bench.notes.contain("Gate"))
        #expect(!bench.notes.contain("Yard"))
    }

    @Test func oldFirmwareThatKnowsFewerMessagesIsMirroredAllTheSame() async throws {
        let bench = try await bench()
        for device in [bench.source, bench.target] {
            await device.set {
                $0.faults = [.kept: [.refused(-3599)], .retention: [.refused(-3599)], .cameras: [.refused(-3599)]]
            }
        }
        try await bench.succeed()
        #expect(await bench.differences().isEmpty)
    }

    @Test(arguments: [false, true]) func theAgeOfTheOldestReadingIsToldWhereSomethingIsMasked(masked: Bool) async throws
    {
        let bench = try await bench()
        if masked { await bench.source.set { $0.masked = [.address] } }
        let results = try await bench.run()
        #expect((results.first?.success?.oldestReading != nil) == masked)
    }

    // MARK: Folders

    @Test func aFolderIsMirroredAndAPhotoThatChangesIsReplaced() async throws {
        let bench = try MirrorBench()
        func photo(_ id: String, _ picture: Int) throws {
            try bench.folder.write(try Picture.jpeg(picture), to: Array("new/Ann_\(id)_4711_0_31_Oslo.jpg".utf8))
        }
        func request() throws -> LibraryRequest {
            LibraryRequest(
                title: "new",
                place: .source(try bench.folder.open("new"), FilePath(bench.folder.path + "/new"))
            )
        }
        for number in 1...4 { try photo("E-\(number)", number) }
        try photo("E 5", 5)
        try await bench.succeed(from: request())
        #expect(try await bench.outcomes() == [.stored: 4, .rejected: 1])
        await bench.nextJob()
        try photo("E-2", 102)
        try await bench.succeed(from: request())
        #expect(await bench.touched() == .init(stored: ["E-2"], deleted: ["E-2"]))
        #expect(await bench.target.content[.e(2)]?.image == (try Picture.jpeg(102)))
        await bench.nextJob()
        try await bench.succeed(from: request())
        #expect(await bench.target.total == 6)
    }

    @Test func aRowWithoutAReadableIDForbidsRemoving() async throws {
        let bench = try MirrorBench()
        for number in 1...12 {
            let name = "new/Ann_E-\(number)_4711_0_31_Oslo.jpg"
            try bench.folder.write(try Picture.jpeg(number), to: Array(name.utf8))
        }
        try bench.folder.write(try Picture.jpeg(13), to: Array("new/Ann_E 13_4711_0_31_Oslo.jpg".utf8))
        try await bench.put(14, into: bench.target)
        let path = FilePath(bench.folder.path + "/new")
        let request = LibraryRequest(title: "new", place: .source(try bench.folder.open("new"), path))
        let results = try await bench.run(.removing(), from: request)
        #expect((results.first?.failure as? SafetyStop)?.message.contains("no readable img_id") == true)
        #expect(await bench.writes(bench.target) == 0)
    }
}
