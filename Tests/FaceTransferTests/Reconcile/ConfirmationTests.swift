// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import Testing

@testable import FaceLibraries
@testable import FaceTransfer
@testable import FaceUpload

@Suite(.timeLimit(.minutes(20))) struct ConfirmationTests {
    @Test func whatTheDeviceClaimsAndDoesNotHaveIsAContradictionAndIsSentAgainNextTime() async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        await bench.device.set { $0.swallowed = [.e(2)] }
        try await bench.settle(uploader.send(batch: bench.rows(3)), uploader)
        let result = try #require(try await bench.results()["E-2"])
        #expect(result.outcome == .failed)
        #expect(result.reason == .deviceContradicts)
        await bench.device.calm()
        try await bench.settle(uploader.send(batch: bench.rows(1, from: 2)), uploader)
        #expect(try await bench.ledger.outcomes(of: bench.job) == [.stored: 3])
    }

    @Test func aPortraitWithOtherValuesThanWereSentIsAContradictionThatNamesTheFieldOnly() async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        await bench.device.set { $0.spoilsName = { String($0.dropLast()) } }
        try await bench.settle(uploader.send(batch: bench.rows(1)), uploader)
        let result = try #require(try await bench.results()["E-1"])
        #expect(result.reason == .deviceContradicts)
        #expect(result.detail.contains("name"))
        #expect(!result.detail.contains("Ann"))
        #expect(try await bench.ledger.known([.e(1)], in: uploader.destination.key).isEmpty)
    }

    @Test func maskedFieldsContradictNothing() async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        await bench.device.set { $0.masked = [.name, .identity, .address] }
        try await bench.settle(uploader.send(batch: bench.rows(3)), uploader)
        #expect(try await bench.ledger.outcomes(of: bench.job) == [.stored: 3])
        #expect(try await bench.ledger.known([.e(1), .e(2)], in: uploader.destination.key).count == 2)
    }

    @Test func twoHundredRowsAreReadBackInAHandfulOfCalls() async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        var delivery = Delivery()
        for batch in 0..<10 {
            delivery = delivery + (try await uploader.send(batch: bench.rows(20, from: batch * 20 + 1)))
        }
        let before = await bench.device.total
        let settled = try await bench.settle(delivery, uploader)
        #expect(settled.count(.stored) == 200)
        #expect(await bench.device.total - before <= 6)
    }
}
