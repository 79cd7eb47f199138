// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import Testing

@testable import FaceLibraries
@testable import FaceTransfer
@testable import FaceUpload

@Suite(.timeLimit(.minutes(20))) struct UploaderTests {
    /// Sends rows as one batch and settles them.
    private func send(
        _ count: Int,
        _ bench: TransferBench,
        _ weather: @Sendable (inout Weather) -> Void
    ) async throws -> [Settlement] {
        let uploader = try await bench.uploader()
        await bench.device.set(weather)
        let delivery = try await uploader.send(batch: try await bench.rows(count))
        return try await bench.settle(delivery, uploader)
    }

    @Test func aBatchStandsInTheLedgerUntilItsRowsAreReadBack() async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        let delivery = try await uploader.send(batch: try await bench.rows(3))
        #expect(delivery.claimed.count == 3)
        let open = try await bench.ledger.openBatches(in: uploader.destination.key)
        #expect(open.map(\.items.count) == [3])
        #expect(try await bench.results().isEmpty)
        try await bench.settle(delivery, uploader)
        #expect(try await bench.ledger.openBatches(in: uploader.destination.key).isEmpty)
        #expect(try await bench.ledger.outcomes(of: bench.job) == [.stored: 3])
    }

    @Test(arguments: [
        (Fault.lostBefore, 1), (.lostAfter, 1), (.unreachable, 1), (.malformed, 1), (.refused(-1), 1),
        (.refused(-3524), 1), (.lostBefore, 2), (.lostAfter, 2), (.refused(-3596), 1), (.refused(-1110), 1),
        (.refused(-1102), 1), (.tooLarge, 1), (.tooLarge, 3), (.refused(-1104), 2),
    ])
    func aBatchThatFailsAsAWholeIsStoredOnceAllTheSame(_ fault: Fault, _ times: Int) async throws {
        let bench = try await TransferBench()
        let settled = try await send(6, bench) { $0.faults[.batch] = Array(repeating: fault, count: times) }
        #expect(settled.count(.stored) == 6)
        #expect(await bench.device.stores == Dictionary(uniqueKeysWithValues: (1...6).map { (.e($0), 1) }))
    }

    @Test(arguments: [
        (-1102, Outcome.rejected, Reason.qualityLow), (-1101, .rejected, .faceNone), (-1109, .rejected, .faceMany),
        (-1104, .rejected, .imageFormat), (-1110, .rejected, .imageTooLarge), (-2754, .rejected, .imgIDLength),
        (-3596, .rejected, .deviceRefused), (-1103, .failed, .deviceRefused), (-122, .failed, .libraryFull),
        (-999, .rejected, .deviceRefused),
    ])
    func aRefusedRowKeepsItsCodeAndTheOthersGoThrough(_ code: Int, _ outcome: Outcome, _ reason: Reason) async throws {
        for file in [Weather.ResultFile.failures, .everything, .missing, .lies] {
            let bench = try await TransferBench()
            _ = try await send(5, bench) {
                $0.rowCodes[.e(5)] = code
                $0.resultFile = file
            }
            let results = try await bench.results()
            #expect(results["E-5"]?.outcome == outcome, "\(file)")
            #expect(results["E-5"]?.reason == reason, "\(file)")
            #expect(results["E-5"]?.deviceCode == code, "\(file)")
            #expect(results.values.count { $0.outcome == .stored } == 4, "\(file)")
        }
    }

    @Test(arguments: [false, true], [false, true])
    func rowsAfterARefusalAreSentAgain(stopping: Bool, withCode: Bool) async throws {
        let bench = try await TransferBench()
        let settled = try await send(8, bench) {
            $0.rowCodes = [.e(1): -1102, .e(5): -1101]
            $0.stopsAtFirst = stopping
            $0.codeOnError = withCode
        }
        #expect(settled.count(.stored) == 6)
        #expect(settled.count(.rejected) == 2)
        #expect(await bench.device.stores.values.allSatisfy { $0 == 1 })
    }

    @Test func aRowThatOnlyItsFileNameSpoiltGoesThroughAlone() async throws {
        let bench = try await TransferBench()
        let settled = try await send(4, bench) { $0.batchRowCodes[.e(2)] = -3596 }
        #expect(settled.count(.stored) == 4)
        #expect(await bench.device.counts[.store] == 1)
    }

    @Test(arguments: 1...7) func batchesShrinkToWhatTheDeviceTakes(_ most: Int) async throws {
        let bench = try await TransferBench()
        let settled = try await send(20, bench) { $0.mostImages = most }
        #expect(settled.count(.stored) == 20)
        #expect(await bench.device.stores.values.allSatisfy { $0 == 1 })
        // What was learned holds for the next batch.
        let uploader = try await bench.uploader()
        uploader.bounds.refused(count: 20)
        #expect(uploader.bounds.count == 10)
    }

    /// The rows with pictures of 27 KB.
    @Test func aPhotoThatAProxyDoesNotTakeIsMadeSmaller() async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        let rows = bench.bitmaps(try await bench.rows(6))
        let most = 20_000
        await bench.device.set { $0.mostBytes = most }
        let settled = try await bench.settle(uploader.send(batch: rows), uploader)
        #expect(settled.map(\.outcome) == Array(repeating: .stored, count: 6))
        #expect(settled.allSatisfy { $0.reason == .imageTooLarge && $0.detail.contains("made smaller") })
        #expect(await bench.device.content.values.allSatisfy { $0.image.count <= most })
        #expect(await bench.device.stores.values.allSatisfy { $0 == 1 })
        // What was learned spares the next photo the attempts.
        let before = await bench.device.counts[.store] ?? 0
        _ = try await bench.settle(uploader.send(single: bench.bitmaps(bench.rows(1, from: 9))[0]), uploader)
        #expect(await bench.device.counts[.store] == before + 1)
    }

    @Test func aPhotoThatCannotBeMadeSmallEnoughIsRejectedWithTheSizeThatPasses() async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        await bench.device.set { $0.mostBytes = 100 }
        let settled = try await bench.settle(uploader.send(single: bench.rows(1)[0]), uploader)
        #expect(settled.map(\.outcome) == [.rejected])
        #expect(settled.first?.reason == .imageTooLarge)
        #expect(settled.first?.detail.contains("go through") == true)
        #expect(try await bench.ledger.openBatches(in: uploader.destination.key).isEmpty)
    }

    @Test func anImageThatIsTooLargeAloneIsRejected() async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        await bench.device.set { $0.faults = [.batch: [.tooLarge], .store: [.tooLarge]] }
        let settled = try await bench.settle(uploader.send(batch: bench.rows(1)), uploader)
        #expect(settled.first?.reason == .imageTooLarge)
    }

    @Test(arguments: [Fault.lostBefore, .unreachable, .malformed])
    func rowsWhoseRepliesStayAwayFailAndAreLookedUpByTheNextRun(_ fault: Fault) async throws {
        let bench = try await TransferBench()
        let settled = try await send(4, bench) {
            $0.faults = [.batch: Array(repeating: fault, count: 99), .store: Array(repeating: fault, count: 99)]
        }
        #expect(settled.count(.failed) == 4)
        #expect(settled.allSatisfy { $0.reason == .deviceUnreachable })
        let open = try await bench.ledger.openBatches(in: .init(device: "STSN1", library: 3))
        #expect(open.flatMap(\.items).count == 4)
        let calls = await bench.device.counts
        // Two batches that were halved, and three attempts for each row on its own.
        #expect((calls[.batch] ?? 0) + (calls[.store] ?? 0) <= 3 + 4 * Uploader.attempts)
    }

    @Test func oneRowThatBreaksTheDeviceDoesNotTakeItsBatchAlong() async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        // The device answers -1 for any call that has the row.
        let rows = try await bench.rows(8)
        await bench.device.set {
            $0.faults[.batch] = Array(repeating: .refused(-1), count: 99)
            $0.rowCodes[.e(3)] = -1
        }
        let settled = try await bench.settle(uploader.send(batch: rows), uploader)
        #expect(settled.count(.stored) == 7)
        #expect(settled.first { $0.outcome == .failed }?.key == "row 3")
    }

    @Test func whenTheDeviceCannotBeAskedTheRunEndsAndTheBatchStaysOpen() async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        let rows = try await bench.rows(4)
        await bench.device.set {
            $0.faults = [.batch: [.lostAfter], .page: Array(repeating: .unreachable, count: 9)]
        }
        let delivery = try await uploader.send(batch: rows)
        #expect(delivery.fatal?.code == .unreachable)
        #expect(delivery.settled.count(.failed) == 4)
        #expect(delivery.openBatches.isEmpty)
        #expect(try await bench.ledger.openBatches(in: uploader.destination.key).count == 1)
    }

    @Test func nothingMoreIsSentOnceTheDeviceIsGone() async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        let rows = try await bench.rows(8)
        await bench.device.set {
            for number in 1...8 { $0.batchRowCodes[.e(number)] = -3596 }
            $0.faults = [
                .store: Array(repeating: .unreachable, count: 99), .portrait: Array(repeating: .unreachable, count: 99),
            ]
        }
        let delivery = try await uploader.send(batch: rows)
        #expect(delivery.fatal != nil)
        #expect(await bench.device.counts[.store] == 1)
    }

    @Test(arguments: [-117, -1105, -1108]) func aLibraryThatIsGoneEndsTheRun(_ code: Int) async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        await bench.device.set { $0.faults[.batch] = [.refused(code)] }
        let delivery = try await uploader.send(batch: bench.rows(3))
        #expect(delivery.fatal?.deviceCode == code)
        #expect(delivery.settled.allSatisfy { $0.outcome == .failed && $0.reason == .libraryMissing })
    }

    @Test(arguments: [Weather.ResultFile.failures, .everything, .missing])
    func aFullDeviceKeepsWhatItTookAndIsAskedNoMore(_ file: Weather.ResultFile) async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        await bench.device.set {
            $0.capacity = 3
            $0.resultFile = file
        }
        let settled = try await bench.settle(uploader.send(batch: bench.rows(8)), uploader)
        #expect(settled.count(.stored) == 3)
        #expect(settled.filter { $0.outcome == .failed }.map(\.reason) == Array(repeating: .libraryFull, count: 5))
        let calls = await bench.device.total
        let more = try await bench.settle(uploader.send(batch: bench.rows(4, from: 9)), uploader)
        #expect(more.count(.failed) == 4)
        #expect(await bench.device.total == calls)
    }

    @Test(arguments: [-1100, -116]) func anIDThatAnotherLibraryHasIsTaken(_ code: Int) async throws {
        let bench = try await TransferBench()
        _ = try await send(3, bench) { $0.rowCodes[.e(2)] = code }
        let taken = try #require(try await bench.results()["E-2"])
        #expect(taken.outcome == .rejected)
        #expect(taken.reason == .imgIDTaken)
        #expect(taken.detail.contains("another library"))
    }

    @Test(arguments: [Weather.ResultFile.failures, .everything, .missing])
    func somebodyElsesPortraitUnderTheIDIsNeverClaimed(_ file: Weather.ResultFile) async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        let rows = try await bench.rows(3)
        // The same attributes and another picture: only the picture tells.
        await bench.device.place(.e(2), rows[1].row.attributes, try Picture.jpeg(99))
        await bench.device.set { $0.resultFile = file }
        try await bench.settle(uploader.send(batch: rows), uploader)
        let results = try await bench.results()
        #expect(results["E-2"]?.outcome == .rejected)
        #expect(results["E-2"]?.reason == .imgIDTaken)
        #expect(results["E-1"]?.outcome == .stored)
    }

    @Test(arguments: [false, true]) func aRowThatIsThereAlreadyAsItWasSentIsStored(reencoded: Bool) async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        let rows = try await bench.rows(2)
        let image = reencoded ? Picture.again(rows[0].image.bytes) : rows[0].image.bytes
        await bench.device.place(.e(1), rows[0].row.attributes, image)
        let settled = try await bench.settle(uploader.send(batch: rows), uploader)
        #expect(settled.count(.stored) == 2)
    }

    @Test func aRefusalOfWhatTheDeviceHasIsReportedAsAContradiction() async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        var row = try await bench.rows(1)[0]
        row.warnings = [Rejection(.attributeComma, "the name holds a comma")]
        await bench.device.place(.e(1), row.row.attributes, row.image.bytes)
        await bench.device.set { $0.rowCodes[.e(1)] = -1102 }
        try await bench.settle(uploader.send(single: row), uploader)
        let result = try #require(try await bench.results()["E-1"])
        #expect(result.outcome == .stored)
        #expect(result.reason == .deviceContradicts)
    }

    @Test(arguments: [(Fault.lostBefore, 2, Outcome.stored), (.lostAfter, 1, .stored), (.lostBefore, 3, .failed)])
    func aSinglePortraitIsTriedThreeTimes(_ fault: Fault, _ times: Int, _ outcome: Outcome) async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        await bench.device.set { $0.faults[.store] = Array(repeating: fault, count: times) }
        let settled = try await bench.settle(uploader.send(single: bench.rows(1)[0]), uploader)
        #expect(settled.map(\.outcome) == [outcome])
        #expect(await bench.device.stores[.e(1), default: 0] == (outcome == .stored ? 1 : 0))
    }

    @Test(arguments: [Weather.ResultFile.failures, .missing])
    func aDeviceThatTakesItsTimeIsWaitedFor(_ file: Weather.ResultFile) async throws {
        let bench = try await TransferBench()
        let settled = try await send(6, bench) {
            $0.lookupsUntilShown = 3
            $0.resultFile = file
            $0.rowCodes[.e(6)] = -1102
        }
        #expect(settled.count(.stored) == 5)
        #expect(settled.count(.rejected) == 1)
    }
}
