// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import FacePipeline
import Testing

@testable import FaceTransfer

@Suite(.timeLimit(.minutes(20))) struct DevicePrecheckTests {
    private let bench: ImportBench
    private let asking = ImportOptions(asksDevice: true, workers: 8)

    init() throws { bench = try ImportBench() }

    @Test(arguments: [
        (-1101, Reason.faceNone), (-1109, .faceMany), (-1102, .qualityLow), (-1104, .imageFormat),
        (-1110, .imageTooLarge), (-3596, .deviceRefused),
    ])
    func aPictureThatTheDeviceRefusesIsNeverSent(code: Int, reason: Reason) async throws {
        try bench.photos(1...3)
        let picture = try Picture.jpeg(2)
        await bench.device.set { $0.pictureCodes[picture] = code }
        try await bench.run(asking)
        #expect(try await bench.outcomes() == [.stored: 2, .rejected: 1])
        let row = try #require(try await bench.results()["E-2"])
        #expect(row.outcome == .rejected)
        #expect(row.reason == reason)
        #expect(row.deviceCode == code)
        #expect(row.detail == "the device answered \(code)")
        #expect(await bench.device.batchSizes == [2])
        #expect(await bench.device.counts[.detect] == 3)
        #expect(bench.progress.now.rejected == 1)
    }

    @Test(arguments: [false, true]) func whatTheDeviceSawStandsInTheDetail(isRehearsal: Bool) async throws {
        try bench.photo("E-1", picture: 1)
        try bench.photo("E-2", picture: 2, name: "Com,ma")
        try await bench.run(ImportOptions(isRehearsal: isRehearsal, asksDevice: true))
        let results = try await bench.results()
        let outcome = isRehearsal ? Outcome.ready : .stored
        #expect(results["E-1"]?.outcome == outcome)
        #expect(results["E-1"]?.reason == nil)
        #expect(results["E-1"]?.detail == "the device sees a face of quality 80 in 0,0,10,10")
        #expect(results["E-2"]?.reason == .attributeComma)
        #expect(
            results["E-2"]?.detail == "the name holds a comma; the device sees a face of quality 80 in 0,0,10,10"
        )
    }

    @Test func withoutThePrecheckTheDeviceIsNotAsked() async throws {
        try bench.photos(1...3)
        try await bench.run()
        #expect(await bench.device.counts[.detect] == nil)
        #expect(try await bench.results()["E-1"]?.detail == "")
    }

    @Test func unchangedRowsCostNoCall() async throws {
        try bench.photos(1...60)
        try await bench.run(asking)
        #expect(await bench.device.counts[.detect] == 60)
        bench.nextJob()
        await bench.device.forgetCounts()
        try await bench.run(asking)
        #expect(try await bench.outcomes() == [.unchanged: 60])
        #expect(await bench.device.counts == [.identity: 1, .libraries: 1, .page: 2])
    }

    @Test func anUpdateAsksOnceForANewPictureAndNotForNewAttributes() async throws {
        try bench.photos(1...3)
        try await bench.run()
        try bench.remove("E-1")
        try bench.photo("E-1", picture: 1, name: "Anna")
        try bench.photo("E-2", picture: 102)
        bench.nextJob()
        await bench.device.forgetCounts()
        try await bench.run(ImportOptions(updates: true, asksDevice: true))
        #expect(try await bench.outcomes() == [.unchanged: 1, .updated: 2])
        #expect(await bench.device.counts[.detect] == 1)
        #expect(await bench.device.content[.e(2)]?.image == (try Picture.jpeg(102)))
    }

    @Test func aPictureThatIsRefusedDoesNotTouchTheOldOne() async throws {
        try bench.photos(1...2)
        try await bench.run()
        try bench.photo("E-2", picture: 102)
        bench.nextJob()
        let picture = try Picture.jpeg(102)
        await bench.device.set { $0.pictureCodes[picture] = -1109 }
        try await bench.run(ImportOptions(updates: true, asksDevice: true))
        #expect(try await bench.results()["E-2"]?.reason == .faceMany)
        #expect(await bench.device.deletes.isEmpty)
        #expect(await bench.device.content[.e(2)]?.image == (try Picture.jpeg(2)))
    }

    @Test func aRehearsalAsksEvenWhereTheLibraryIsStillToBeMade() async throws {
        await bench.device.dropLibraries()
        try bench.photos(1...3)
        let picture = try Picture.jpeg(3)
        await bench.device.set { $0.pictureCodes[picture] = -1101 }
        try await bench.run(ImportOptions(creates: .whitelist, isRehearsal: true, asksDevice: true))
        #expect(try await bench.outcomes() == [.ready: 2, .rejected: 1])
        #expect(await bench.device.counts == [.identity: 1, .libraries: 1, .detect: 3])
    }

    @Test func aCheckWithoutADeviceAsksNobody() async throws {
        try bench.photos(1...2)
        try await bench.run(asking, toDevice: false)
        #expect(try await bench.outcomes() == [.ready: 2])
        #expect(await bench.device.total == 0)
    }

    @Test func noMorePicturesAreAskedAboutTogetherThanTheDeviceHasConnections() async throws {
        try bench.photos(1...24)
        try await bench.run(asking)
        #expect(await bench.device.mostDetecting <= DeviceSettings.forTests.connections)
    }

    @Test(arguments: [Fault.unreachable, .lostBefore])
    func aDeviceThatIsGoneLeavesRowsFailedAndResumeStoresThem(_ fault: Fault) async throws {
        try bench.photos(1...5)
        await bench.device.set { $0.faults[.detect] = Array(repeating: fault, count: 20) }
        await #expect(throws: DeviceError.self) { try await bench.run(asking) }
        let row = try #require(try await bench.results()["E-1"])
        #expect(row.outcome == .failed)
        #expect(row.reason == .deviceUnreachable)
        #expect(try await bench.outcomes()[.rejected] == nil)
        #expect(try await bench.ledger.job(bench.job)?.state == .stopped)
        #expect((await bench.device.counts[.detect] ?? 0) <= 4)
        #expect(await bench.device.batchSizes.isEmpty)

        await bench.device.calm()
        try await bench.run(asking)
        #expect(try await bench.outcomes() == [.stored: 5])
    }

    @Test(arguments: [
        (Fault.refused(-1103), Outcome.failed, Reason.deviceRefused), (.refused(-1), .failed, .deviceRefused),
        (.malformed, .failed, .deviceUnreachable),
    ])
    func whatGoesWrongWithOnePictureEndsThatRowOnly(fault: Fault, outcome: Outcome, reason: Reason) async throws {
        try bench.photos(1...4)
        await bench.device.set { $0.faults[.detect] = [fault] }
        try await bench.run(asking)
        #expect(try await bench.outcomes() == [.stored: 3, outcome: 1])
        #expect(try await bench.results().values.filter { $0.outcome == outcome }.map(\.reason) == [reason])
    }

    @Test func aDeviceThatDoesNotKnowTheMessageEndsTheRunAndRejectsNothing() async throws {
        try bench.photos(1...4)
        await bench.device.set { $0.faults[.detect] = Array(repeating: .refused(-3599), count: 20) }
        let error = await #expect(throws: DeviceError.self) { try await bench.run(asking) }
        #expect(error?.message.hasSuffix("run again without --precheck device") == true)
        #expect(try await bench.outcomes()[.rejected] == nil)
        await bench.device.calm()
        try await bench.run()
        #expect(try await bench.outcomes() == [.stored: 4])
    }
}
