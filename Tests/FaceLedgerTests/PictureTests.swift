// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Testing

@testable import FaceLedger

@Suite(.timeLimit(.minutes(20))) struct PictureTests {
    let ledger: SQLiteLedger

    init() async throws {
        ledger = try SQLiteLedger.inMemory()
        try await ledger.begin(.sample())
    }

    private func record(
        _ number: Int,
        content: UInt8,
        hash: [UInt64],
        keys: [UInt64]? = nil,
        nearness: Int
    ) async throws -> PictureTwin? {
        let picture = PictureRecord(
            key: "key-\(number)",
            content: .filled(content),
            hash: hash,
            keys: keys ?? (hash.isEmpty ? [] : [17, 4])
        )
        return try await ledger.recordPictures([picture], nearness: nearness, in: "j1").first ?? nil
    }

    @Test func theSamePhotoUnderAnotherIDNamesTheEarlierRow() async throws {
        _ = try await ledger.register([.sample(0, line: 2), .sample(1), .sample(2)], in: "j1")
        #expect(try await record(0, content: 1, hash: [], nearness: 4) == nil)
        let twin = try #require(try await record(1, content: 1, hash: [], nearness: 4))
        #expect(twin.source == "new/photo-0.jpg")
        #expect(twin.line == 2)
        #expect(twin.imgID == "E-0")
        #expect(twin.identical)
        #expect(try await record(2, content: 2, hash: [], nearness: 4) == nil)
    }

    @Test func picturesOfOneCallAreComparedWithEachOther() async throws {
        _ = try await ledger.register((0..<3).map { .sample($0) }, in: "j1")
        let pictures = (0..<3).map { PictureRecord(key: "key-\($0)", content: .filled(1), hash: [7], keys: [1]) }
        let twins = try await ledger.recordPictures(pictures, nearness: 0, in: "j1")
        #expect(twins.map { $0?.imgID } == [nil, "E-0", "E-0"])
    }

    @Test(arguments: [
        ([0x0000_0000_0000_0003], true), ([0x0000_0000_0000_0004], false), ([0x0001_0001_0000_0001], true),
        ([0x0000_0000_0000_00FD], true), ([0x0000_0000_0000_00FC], false), ([0x0100_0000_0000_00FE], true),
        ([0x0100_0000_0000_00FD], false),
    ])
    func theDistanceIsTheSumOfTheDifferencesOfSignedBytes(hash: [UInt64], isNear: Bool) async throws {
        _ = try await ledger.register((0..<2).map { .sample($0) }, in: "j1")
        #expect(try await record(0, content: 0, hash: [0], nearness: 3) == nil)
        #expect((try await record(1, content: 1, hash: hash, nearness: 3) != nil) == isNear)
    }

    @Test func picturesAreNearOnlyWhereTheyShareAKeyInItsPlace() async throws {
        _ = try await ledger.register((0..<4).map { .sample($0) }, in: "j1")
        #expect(try await record(0, content: 0, hash: [0], keys: [1, 2], nearness: 3) == nil)
        #expect(try await record(1, content: 1, hash: [0], keys: [2, 1], nearness: 3) == nil)
        #expect(try await record(2, content: 2, hash: [0], keys: [9, 2], nearness: 3)?.imgID == "E-0")
        #expect(try await record(3, content: 3, hash: [0], keys: [], nearness: 3) == nil)
    }

    @Test func hashesOfOtherLengthsAreNeverNear() async throws {
        _ = try await ledger.register((0..<2).map { .sample($0) }, in: "j1")
        #expect(try await record(0, content: 0, hash: [0], nearness: 9) == nil)
        #expect(try await record(1, content: 1, hash: [0, 0], nearness: 9) == nil)
    }

    @Test func anIdenticalPhotoIsNamedBeforeANearOne() async throws {
        _ = try await ledger.register((0..<3).map { .sample($0) }, in: "j1")
        #expect(try await record(0, content: 0, hash: [0], nearness: 2) == nil)
        #expect(try await record(1, content: 1, hash: [.max], nearness: 2) == nil)
        let twin = try await record(2, content: 1, hash: [0], nearness: 2)
        #expect(twin?.imgID == "E-1")
        #expect(twin?.identical == true)
    }

    @Test func theEarliestOfSeveralIsNamedAndNeverALaterOne() async throws {
        _ = try await ledger.register([5, 1, 3].map { .sample($0) }, in: "j1")
        #expect(try await record(5, content: 5, hash: [0], nearness: 2) == nil)
        #expect(try await record(3, content: 3, hash: [1], nearness: 2) == nil)
        #expect(try await record(1, content: 1, hash: [2], nearness: 2) == nil)
        #expect(try await record(5, content: 5, hash: [0], nearness: 2)?.imgID == "E-1")
    }

    @Test func rowsWithTheSameIDAreNoTwinsAndRowsWithoutAre() async throws {
        _ = try await ledger.register(
            [.sample(0, imgID: "X"), .sample(1, imgID: "X"), .sample(2, imgID: ""), .sample(3, imgID: "")],
            in: "j1"
        )
        #expect(try await record(0, content: 1, hash: [], nearness: 0) == nil)
        #expect(try await record(1, content: 1, hash: [], nearness: 0) == nil)
        #expect(try await record(2, content: 1, hash: [], nearness: 0)?.source == "new/photo-0.jpg")
        #expect(try await record(3, content: 2, hash: [], nearness: 0) == nil)
        #expect(try await record(2, content: 2, hash: [], nearness: 0) == nil)
        #expect(try await record(3, content: 2, hash: [], nearness: 0)?.source == "new/photo-2.jpg")
    }

    @Test func recordingAgainReplacesWhatWasRecorded() async throws {
        _ = try await ledger.register((0..<3).map { .sample($0) }, in: "j1")
        #expect(try await record(0, content: 1, hash: [5], nearness: 0) == nil)
        #expect(try await record(0, content: 2, hash: [6], nearness: 0) == nil)
        #expect(try await record(1, content: 1, hash: [5], nearness: 0) == nil)
        #expect(try await record(2, content: 2, hash: [9], nearness: 0)?.imgID == "E-0")
    }

    @Test func aRowThatFailedFindsItsTwinAfterAnEndAndAFinishedJobForgets() async throws {
        _ = try await ledger.register((0..<3).map { .sample($0) }, in: "j1")
        #expect(try await record(0, content: 1, hash: [5], nearness: 0) == nil)
        let failed = (0..<3).map { Settlement(key: "key-\($0)", outcome: .failed) }
        try await ledger.settle(failed, in: "j1")
        try await ledger.end("j1", .finished, message: "", seconds: 1)
        #expect(try await record(1, content: 1, hash: [5], nearness: 0)?.imgID == "E-0")
        try await ledger.settle((0..<3).map { Settlement(key: "key-\($0)", outcome: .stored) }, in: "j1")
        try await ledger.end("j1", .finished, message: "", seconds: 1)
        #expect(try await record(2, content: 1, hash: [5], nearness: 0) == nil)
    }

    @Test func whatAnEarlierProcessRecordedIsFound() async throws {
        let folder = try TemporaryFolder()
        let pictures = (0..<2).map { PictureRecord(key: "key-\($0)", content: .filled(1), hash: [7], keys: [1]) }
        for (number, twin) in [nil, "E-0"].enumerated() {
            let ledger = try SQLiteLedger.open(directory: folder.path)
            try await ledger.begin(.sample())
            _ = try await ledger.register([.sample(number)], in: "j1")
            let twins = try await ledger.recordPictures([pictures[number]], nearness: 0, in: "j1")
            #expect(twins.map { $0?.imgID } == [twin])
        }
    }

    /// Rows of which every other one is an earlier one stored again, some of them the same file.
    private static func samples(_ count: Int) -> [PictureRecord] {
        var numbers = SystemRandomNumberGenerator()
        var samples: [PictureRecord] = []
        for number in 0..<count {
            var hash = (0..<8).map { _ in UInt64.random(in: 0...UInt64.max, using: &numbers) }
            var content = UInt8(truncatingIfNeeded: number)
            if number % 2 == 1, let earlier = samples.randomElement() {
                hash = earlier.hash.map { $0 ^ UInt64.random(in: 0...3, using: &numbers) }
                if number % 4 == 1 { content = earlier.content.bytes[0] }
            }
            let keys = hash.map { $0 >> 60 }
            samples.append(PictureRecord(key: "key-\(number)", content: .filled(content), hash: hash, keys: keys))
        }
        return samples
    }

    @Test(arguments: [1, 100, 1_000])
    func whatIsEnteredInTheTableIsFoundAsWellAsWhatIsInMemory(entries: Int) async throws {
        let samples = Self.samples(200)
        var found: [[PictureTwin?]] = []
        for limit in [entries, PictureIndex.usualLimit] {
            let ledger = try SQLiteLedger.inMemory(pictureEntries: limit)
            try await ledger.begin(.sample())
            _ = try await ledger.register(samples.indices.map { .sample($0) }, in: "j1")
            var twins: [PictureTwin?] = []
            for start in stride(from: 0, to: samples.count, by: 20) {
                let some = Array(samples[start..<start + 20])
                twins += try await ledger.recordPictures(some, nearness: 24, in: "j1")
            }
            found.append(twins)
        }
        #expect(found[0] == found[1])
        #expect(found[1].count { $0?.identical == true } >= 50)
        #expect(found[1].count { $0?.identical == false } >= 45)
    }

    @Test func aSketchNeverSaysThatHashesAreFartherApartThanTheyAre() throws {
        var closest = Int.max
        for _ in 0..<2_000 {
            let hash = (0..<8).map { _ in UInt64.random(in: 0...UInt64.max) }
            let near = hash.map { $0 ^ UInt64.random(in: 0...UInt64.max) & 0x0F0F_0F0F_0F0F_0F0F }
            for other in [near, (0..<8).map { _ in UInt64.random(in: 0...UInt64.max) }] {
                let distance = try #require(PictureBands.distance(hash, other))
                let (mine, theirs) = (PictureBands.sketch(hash), PictureBands.sketch(other))
                let least = PictureBands.leastDistance(try #require(mine), try #require(theirs))
                #expect(least <= distance)
                if least > 0 { closest = min(closest, distance - least) }
            }
        }
        // It says something, too.
        #expect(closest < Int.max)
        #expect(PictureBands.sketch([1, 2, 3]) == nil)
    }

    @Test func aPictureOfNoRowIsRefused() async throws {
        await #expect(throws: LedgerError.self) { try await record(7, content: 1, hash: [], nearness: 0) }
    }
}
