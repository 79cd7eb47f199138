// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import Testing

@Suite(.timeLimit(.minutes(1))) struct PictureTests {
    let ledger: SQLiteLedger

    init() async throws {
        ledger = try SQLiteLedger.inMemory()
        try await ledger.begin(.sample())
    }

    private func record(_ number: Int, content: UInt8, hash: [UInt64], nearness: Int) async throws -> PictureTwin? {
        let picture = PictureRecord(key: "key-\(number)", content: .filled(content), hash: hash)
        return try await ledger.recordPictures([picture], nearness: nearness, in: "j1").first ?? nil
    }

    private static func flip(_ count: Int, of hash: [UInt64], using generator: inout SplitMix) -> [UInt64] {
        var hash = hash
        var bits = Set<Int>()
        while bits.count < count { bits.insert(Int.random(in: 0..<hash.count * 64, using: &generator)) }
        for bit in bits { hash[bit / 64] ^= 1 << UInt64(bit % 64) }
        return hash
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
        let pictures = (0..<3).map { PictureRecord(key: "key-\($0)", content: .filled(1), hash: [7]) }
        let twins = try await ledger.recordPictures(pictures, nearness: 0, in: "j1")
        #expect(twins.map { $0?.imgID } == [nil, "E-0", "E-0"])
    }

    @Test(arguments: [(1, 0), (1, 1), (1, 4), (1, 10), (2, 0), (2, 7), (3, 1), (3, 20), (4, 0), (4, 10), (4, 63)])
    func everyHashWithinTheNearnessIsFoundAndNoneBeyond(words: Int, nearness: Int) async throws {
        var generator = SplitMix(seed: UInt64(words * 100 + nearness))
        for round in 0..<10 {
            let rows = (0..<3).map { NewRow.sample(round * 3 + $0) }
            _ = try await ledger.register(rows, in: "j1")
            let hash = (0..<words).map { _ in generator.next() }
            let first = round * 3
            let content = UInt8(first)
            #expect(try await record(first, content: content, hash: hash, nearness: nearness) == nil)
            let near = Self.flip(nearness, of: hash, using: &generator)
            let twin = try await record(first + 1, content: content + 1, hash: near, nearness: nearness)
            #expect(twin?.imgID == "E-\(first)")
            #expect(twin?.identical == false)
            let far = Self.flip(nearness + 1, of: hash.map { ~$0 }, using: &generator)
            #expect(try await record(first + 2, content: content + 2, hash: far, nearness: nearness) == nil)
        }
    }

    @Test func oneBitMoreThanTheNearnessIsAnotherPicture() async throws {
        _ = try await ledger.register((0..<3).map { .sample($0) }, in: "j1")
        #expect(try await record(0, content: 0, hash: [0, 0], nearness: 3) == nil)
        #expect(try await record(1, content: 1, hash: [0b1111, 0], nearness: 3) == nil)
        #expect(try await record(2, content: 2, hash: [0b111, 0], nearness: 3)?.imgID == "E-0")
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
        #expect(try await record(1, content: 1, hash: [3], nearness: 2) == nil)
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

    @Test func aPictureOfNoRowIsRefused() async throws {
        await #expect(throws: LedgerError.self) { try await record(7, content: 1, hash: [], nearness: 0) }
    }
}

/// Random numbers that are the same on every run.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
