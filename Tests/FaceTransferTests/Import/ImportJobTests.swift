// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceImaging
import FaceLedger
import FaceModel
import FacePipeline
import Testing

@testable import FaceFiles
@testable import FaceLibraries
@testable import FaceSources
@testable import FaceTransfer
@testable import FaceUpload

@Suite(.timeLimit(.minutes(20))) struct ImportJobTests {
    private let bench: ImportBench

    init() throws { bench = try ImportBench() }

    @Test func everyRowEndsInOneOutcome() async throws {
        try bench.photos(1...5)
        try bench.photo("E-3", picture: 60, name: "Twin")
        try bench.photo("E-6", picture: 1, name: "Same")
        try bench.photo("E-7", picture: 7, name: "Com,ma")
        try bench.photo("E 8", picture: 8)
        try bench.folder.write("not a picture", to: "new/Bad_E-9_4711_0_31_Oslo.jpg")
        try bench.folder.write(try Picture.jpeg(10), to: Array("new/Ann_#_4711_0_31_Oslo.jpg".utf8))
        try await bench.run()
        #expect(try await bench.outcomes() == [.stored: 8, .duplicate: 1, .rejected: 2])
        let results = try await bench.results()
        #expect(results["E-9"]?.reason == .imageFormat)
        #expect(results["E-7"]?.reason == .attributeComma)
        let derived = PortraitID.derived(from: try Picture.jpeg(10)).text
        #expect(results[derived]?.outcome == .stored)
        let twins = [results["E-1"], results["E-6"]].compactMap { $0 }.filter { $0.reason == .imageRepeated }
        #expect(twins.count == 1)
        #expect(await bench.ids().count == 8)
        #expect(bench.progress.now.finished == 11)
        #expect(try await bench.ledger.job(bench.job)?.state == .finished)
        #expect(try await bench.leftovers() == 0)
    }

    @Test(arguments: [false, true]) func aSecondRunSendsNothing(masked: Bool) async throws {
        try bench.photos(1...120)
        if masked { await bench.device.set { $0.masked = [.name, .identity, .address] } }
        try await bench.run()
        bench.nextJob()
        await bench.device.forgetCounts()
        try await bench.run()
        #expect(try await bench.outcomes() == [.unchanged: 120])
        #expect(await bench.device.counts == [.identity: 1, .libraries: 1, .page: 3])
    }

    @Test func aSecondRunWithoutMemoryLooksAtTheImagesOnceAndSendsNothing() async throws {
        try bench.photos(1...4)
        for number in 1...4 {
            let attributes = PersonAttributes(name: "Ann", identity: "4711", gender: .female, age: 31, address: "Oslo")
            await bench.device.place(.e(number), attributes, Picture.again(try Picture.jpeg(number)))
        }
        try await bench.run()
        #expect(try await bench.outcomes() == [.unchanged: 4])
        bench.nextJob()
        await bench.device.forgetCounts()
        try await bench.run()
        #expect(await bench.device.counts[.download] == nil)
    }

    /// Three portraits are there; each differs in another way from what the folder has.
    private func differing() async throws {
        try bench.photos(1...4)
        try await bench.run()
        try bench.remove("E-1")
        try bench.photo("E-1", picture: 1, name: "Anna")
        try bench.photo("E-2", picture: 102)
        try bench.remove("E-3")
        try bench.photo("E-3", picture: 103, name: "Anna")
        bench.nextJob()
        await bench.device.forgetCounts()
    }

    @Test func withoutUpdateWhatDiffersIsTaken() async throws {
        try await differing()
        try await bench.run()
        #expect(try await bench.outcomes() == [.unchanged: 1, .rejected: 3])
        let results = try await bench.results()
        #expect(results["E-1"]?.detail.hasSuffix("different: name") == true)
        #expect(results["E-2"]?.detail.hasSuffix("different: picture") == true)
        #expect(results["E-3"]?.detail.hasSuffix("different: name, picture") == true)
        #expect(await bench.device.counts[.update] == nil)
    }

    @Test(arguments: [false, true]) func anUpdateChangesWhatDiffersAndNoMore(masked: Bool) async throws {
        if masked { await bench.device.set { $0.masked = [.identity, .address] } }
        try await differing()
        try await bench.run(ImportOptions(updates: true))
        #expect(try await bench.outcomes() == [.unchanged: 1, .updated: 3])
        let content = await bench.device.content
        #expect(content[.e(1)]?.attributes.name == "Anna")
        #expect(content[.e(2)]?.image == (try Picture.jpeg(102)))
        #expect(content[.e(3)]?.image == (try Picture.jpeg(103)))
        #expect(content[.e(3)]?.attributes.name == "Anna")
        #expect(await bench.device.counts[.delete] == 2)
        #expect(try await bench.leftovers() == 0)
        bench.nextJob()
        await bench.device.forgetCounts()
        try await bench.run(ImportOptions(updates: true))
        #expect(try await bench.outcomes() == [.unchanged: 4])
        #expect(await bench.device.total == 3)
    }

    @Test func aDryRunChangesNothing() async throws {
        try await differing()
        try bench.photo("E-5", picture: 5)
        try bench.remove("E-4")
        let before = await bench.device.content.mapValues(\.image)
        let limit = DeleteLimit.count(5)
        try await bench.run(ImportOptions(updates: true, removes: true, deleteLimit: limit, isRehearsal: true))
        #expect(try await bench.outcomes() == [.ready: 5])
        #expect(await bench.device.content.mapValues(\.image) == before)
        let writes: [Call] = [.store, .batch, .update, .delete, .create]
        for call in writes { #expect(await bench.device.counts[call] == nil) }
    }

    @Test func aCheckNeedsNoDevice() async throws {
        try bench.photos(1...3)
        try await bench.run(ImportOptions(isRehearsal: true), toDevice: false)
        #expect(try await bench.outcomes() == [.ready: 3])
        #expect(await bench.device.total == 0)
    }

    @Test func aMissingLibraryIsMadeOnlyWhereThatIsAllowed() async throws {
        await bench.device.dropLibraries()
        try bench.photos(1...2)
        await #expect(throws: LibraryError.self) { try await bench.run() }
        #expect(try await bench.ledger.job(bench.job) == nil)
        try await bench.run(ImportOptions(creates: .whitelist, isRehearsal: true))
        #expect(await bench.device.counts[.create] == nil)
        bench.nextJob()
        try await bench.run(ImportOptions(creates: .whitelist))
        #expect(try await bench.outcomes() == [.stored: 2])
    }

    @Test func leaversAreRemovedAfterTheRest() async throws {
        try bench.photos(1...12)
        try await bench.run()
        try bench.remove("E-12")
        try bench.photo("E-13", picture: 13)
        bench.nextJob()
        try await bench.run(ImportOptions(removes: true))
        #expect(try await bench.outcomes() == [.stored: 1, .unchanged: 11, .removed: 1])
        #expect(await bench.ids() == (1...13).filter { $0 != 12 }.map { "E-\($0)" }.sorted())
    }

    @Test func aSafetyStopComesBeforeAnythingIsChanged() async throws {
        try bench.photos(1...10)
        try await bench.run()
        try bench.remove("E-9")
        try bench.remove("E-10")
        try bench.photo("E-11", picture: 11)
        bench.nextJob()
        await bench.device.forgetCounts()
        await #expect(throws: SafetyStop.self) { try await bench.run(ImportOptions(removes: true)) }
        #expect(await bench.device.stores.isEmpty)
        #expect(await bench.device.portraits.count == 10)
        #expect(try await bench.ledger.job(bench.job)?.state == .stopped)
    }

    @Test func aRowWithoutAReadableIDKeepsLeaversWhereTheyAre() async throws {
        try bench.photos(1...10)
        try await bench.run()
        try bench.remove("E-10")
        try bench.folder.write(try Picture.jpeg(1), to: Array("new/holiday.jpg".utf8))
        bench.nextJob()
        let stop = await #expect(throws: SafetyStop.self) { try await bench.run(ImportOptions(removes: true)) }
        #expect(stop?.message.contains("holiday.jpg") == true)
        #expect(await bench.device.portraits.count == 10)
    }

    @Test func whatWasRemovedLastTimeDoesNotCountAsShrinking() async throws {
        try bench.photos(1...20)
        try await bench.run()
        for number in 12...20 { try bench.remove("E-\(number)") }
        bench.nextJob()
        try await bench.run(ImportOptions(removes: true, deleteLimit: .count(20)))
        // Eleven rows and nine removed: half of eleven is the limit now, not half of twenty.
        for number in 8...11 { try bench.remove("E-\(number)") }
        bench.nextJob()
        try await bench.run(ImportOptions(removes: true, deleteLimit: .count(20)))
        #expect(try await bench.outcomes() == [.unchanged: 7, .removed: 4])
    }

    @Test(arguments: [
        (Call.batch, [Fault.lostAfter], true), (.batch, [.refused(-117)], false), (.batch, [.unreachable], true),
    ])
    func aStoppedJobIsResumedAndFinished(_ call: Call, _ faults: [Fault], _ blind: Bool) async throws {
        try bench.photos(1...50)
        await bench.device.set {
            $0.faults[call] = faults
            if blind { $0.faults[.page] = [.none] + Array(repeating: .unreachable, count: 30) }
        }
        await #expect(throws: DeviceError.self) { try await bench.run() }
        #expect(try await bench.ledger.job(bench.job)?.state == .stopped)
        await bench.device.calm()
        try await bench.run()
        #expect(try await bench.outcomes() == [.stored: 50])
        #expect(await bench.device.stores.values.allSatisfy { $0 == 1 })
        #expect(try await bench.leftovers() == 0)
    }

    @Test func aFullDeviceFailsTheRestAndResumeTakesItUp() async throws {
        try bench.photos(1...60)
        await bench.device.set { $0.capacity = 33 }
        try await bench.run()
        #expect(try await bench.outcomes() == [.stored: 33, .failed: 27])
        await bench.device.calm()
        try await bench.run()
        #expect(try await bench.outcomes() == [.stored: 60])
        #expect(await bench.device.stores.values.allSatisfy { $0 == 1 })
    }

    @Test func whatTheDeviceSwallowedIsSentAgainByResume() async throws {
        try bench.photos(1...5)
        await bench.device.set { $0.swallowed = [.e(2), .e(4)] }
        try await bench.run()
        #expect(try await bench.outcomes() == [.stored: 3, .failed: 2])
        await bench.device.calm()
        try await bench.run()
        #expect(try await bench.outcomes() == [.stored: 5])
    }

    @Test func aPhotoThatIsGoneWhenTheJobIsTakenUpDoesNotKeepItFromEnding() async throws {
        try bench.photos(1...50)
        await bench.device.kill(at: 4, afterActing: true)
        await #expect(throws: InMemoryDevice.Killed.self) { try await bench.run() }
        await bench.device.kill(at: nil, afterActing: false)
        try bench.remove("E-50")
        try bench.remove("E-49")
        try await bench.run()
        #expect(try await bench.outcomes() == [.stored: 48, .rejected: 2])
        #expect(await bench.device.stores.values.allSatisfy { $0 == 1 })
    }

    @Test(arguments: [1, 4, 6, 8]) func anInterruptedJobSaysSoAndGoesOn(_ calls: Int) async throws {
        try bench.photos(1...80)
        let job = try bench.makeJob()
        let device = bench.device
        await #expect(throws: CancellationError.self) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await job.run() }
                while await device.callCount < calls { await Task.yield() }
                group.cancelAll()
                while try await group.next() != nil {}
            }
        }
        if let record = try await bench.ledger.job(bench.job) { #expect(record.state == .interrupted) }
        try await bench.run()
        #expect(try await bench.outcomes() == [.stored: 80])
        #expect(await bench.device.stores.values.allSatisfy { $0 == 1 })
        #expect(try await bench.leftovers() == 0)
    }

    @Test(arguments: [true, false]) func aReadingCountsOnlyWhereAttributesWereRead(masked: Bool) async throws {
        try bench.photos(1...1)
        try await bench.run()
        let key = LibraryKey(device: "STSN1", library: InMemoryDevice.libraryID)
        var known = try #require(try await bench.ledger.known([.e(1)], in: key)[.e(1)])
        #expect(abs(known.readAt - Moment.now) < 600)
        // The photo was saved anew: it has to be compared, and masked attributes are taken on trust.
        let photo = known.fingerprint.photo
        known.fingerprint.photo = Digest(of: [1])
        known.readAt = 5
        try await bench.ledger.learn([known], in: key)
        await bench.device.set { $0.masked = masked ? [.identity, .address] : [] }
        bench.nextJob()
        try await bench.run()
        #expect(try await bench.outcomes() == [.unchanged: 1])
        let after = try #require(try await bench.ledger.known([.e(1)], in: key)[.e(1)])
        #expect(after.fingerprint.photo == photo)
        #expect(masked ? after.readAt == 5 : after.readAt > 1_000)
    }
}
