// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import Testing

@testable import FaceTransfer
@testable import FaceUpload

/// Rules 1 and 4: wherever a run ends, the next one loses nothing and stores nothing twice.
@Suite(.timeLimit(.minutes(20))) struct CrashTests {
    private static let options = ImportOptions(updates: true, removes: true, deleteLimit: .count(5))

    /// A library in which five portraits are new, two have another picture, one another name, one left.
    private func scene(onDisk: Bool) async throws -> ImportBench {
        let bench = try ImportBench(onDisk: onDisk)
        try bench.photos(1...6)
        try await bench.run()
        try bench.photo("E-1", picture: 101)
        try bench.photo("E-2", picture: 102)
        try bench.remove("E-3")
        try bench.photo("E-3", picture: 3, name: "Anna")
        try bench.remove("E-4")
        try bench.photos(7...11)
        bench.nextJob()
        await bench.device.forgetCounts()
        return bench
    }

    private func check(_ bench: ImportBench, _ comment: Comment) async throws {
        let content = await bench.device.content
        #expect(content.keys.map(\.text).sorted() == (1...11).filter { $0 != 4 }.map { "E-\($0)" }.sorted(), comment)
        for number in 1...11 where number != 4 {
            let picture = number <= 2 ? number + 100 : number
            #expect(content[.e(number)]?.image == (try Picture.jpeg(picture)), comment)
            #expect(content[.e(number)]?.attributes.name == (number == 3 ? "Anna" : "Ann"), comment)
        }
        let stores = await bench.device.stores
        for number in 7...11 { #expect(stores[.e(number)] == 1, comment) }
        let outcomes = try await bench.outcomes()
        #expect(outcomes[.stored] == 5, comment)
        #expect(outcomes[.removed] == 1, comment)
        // A change of attributes that was carried out before the end is found as unchanged.
        #expect(outcomes[.updated, default: 0] + outcomes[.unchanged, default: 0] == 5, comment)
        #expect(outcomes.values.reduce(0, +) == 11, comment)
        #expect(try await bench.leftovers() == 0, comment)
    }

    @Test(arguments: [false, true]) func aRunThatIsKilledAtAnyCallIsFinishedByTheNext(afterActing: Bool) async throws {
        var call = 1
        while true {
            let bench = try await scene(onDisk: call % 8 == 1)
            await bench.device.kill(at: call, afterActing: afterActing)
            let comment: Comment = "killed at call \(call)"
            do {
                try await bench.run(Self.options, batchSize: 2)
                break
            } catch is InMemoryDevice.Killed {}
            let content = await bench.device.content
            for number in [1, 2, 3, 5, 6] where content[.e(number)] == nil {
                let key = LibraryKey(device: "STSN1", library: InMemoryDevice.libraryID)
                #expect(try await bench.ledger.safePortrait(.e(number), in: key) != nil, comment)
            }
            await bench.device.kill(at: nil, afterActing: false)
            try bench.restart()
            try await bench.run(Self.options, batchSize: 2)
            try await check(bench, comment)
            call += 1
        }
        #expect(call > 20)
    }

    @Test(arguments: 1...24) func anyWeatherFollowedByAFairDayEndsWell(_ seed: UInt64) async throws {
        let bench = try await scene(onDisk: false)
        var numbers = SeededNumbers(seed)
        for attempt in 0..<4 {
            let isDescending = Bool.random(using: &numbers)
            let file = [Weather.ResultFile.failures, .everything, .missing, .lies].randomElement(using: &numbers)
            let masked = Bool.random(using: &numbers)
            let hidden = Int.random(in: 0...2, using: &numbers)
            let stops = Bool.random(using: &numbers)
            await bench.device.set {
                $0.isDescending = isDescending
                $0.resultFile = file ?? .failures
                $0.masked = masked ? [.identity, .address] : []
                $0.lookupsUntilShown = hidden
                $0.stopsAtFirst = stops
                $0.reencodes = nil
            }
            await bench.device.brew(0.15, seed: seed &* 31 &+ UInt64(attempt))
            do { try await bench.run(Self.options, batchSize: 3) } catch {}
        }
        await bench.device.calm()
        try await bench.run(Self.options, batchSize: 3)
        try await check(bench, "seed \(seed)")
    }

    @Test(arguments: 1...12) func sixtyRowsInAnyWeatherAreStoredOnceEach(_ seed: UInt64) async throws {
        let bench = try ImportBench()
        var numbers = SeededNumbers(seed)
        let count = Int.random(in: 20...60, using: &numbers)
        try bench.photos(1...count)
        let refused = (1...count).filter { _ in Int.random(in: 0..<10, using: &numbers) == 0 }
        for attempt in 0..<3 {
            let file = [Weather.ResultFile.failures, .everything, .missing, .lies].randomElement(using: &numbers)
            let most = [2, 7, 100].randomElement(using: &numbers) ?? 100
            let withCode = Bool.random(using: &numbers)
            let hidden = Int.random(in: 0...2, using: &numbers)
            await bench.device.set {
                $0.resultFile = file ?? .failures
                $0.mostImages = most
                $0.codeOnError = withCode
                $0.lookupsUntilShown = hidden
                for number in refused { $0.rowCodes[.e(number)] = -1102 }
            }
            await bench.device.brew(0.2, seed: seed &* 17 &+ UInt64(attempt))
            do { try await bench.run(batchSize: 7) } catch {}
        }
        await bench.device.calm()
        await bench.device.set { for number in refused { $0.rowCodes[.e(number)] = -1102 } }
        try await bench.run(batchSize: 7)
        let outcomes = try await bench.outcomes()
        #expect(outcomes[.stored, default: 0] == count - refused.count, "seed \(seed)")
        #expect(outcomes[.rejected, default: 0] == refused.count, "seed \(seed)")
        #expect(await bench.device.stores.values.allSatisfy { $0 == 1 }, "seed \(seed)")
        #expect(await bench.device.portraits.count == count - refused.count, "seed \(seed)")
        #expect(try await bench.leftovers() == 0, "seed \(seed)")
    }
}
