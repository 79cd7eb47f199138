// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import Testing

@Suite(.timeLimit(.minutes(5))) struct PortraitTests {
    let ledger: SQLiteLedger

    init() async throws {
        ledger = try SQLiteLedger.inMemory()
        try await ledger.begin(.sample())
    }

    private func batch(_ id: String, _ library: LibraryKey = .staff, items: Int = 2) -> BatchRecord {
        let items = (0..<items).map { number in
            BatchItem(
                key: "key-\(number)",
                imgID: PortraitID(asListed: "E-\(number)"),
                fingerprint: .sample(UInt8(number))
            )
        }
        return BatchRecord(id: id, job: "j1", library: library, items: items)
    }

    private func portrait(_ id: PortraitID, _ purpose: SafePurpose = .replacement) -> SafePortrait {
        SafePortrait(
            library: .staff,
            imgID: id,
            job: "j1",
            purpose: purpose,
            attributes: PersonAttributes(
                name: "Ann",
                identity: "1234",
                gender: .female,
                age: 31,
                address: "Oslo"
            ),
            image: [0xFF, 0xD8, 0, 1, 2, 0xFF, 0xD9]
        )
    }

    @Test func openBatchesAreReadBackUntilTheyAreClosed() async throws {
        let (one, two, elsewhere) = (batch("b1"), batch("b2", items: 12), batch("b3", .visitors))
        for batch in [one, two, elsewhere] { try await ledger.open(batch) }
        #expect(try await ledger.openBatches(in: .staff) == [one, two])
        try await ledger.close(batch: "b1")
        try await ledger.close(batch: "b1")
        #expect(try await ledger.openBatches(in: .staff) == [two])
        #expect(try await ledger.openBatches(in: .visitors) == [elsewhere])
        #expect(try await ledger.openBatches(in: LibraryKey(device: "SN-2", library: 3)) == [])
    }

    @Test func aBatchNeedsAJobAndAnIDOfItsOwn() async throws {
        let stray = BatchRecord(id: "b1", job: "j9", library: .staff, items: [])
        await #expect(throws: LedgerError.self) { try await ledger.open(stray) }
        try await ledger.open(batch("b1"))
        await #expect(throws: LedgerError.self) { try await ledger.open(batch("b1")) }
        #expect(try await ledger.openBatches(in: .staff) == [batch("b1")])
    }

    @Test func knownPortraitsAreLearnedChangedAndForgotten() async throws {
        let one = KnownPortrait(imgID: "E-1", stamp: "t1", fingerprint: .sample(1))
        let two = KnownPortrait(imgID: "e-1", stamp: "t2", fingerprint: .sample(2))
        #expect(try await ledger.known(["E-1"], in: .staff).isEmpty)
        try await ledger.forget(["E-1"], in: .staff)
        try await ledger.learn([one, two], in: .staff)
        #expect(try await ledger.known(["E-1", "e-1", "E-2"], in: .staff) == ["E-1": one, "e-1": two])
        #expect(try await ledger.known(["E-1"], in: .visitors).isEmpty)
        let changed = KnownPortrait(imgID: "E-1", stamp: "t3", fingerprint: .sample(3))
        try await ledger.learn([changed], in: .staff)
        try await ledger.forget(["e-1", "E-2"], in: .staff)
        #expect(try await ledger.known(["E-1", "e-1"], in: .staff) == ["E-1": changed])
    }

    @Test func aPortraitInTheSafeIsReadBackWhole() async throws {
        var bare = portrait("E-2", .removal)
        bare.attributes = PersonAttributes()
        bare.image = []
        try await ledger.keep(portrait("E-1"))
        try await ledger.keep(bare)
        #expect(try await ledger.safePortrait("E-1", in: .staff) == portrait("E-1"))
        #expect(try await ledger.safePortrait("E-2", in: .staff) == bare)
        #expect(try await ledger.safePortrait("E-1", in: .visitors) == nil)
        #expect(try await ledger.safePortrait("E-3", in: .staff) == nil)
        let entries = try await ledger.safe(in: .staff)
        #expect(entries.map(\.imgID) == ["E-1", "E-2"])
        #expect(entries.map(\.purpose) == [.replacement, .removal])
        #expect(entries.map(\.job) == ["j1", "j1"])
        #expect(entries.map(\.isPending) == [true, true])
        #expect(try await ledger.safe(in: .visitors) == [])
    }

    @Test(arguments: [SafeResolution.replaced, .putBack])
    func whatIsNoLongerNeededLeavesTheSafe(resolution: SafeResolution) async throws {
        try await ledger.keep(portrait("E-1"))
        try await ledger.resolve("E-1", in: .visitors, as: resolution)
        #expect(try await ledger.safe(in: .staff).count == 1)
        try await ledger.resolve("E-1", in: .staff, as: resolution)
        try await ledger.resolve("E-1", in: .staff, as: resolution)
        #expect(try await ledger.safe(in: .staff) == [])
        #expect(try await ledger.safePortrait("E-1", in: .staff) == nil)
    }

    @Test func whatWasRemovedStaysInTheSafe() async throws {
        try await ledger.keep(portrait("E-1", .removal))
        try await ledger.keep(portrait("E-2"))
        try await ledger.resolve("E-1", in: .staff, as: .removed)
        #expect(try await ledger.safe(in: .staff).map(\.isPending) == [false, true])
        #expect(try await ledger.safePortrait("E-1", in: .staff) == portrait("E-1", .removal))
        try await ledger.keep(portrait("E-1"))
        #expect(try await ledger.safe(in: .staff).map(\.imgID) == ["E-2", "E-1"])
        #expect(try await ledger.safe(in: .staff).map(\.isPending) == [true, true])
    }
}
