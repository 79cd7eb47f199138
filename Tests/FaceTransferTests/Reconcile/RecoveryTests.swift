// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceImaging
import FaceLedger
import FaceModel
import Testing

@testable import FaceLibraries
@testable import FaceTransfer
@testable import FaceUpload

@Suite(.timeLimit(.minutes(20))) struct RecoveryTests {
    @Test(arguments: [Weather.Field?.none, .name, .address], [false, true])
    func anOpenBatchIsSettledInTheJobItBelongedTo(masked: Weather.Field?, reencoded: Bool) async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        await bench.device.set {
            if let masked { $0.masked = [masked] }
            if reencoded { $0.reencodes = Picture.again }
            $0.swallowed = [.e(2)]
        }
        _ = try await uploader.send(batch: bench.rows(3))
        try await bench.ledger.begin(.forTests("20261122-101502-40"))
        try await bench.recovery(uploader).run()
        #expect(try await bench.ledger.outcomes(of: bench.job) == [.stored: 2])
        #expect(try await bench.ledger.unsettledCount(of: bench.job) == 1)
        #expect(try await bench.ledger.openBatches(in: uploader.destination.key).isEmpty)
        #expect(try await bench.ledger.known([.e(1), .e(2), .e(3)], in: uploader.destination.key).count == 2)
    }

    @Test(arguments: [true, false]) func somebodyElsesPortraitSettlesNothing(otherPicture: Bool) async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        let row = try await bench.rows(1)[0]
        await bench.device.set { $0.faults[.batch] = [.lostBefore, .lostBefore, .lostBefore] }
        _ = try await uploader.send(batch: [row])
        let attributes = otherPicture ? row.row.attributes : PersonAttributes(name: "Other")
        await bench.device.place(.e(1), attributes, otherPicture ? try Picture.jpeg(9) : row.image.bytes)
        try await bench.recovery(uploader).run()
        #expect(try await bench.ledger.outcomes(of: bench.job) == [:])
    }

    @Test func twoHundredRowsOfOpenBatchesAreLookedUpInAHandfulOfCalls() async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        for number in 0..<1000 { await bench.device.place(.e(number + 10_000), PersonAttributes(), [1]) }
        await bench.device.set { $0.masked = [.identity, .address] }
        for batch in 0..<10 { _ = try await uploader.send(batch: bench.rows(20, from: batch * 20 + 1)) }
        await bench.device.forgetCounts()
        try await bench.recovery(uploader).run()
        #expect(try await bench.ledger.outcomes(of: bench.job) == [.stored: 200])
        let counts = await bench.device.counts
        #expect(counts[.page] ?? 0 <= 6)
        // The newest portrait is looked at whole.
        #expect(counts[.portrait] == 1 && counts[.clear] == 1)
    }

    @Test(arguments: [Weather.Field?.none, .address])
    func whatSomebodyStoredByHandAfterABatchBrokeOffSettlesNothing(masked: Weather.Field?) async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        let rows = try await bench.rows(4)
        await bench.device.set {
            if let masked { $0.masked = [masked] }
            $0.swallowed = [.e(3), .e(4)]
        }
        _ = try await uploader.send(batch: rows)
        await bench.device.place(.e(3), rows[2].row.attributes, try Picture.jpeg(9))
        await bench.device.place(.e(4), PersonAttributes(name: "Ann", address: "Bergen"), rows[3].image.bytes)
        try await bench.recovery(uploader).run()
        #expect(try await bench.results().keys.sorted() == ["E-1", "E-2"])
    }

    @Test func whatTheDeviceSaidOfARowBeforeTheRunBrokeOffStands() async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        await bench.device.place(.e(1), PersonAttributes(name: "Ann", address: "Bergen"), try Picture.jpeg(9))
        await bench.device.set { $0.masked = [.identity, .address] }
        let delivery = try await uploader.send(batch: bench.rows(3))
        try await bench.ledger.settle(delivery.settled, in: bench.job)
        try await bench.recovery(uploader).run()
        let results = try await bench.results()
        #expect(results["E-1"]?.outcome == .rejected)
        #expect(results["E-2"]?.outcome == .stored && results["E-3"]?.outcome == .stored)
    }

    @Test func manyRemovalsThatWereInterruptedAreLookedUpByListing() async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        for number in 0..<60 { await bench.device.place(.e(number), PersonAttributes(name: "Stays"), [1]) }
        for number in 20..<70 {
            try await bench.ledger.keep(
                SafePortrait(
                    library: uploader.destination.key,
                    imgID: .e(number),
                    job: bench.job,
                    purpose: .removal,
                    kept: 1_000,
                    attributes: PersonAttributes(name: "Leaver"),
                    image: [1]
                )
            )
        }
        await bench.device.forgetCounts()
        let recovery = Recovery(of: try await bench.uploader())
        await bench.device.forgetCounts()
        try await recovery.run()
        #expect(await bench.device.total <= 2)
        #expect(try await bench.ledger.outcomes(of: bench.job) == [.removed: 10])
        #expect(try await bench.ledger.pendingSafe(in: uploader.destination.key).isEmpty)
    }

    @Test func withoutAHashADevicesOwnEncodingIsTakenForWhatWasSent() async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        await bench.device.set { $0.reencodes = Picture.again }
        let row = try await bench.rows(1)[0]
        var print = row.fingerprint
        print.hash = []
        let bare = PreparedRow(row: row.row, image: row.image, fingerprint: print, action: .store, warnings: [])
        _ = try await uploader.send(batch: [bare])
        try await bench.recovery(uploader).run()
        #expect(try await bench.ledger.outcomes(of: bench.job) == [.stored: 1])
    }

    @Test(arguments: [true, false]) func anInterruptedRemovalIsSettledByWhatTheDeviceHas(isThere: Bool) async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        let attributes = PersonAttributes(name: "Leaver")
        try await bench.ledger.keep(
            SafePortrait(
                library: uploader.destination.key,
                imgID: .e(7),
                job: bench.job,
                purpose: .removal,
                kept: 1_000,
                attributes: attributes,
                image: [1]
            )
        )
        if isThere { await bench.device.place(.e(7), attributes, [1]) }
        try await bench.recovery(uploader).run()
        #expect(try await bench.ledger.pendingSafe(in: uploader.destination.key).isEmpty)
        let result = try await bench.results()["E-7"]
        #expect(result?.outcome == (isThere ? nil : .removed))
        if !isThere { #expect(result?.name == "Leaver") }
    }

    @Test(arguments: [true, false]) func aChangeOfAttributesThatWasInterruptedIsLeftToItsRow(isThere: Bool) async throws
    {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        let attributes = PersonAttributes(name: "Ann")
        try await bench.ledger.keep(
            SafePortrait(
                library: uploader.destination.key,
                imgID: .e(7),
                job: bench.job,
                purpose: .attributes,
                kept: 1_000,
                attributes: attributes,
                image: []
            )
        )
        if isThere { await bench.device.place(.e(7), attributes, [1]) }
        try await bench.recovery(uploader).run()
        #expect(try await bench.ledger.pendingSafe(in: uploader.destination.key).isEmpty)
        #expect(try await bench.ledger.trashCount(of: bench.job) == 1)
        #expect(await bench.device.stores.isEmpty)
        #expect(await bench.device.deletes.isEmpty)
    }
}
