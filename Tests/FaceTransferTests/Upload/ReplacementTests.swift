// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import Testing

@testable import FaceLibraries
@testable import FaceTransfer
@testable import FaceUpload

@Suite(.timeLimit(.minutes(20))) struct ReplacementTests {
    private let bench: TransferBench
    private let uploader: Uploader
    private let old: [UInt8]
    private let oldAttributes = PersonAttributes(name: "Old", identity: "1", gender: .male, age: 70, address: "Rome")

    init() async throws {
        bench = try await TransferBench()
        uploader = try await bench.uploader()
        old = try Picture.jpeg(500)
        await bench.device.place(.e(1), oldAttributes, old)
    }

    private func change(image: Bool) async throws -> Delivery {
        var difference = Difference(attributes: nil, image: image)
        let row = try await bench.rows(1, action: .update(difference))[0]
        difference.attributes = AttributeChange(row.row.attributes)
        return try await Replacement(uploader: uploader).change(row, difference)
    }

    private func recover() async throws {
        await bench.device.calm()
        try await bench.recovery(try await bench.uploader()).run()
    }

    @Test func attributesChangeInPlace() async throws {
        let settled = try await bench.settle(change(image: false), uploader)
        #expect(settled.map(\.outcome) == [.updated])
        let portrait = try #require(await bench.device.content[.e(1)])
        #expect(portrait.image == old)
        #expect(portrait.attributes.name == "Ann")
        #expect(await bench.device.counts[.delete] == nil)
    }

    @Test(arguments: [Fault.lostBefore, .lostAfter, .refused(-1)])
    func aChangeOfAttributesWhoseAnswerIsLostIsSentAgain(_ fault: Fault) async throws {
        await bench.device.set { $0.faults[.update] = [fault] }
        let settled = try await bench.settle(change(image: false), uploader)
        #expect(settled.map(\.outcome) == [.updated])
    }

    @Test func anImageIsReplacedAndTheOldPortraitIsInTheTrashAfterwards() async throws {
        let settled = try await bench.settle(change(image: true), uploader)
        #expect(settled.map(\.outcome) == [.updated])
        #expect(await bench.device.content[.e(1)]?.image == (try Picture.jpeg(1)))
        #expect(try await bench.ledger.pendingSafe(in: uploader.destination.key).isEmpty)
        let entry = try #require(try await bench.ledger.trash(of: bench.job, after: nil, limit: 9).entries.first)
        let kept = try #require(try await bench.ledger.trashed(entry.id))
        #expect(entry.purpose == .replacement)
        #expect((kept.imgID, kept.attributes, kept.image) == (.e(1), oldAttributes, old))
        #expect(abs(kept.kept - Moment.now) < 600)
    }

    @Test func theDeviceSeesTheNewImageBeforeTheOldOneGoes() async throws {
        await bench.device.set { $0.faults[.detect] = [.refused(-1101)] }
        let settled = try await bench.settle(change(image: true), uploader)
        #expect(settled.map(\.reason) == [.faceNone])
        #expect(await bench.device.deletes.isEmpty)
    }

    @Test func aRefusedImageIsFollowedByTheOldOne() async throws {
        await bench.device.set { $0.faults[.store] = [.refused(-1102)] }
        let settled = try await bench.settle(change(image: true), uploader)
        #expect(settled.map(\.outcome) == [.rejected])
        let portrait = try #require(await bench.device.content[.e(1)])
        #expect(portrait.image == old)
        #expect(portrait.attributes == AttributeChange(oldAttributes))
        #expect(try await bench.ledger.pendingSafe(in: uploader.destination.key).isEmpty)
        #expect(try await bench.ledger.trashCount(of: bench.job) == 0)
    }

    @Test func aMaskIsNeverWrittenBack() async throws {
        await bench.device.set {
            $0.masked = [.identity, .address]
            $0.faults[.store] = [.refused(-1102)]
        }
        try await bench.settle(change(image: true), uploader)
        #expect(await bench.device.content[.e(1)]?.attributes == AttributeChange(oldAttributes))
    }

    @Test(arguments: [true, false]) func whatCannotBeFetchedWholeIsNotReplaced(masked: Bool) async throws {
        await bench.device.set {
            if masked {
                $0.masked = [.identity]
                $0.staysMasked = true
            }
        }
        if !masked {
            await bench.device.removeAll()
            await bench.device.set { $0.keepsImages = false }
            await bench.device.place(.e(1), oldAttributes, old)
        }
        let settled = try await bench.settle(change(image: true), uploader)
        #expect(settled.map(\.outcome) == [.failed])
        #expect(await bench.device.deletes.isEmpty)
    }

    @Test func onAFullDeviceAnImageCanStillBeReplaced() async throws {
        await bench.device.set { $0.capacity = 1 }
        uploader.bounds.markFull()
        let settled = try await bench.settle(change(image: true), uploader)
        #expect(settled.map(\.outcome) == [.updated])
    }

    @Test(
        arguments: [Call.portrait, .detect, .delete, .store],
        [
            [Fault.refused(-1)], [.refused(-3596)], [.lostBefore], [.lostAfter], [.unreachable],
            [.lostBefore, .lostBefore, .lostBefore, .lostBefore, .lostBefore], [.refused(-1102), .refused(-1)],
            [.refused(-1102), .refused(-1102)], [.refused(-1102), .lostAfter], [.refused(-1102), .lostBefore],
            [.refused(-122), .refused(-122)],
        ]
    )
    func atEveryFailingPointThePortraitIsOnTheDeviceOrInTheSafe(_ call: Call, _ faults: [Fault]) async throws {
        await bench.device.set { $0.faults[call] = faults }
        do {
            let delivery = try await change(image: true)
            try await bench.ledger.settle(delivery.settled, in: bench.job)
            if delivery.fatal == nil { try await bench.settle(Delivery(claimed: delivery.claimed), uploader) }
        } catch is DeviceError {}
        let there = await bench.device.content[.e(1)] != nil
        let waits = try await !bench.ledger.pendingSafe(in: uploader.destination.key).isEmpty
        #expect(there || waits)
        try await recover()
        let image = await bench.device.content[.e(1)]?.image
        let new = try Picture.jpeg(1)
        #expect(image == old || image == new)
        #expect(try await bench.ledger.pendingSafe(in: uploader.destination.key).isEmpty)
    }

    @Test func aRowSaysThatItsOldPortraitWaitsInTheSafe() async throws {
        await bench.device.set { $0.faults[.store] = [.refused(-1102), .refused(-1104)] }
        try await bench.settle(change(image: true), uploader)
        let result = try #require(try await bench.results()["E-1"])
        #expect(result.outcome == .failed)
        #expect(result.detail.contains("-1102"))
        #expect(result.detail.contains("safe"))
    }

    @Test func whatCannotBePutBackStaysInTheSafeAndDoesNotStopTheNextRun() async throws {
        await bench.device.set { $0.faults[.store] = [.refused(-1102), .refused(-1102)] }
        try await bench.settle(change(image: true), uploader)
        await bench.device.set { $0.faults[.store] = [.refused(-1102)] }
        try await bench.recovery(uploader).run()
        #expect(try await bench.ledger.pendingSafe(in: uploader.destination.key).map(\.imgID) == [.e(1)])
        try await recover()
        #expect(await bench.device.content[.e(1)]?.image == old)
    }
}
