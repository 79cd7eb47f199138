// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import Testing

@Suite(.timeLimit(.minutes(20))) struct PortraitTests {
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

    @Test func openBatchesAreReadBackUntilTheyAreClosed() async throws {
        let (one, two, elsewhere) = (batch("b1"), batch("b2", items: 12), batch("b3", .visitors))
        for batch in [one, two, elsewhere] { try await ledger.open(batch) }
        #expect(try await ledger.openBatches(in: .staff) == [one, two])
        try await ledger.close(batches: ["b1"])
        try await ledger.close(batches: ["b1", "b0"])
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
        let one = KnownPortrait(imgID: "E-1", stamp: "t1", fingerprint: .sample(1), readAt: 1)
        let two = KnownPortrait(imgID: "e-1", stamp: "t2", fingerprint: .sample(2), readAt: 2)
        #expect(try await ledger.known(["E-1"], in: .staff).isEmpty)
        try await ledger.forget(["E-1"], in: .staff)
        try await ledger.learn([one, two], in: .staff)
        #expect(try await ledger.known(["E-1", "e-1", "E-2"], in: .staff) == ["E-1": one, "e-1": two])
        #expect(try await ledger.known(["E-1"], in: .visitors).isEmpty)
        let changed = KnownPortrait(imgID: "E-1", stamp: "t3", fingerprint: .sample(3), readAt: 3)
        try await ledger.learn([changed], in: .staff)
        try await ledger.forget(["e-1", "E-2"], in: .staff)
        #expect(try await ledger.known(["E-1", "e-1"], in: .staff) == ["E-1": changed])
    }
}
