// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import Testing

@Suite(.timeLimit(.minutes(20))) struct TrashTests {
    let ledger: SQLiteLedger

    init() async throws { ledger = try SQLiteLedger.inMemory() }

    private func discard(_ portrait: SafePortrait, as resolution: SafeResolution = .removed) async throws {
        try await ledger.keep(portrait)
        try await ledger.resolve(portrait.imgID, in: portrait.library, as: resolution)
    }

    private func ids(of job: String) async throws -> [PortraitID] {
        try await ledger.trash(of: job, after: nil, limit: 100).entries.map(\.imgID)
    }

    @Test func theTrashOfAJobIsReadPageByPageOldestFirst() async throws {
        for number in [3, 1, 2] {
            try await discard(.sample(PortraitID(asListed: "E-\(number)"), .removal, kept: Double(number)))
        }
        try await discard(.sample("E-9", job: "j2"))
        try await discard(.sample("E-4", in: .visitors, kept: 4), as: .replaced)
        try await ledger.keep(.sample("E-5"))
        let first = try await ledger.trash(of: "j1", after: nil, limit: 3)
        #expect(first.entries.map(\.imgID) == ["E-3", "E-1", "E-2"])
        #expect(first.entries.map(\.purpose) == [.removal, .removal, .removal])
        #expect(first.entries.map(\.kept) == [3, 1, 2])
        #expect(first.entries.map(\.library) == [.staff, .staff, .staff])
        let second = try await ledger.trash(of: "j1", after: first.next, limit: 3)
        #expect(second.entries.map(\.imgID) == ["E-4"])
        #expect(second.entries.map(\.library) == [.visitors])
        #expect(second.next == nil)
        #expect(try await ledger.trashCount(of: "j1") == 4)
        #expect(try await ledger.trashCount(of: "j2") == 1)
        #expect(try await ledger.trash(of: "j3", after: nil, limit: 3).entries == [])
    }

    @Test func onePortraitMayBeInTheTrashOfSeveralJobs() async throws {
        try await discard(.sample("E-1", job: "j1", image: [1]), as: .replaced)
        try await discard(.sample("E-1", job: "j2", image: [2]), as: .removed)
        for (job, image) in [("j1", [1] as [UInt8]), ("j2", [2])] {
            let entry = try #require(try await ledger.trash(of: job, after: nil, limit: 9).entries.first)
            #expect(try await ledger.trashed(entry.id) == .sample("E-1", job: job, image: image))
        }
    }

    @Test func emptyingErasesWhatIsOlderAndNothingThatWaits() async throws {
        for number in 0..<450 {
            try await discard(.sample(PortraitID(asListed: "E-\(number)"), kept: number < 420 ? 10 : 20))
        }
        try await ledger.keep(.sample("waits", kept: 1))
        #expect(try await ledger.emptyTrash(keptBefore: 10) == 0)
        #expect(try await ledger.emptyTrash(keptBefore: 20) == 420)
        #expect(try await ledger.emptyTrash(keptBefore: 20) == 0)
        #expect(try await ledger.trashCount(of: "j1") == 30)
        #expect(try await ids(of: "j1").first == "E-420")
        #expect(try await ledger.pendingSafe(in: .staff).map(\.imgID) == ["waits"])
    }

    @Test func aHandleOfWhatWasErasedNeverMeansAnotherPortrait() async throws {
        try await discard(.sample("E-1", kept: 10))
        let entry = try #require(try await ledger.trash(of: "j1", after: nil, limit: 9).entries.first)
        #expect(try await ledger.emptyTrash(keptBefore: 11) == 1)
        try await discard(.sample("E-2", kept: 20))
        #expect(try await ledger.trashed(entry.id) == nil)
        // Its place in the order is still good to go on from.
        #expect(try await ledger.trash(of: "j1", after: entry.id, limit: 9).entries.map(\.imgID) == ["E-2"])
    }
}
