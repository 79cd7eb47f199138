// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceLibraries
import FaceModel
import FacePipeline
import FaceUpload
import Testing

@testable import FaceTransfer

/// Photos that do not get through: for their size, or because the network breaks.
@Suite(.timeLimit(.minutes(5))) struct PhotoFittingTests {
    @Test(arguments: [1, 2]) func aConnectionThatBreaksNowAndThenIsNoLimit(breaks: Int) async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        let row = bench.bitmaps(try await bench.rows(1))[0]
        await bench.device.set { $0.faults = [.store: Array(repeating: .cutOff, count: breaks)] }
        let settled = try await bench.settle(uploader.send(single: row), uploader)
        #expect(settled.map(\.outcome) == [.stored] && settled.first?.reason == nil)
        #expect(await bench.device.content.values.map(\.image) == [row.image.bytes])
        #expect(uploader.bounds.target(forPhoto: row.image.bytes.count) == nil)
    }

    @Test func aNetworkThatBreaksAtEverySizeIsNoLimitEither() async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        let row = bench.bitmaps(try await bench.rows(1))[0]
        await bench.device.set { $0.faults = [.store: Array(repeating: .cutOff, count: 99)] }
        let settled = try await bench.settle(uploader.send(single: row), uploader)
        #expect(settled.map(\.outcome) == [.failed] && settled.first?.reason == .deviceUnreachable)
        #expect(uploader.bounds.target(forPhoto: row.image.bytes.count) == nil)
        #expect(try await bench.ledger.openBatches(in: uploader.destination.key).isEmpty)
        // The next photo goes as it is.
        await bench.device.calm()
        let again = try await bench.settle(uploader.send(single: row), uploader)
        #expect(again.map(\.outcome) == [.stored] && again.first?.reason == nil)
    }

    @Test func aSizeAtWhichItBreaksEveryTimeIsALimitOnceASmallerOneGoesThrough() async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        let rows = bench.bitmaps(try await bench.rows(2))
        await bench.device.set { ($0.mostBytes, $0.cutsOff) = (20_000, true) }
        let first = try await bench.settle(uploader.send(single: rows[0]), uploader)
        #expect(first.map(\.outcome) == [.stored] && first.first?.reason == .imageTooLarge)
        // It was sent three times as it was, and what was learned spares the next one that.
        #expect((await bench.device.counts[.store] ?? 0) > PhotoFitting.attempts)
        let before = await bench.device.counts[.store] ?? 0
        _ = try await bench.settle(uploader.send(single: rows[1]), uploader)
        #expect(await bench.device.counts[.store] == before + 1)
    }

    @Test(arguments: [false, true]) func thePrecheckMakesPhotosSmallerAsTheImportDoes(cutsOff: Bool) async throws {
        let bench = try await TransferBench()
        let uploader = try await bench.uploader()
        let rows = bench.bitmaps(try await bench.rows(3))
        await bench.device.set { ($0.mostBytes, $0.cutsOff) = (20_000, cutsOff) }
        let (input, output) = (Channel<PortraitPreparation.Result>(), Channel<PortraitPreparation.Result>())
        let precheck = DevicePrecheck(device: bench.device, connections: 1, fitting: uploader.fitting)
        async let run: Void = precheck.run(from: input, to: output)
        async let feed: Void = {
            for row in rows { try await input.send(.ready(row)) }
            input.finish()
        }()
        var sizes: [Int] = []
        for await result in output {
            guard case .ready(let row) = result else {
                Issue.record("\(result)")
                continue
            }
            #expect(row.detection != nil && row.warnings.map(\.reason).contains(.imageTooLarge))
            sizes.append(row.image.bytes.count)
        }
        _ = try await (run, feed)
        #expect(sizes.count == 3 && sizes.allSatisfy { $0 <= 20_000 })
    }
}
