// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import Testing

@testable import FaceLibraries
@testable import FaceTransfer

@Suite(.timeLimit(.minutes(20))) struct ReadbackTests {
    private let device = InMemoryDevice()
    private let clock = InstantClock()

    private func readback(after there: Int, new: ClosedRange<Int>) async throws -> Readback {
        for number in 0..<there { await device.place(.e(number + 10_000), PersonAttributes(), [1]) }
        let library = try await device.libraries()[0]
        for number in new { await device.place(.e(number), PersonAttributes(), [1]) }
        await device.forgetCounts()
        let destination = Destination(
            device: device,
            identity: DeviceIdentity(serial: "STSN1", deviceID: "1", version: "2.4.0"),
            settings: .forTests,
            library: library,
            key: .init(device: "STSN1", library: library.id)
        )
        return Readback(destination, clock: clock)
    }

    @Test(arguments: [
        // there before, sent, newest first, calls at most
        (0, 1, false, 1), (0, 40, false, 1), (0, 200, false, 6), (1000, 20, false, 2), (1000, 200, false, 6),
        (1000, 20, true, 3), (1000, 200, true, 6), (40, 20, true, 2), (1000, 1, false, 1),
    ])
    func whatWasSentIsFoundInFewCalls(_ before: Int, _ sent: Int, _ newestFirst: Bool, _ calls: Int) async throws {
        let readback = try await readback(after: before, new: 1...sent)
        await device.set { $0.isDescending = newestFirst }
        let found = try await readback.find((1...sent).map(PortraitID.e))
        #expect(found.count == sent)
        #expect(await device.total <= calls)
    }

    @Test func manyThatAreMissingAreLookedForByReadingAllWhereThatTakesFewerCalls() async throws {
        let readback = try await readback(after: 400, new: 1...1)
        let found = try await readback.find((1...100).map(PortraitID.e))
        #expect(found.count == 1)
        // Nine pages hold the library; a hundred questions would tell the same.
        #expect(await device.total <= 14)
    }

    @Test func fewThatAreMissingAreAskedForOneByOne() async throws {
        let readback = try await readback(after: 1000, new: 1...10)
        let found = try await readback.find((1...12).map(PortraitID.e))
        #expect(found.count == 10)
        #expect(await device.counts[.portrait] == 2)
    }

    @Test(arguments: [1, 5]) func patienceIsForDevicesThatTakeTheirTime(_ count: Int) async throws {
        let readback = try await readback(after: 0, new: 1...1)
        await device.removeAll()
        await device.set { $0.lookupsUntilShown = 4 }
        for number in 1...count { await device.place(.e(number), PersonAttributes(), [1]) }
        #expect(try await readback.find((1...count).map(PortraitID.e)).isEmpty)
        #expect(clock.waited == .zero)
        #expect(try await readback.find((1...count).map(PortraitID.e), patience: .seconds(6)).count == count)
        #expect(clock.waited > .zero)
    }

    @Test func aLibraryThatShrankIsReadFromItsRealEnd() async throws {
        let readback = try await readback(after: 400, new: 1...1)
        await device.removeAll()
        for number in 1...100 { await device.place(.e(number), PersonAttributes(), [1]) }
        #expect(try await readback.find((51...100).map(PortraitID.e)).count == 50)
        #expect(await device.total <= 4)
    }
}
