// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Foundation
import GRDB
import Testing

@testable import FaceLedger

@Suite(.timeLimit(.minutes(20))) struct MigrationTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Makes a ledger as an earlier version left it.
    private func make(_ fixture: String) async throws {
        let file = try DatabaseQueue(path: folder.path + "/ledger.sqlite")
        try await file.write { database in try database.execute(sql: fixture) }
        try file.close()
    }

    @Test func aLedgerOfFormat1IsReadAndWritten() async throws {
        try await make(FormatFixtures.first)
        let ledger = try SQLiteLedger.open(directory: folder.path)
        #expect(try await ledger.job("old")?.state == .finished)
        let rows = try await ledger.results(of: "old", after: nil, limit: 9).rows
        #expect(rows.map(\.imgID) == ["E-1"] && rows.map(\.reasons) == [[]])
        let known = try await ledger.known(["E-1"], in: .staff)["E-1"]
        #expect((known?.stamp, known?.readAt) == ("t1", 0))
        #expect(try await ledger.oldestReadings(in: .staff, limit: 9) == ["E-1"])
        try await ledger.begin(.sample())
        #expect(try await ledger.register([.sample(0)], in: "j1") == [.open])
    }

    @Test func anOpenBatchOfFormat1IsTakenUpWithoutWarnings() async throws {
        let batch = """
            INSERT INTO batch VALUES (1, 'b', 'old', 1);
            INSERT INTO batch_item VALUES (1, 0, 'k', 'E-1', zeroblob(32), zeroblob(32), zeroblob(32), x'');
            """
        try await make(FormatFixtures.first + batch)
        let ledger = try SQLiteLedger.open(directory: folder.path)
        let items = try await ledger.openBatches(in: .staff).flatMap(\.items)
        #expect(items.map(\.imgID) == ["E-1"] && items.map(\.warnings) == [[]] && items.map(\.remark) == [""])
    }

    /// What a ledger of format 1 may hold that has digests, and one that has none.
    static let remembered: [(rows: String, hasDigests: Bool)] = [
        ("INSERT INTO known_portrait VALUES (1, 'E-1', 't', zeroblob(32), zeroblob(32), zeroblob(32), x'')", true),
        (
            "INSERT INTO batch VALUES (1, 'b', 'old', 1); "
                + "INSERT INTO batch_item VALUES (1, 0, 'k', 'E-1', zeroblob(32), zeroblob(32), zeroblob(32), x'')",
            true
        ),
        ("INSERT INTO picture VALUES (1, 1, zeroblob(32), x'')", true),
        ("", false),
    ]

    @Test(arguments: remembered)
    func aLedgerGetsAKeyForDigestsUnlessItHasSomeWithoutOne(rows: String, hasDigests: Bool) async throws {
        try await make(FormatFixtures.first + "DELETE FROM known_portrait; " + rows)
        let key: [UInt8]?
        do { key = try SQLiteLedger.open(directory: folder.path).contentKey }
        #expect(key?.count == (hasDigests ? nil : 64))
        #expect(try SQLiteLedger.open(directory: folder.path).contentKey == key)
    }

    @Test func thePicturesOfFormat1AreFoundAgain() async throws {
        let picture = """
            UPDATE job_row SET outcome = NULL;
            INSERT INTO picture VALUES (1, 1, zeroblob(32), zeroblob(64));
            INSERT INTO picture_band VALUES (1, 0, 0, 1), (1, 1, 17, 1);
            """
        try await make(FormatFixtures.first + picture)
        let ledger = try SQLiteLedger.open(directory: folder.path)
        _ = try await ledger.register((6..<9).map { .sample($0) }, in: "old")
        let pictures = [
            PictureRecord(key: "key-6", content: .filled(1), hash: Array(repeating: 1, count: 8), keys: [17]),
            PictureRecord(key: "key-7", content: .filled(0), hash: [], keys: []),
            PictureRecord(key: "key-8", content: .filled(2), hash: Array(repeating: 90, count: 8), keys: [17]),
        ]
        let twins = try await ledger.recordPictures(pictures, nearness: 9, in: "old")
        #expect(twins.map { $0?.imgID } == ["E-1", "E-1", nil])
        #expect(twins.map { $0?.identical } == [false, true, nil])
    }

    @Test func theSafeOfFormat1IsSealedAndWhatWasRemovedIsInTheTrash() async throws {
        try await make(FormatFixtures.first + FormatFixtures.firstSafe)
        let before = Date().timeIntervalSince1970
        do { _ = try SQLiteLedger.open(directory: folder.path) }
        let ledger = try SQLiteLedger.open(directory: folder.path)
        #expect(try await ledger.pendingSafe(in: .staff).map(\.imgID) == ["E-1"])
        #expect(try await ledger.pendingSafe(in: .visitors) == [])
        let waiting = try #require(try await ledger.safePortrait("E-1", in: .staff))
        #expect(waiting == .telling("E-1", job: "old", kept: waiting.kept, repeats: 6_000))
        let entries = try await ledger.trash(of: "old", after: nil, limit: 9).entries
        let entry = try #require(entries.first)
        #expect(entries.map(\.imgID) == ["E-2"])
        let removed = try #require(try await ledger.trashed(entry.id))
        #expect((removed.library, removed.purpose, removed.image) == (.visitors, .removal, [1, 2, 3]))
        #expect(removed.attributes == PersonAttributes(name: "Annabella Quist"))
        // Its time in the trash begins with the sealing.
        #expect(removed.kept >= before && waiting.kept >= before)
    }

    @Test func nothingOfTheOldSafeIsLeftInTheFiles() async throws {
        try await make(FormatFixtures.first + FormatFixtures.firstSafe)
        #expect(try folder.findings(of: SafePortrait.tellingWords).count == 4)
        let ledger = try SQLiteLedger.open(directory: folder.path)
        #expect(try folder.findings(of: SafePortrait.tellingWords) == [])
        withExtendedLifetime(ledger) {}
    }

    @Test func anOldSafeWithoutWordsThatAreKnownIsLeftAsItIs() async throws {
        try await make(
            FormatFixtures.first + FormatFixtures.firstSafe
                + "UPDATE safe_portrait SET purpose = 'merge' WHERE number = 9"
        )
        let error = #expect(throws: LedgerError.self) { try SQLiteLedger.open(directory: folder.path) }
        #expect(error?.code == .newerFormat)
        let file = try DatabaseQueue(path: folder.path + "/ledger.sqlite")
        let names = try await file.read {
            try String.fetchAll($0, sql: "SELECT name FROM safe_portrait ORDER BY number")
        }
        #expect(names == ["Annabella Quist", "Annabella Quist"])
    }

    @Test func manyMayMigrateAtTheSameMoment() async throws {
        try await make(FormatFixtures.first + FormatFixtures.firstSafe)
        let path = folder.path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    let ledger = try SQLiteLedger.open(directory: path)
                    #expect(try await ledger.safePortrait("E-1", in: .staff) != nil)
                }
            }
            while try await group.next() != nil {}
        }
    }
}
