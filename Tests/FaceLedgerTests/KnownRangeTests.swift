// SPDX-License-Identifier: Apache-2.0
import FaceModel
import GRDB
import Testing

@testable import FaceLedger

@Suite(.timeLimit(.minutes(20))) struct KnownRangeTests {
    let ledger: SQLiteLedger

    init() async throws { ledger = try SQLiteLedger.inMemory() }

    private func known(_ id: PortraitID, readAt: Double = 1) -> KnownPortrait {
        KnownPortrait(imgID: id, stamp: "t \(id)", fingerprint: .sample(UInt8(id.text.utf8.count)), readAt: readAt)
    }

    @Test func aRangeIsReadInTheOrderOfBytesWithBothItsEnds() async throws {
        // Neither Unicode's order nor one without case: a capital before a small letter, ASCII before all others.
        let ids: [PortraitID] = ["E-1", "E-10", "E-2", "Z", "a", "z", "e\u{301}", "é", "工", "\u{FFFF}", "\u{10000}"]
        let ordered = ids.sorted()
        try await ledger.learn(ids.reversed().map { known($0) }, in: .staff)
        try await ledger.learn([known("E-1", readAt: 2)], in: .visitors)
        #expect(
            ordered.map(\.text) == ["E-1", "E-10", "E-2", "Z", "a", "e\u{301}", "z", "é", "工", "\u{FFFF}", "\u{10000}"]
        )
        for first in ordered.indices {
            for last in ordered.indices {
                let range = first <= last ? Array(ordered[first...last]) : []
                let found = try await ledger.known(from: ordered[first], through: ordered[last], in: .staff)
                #expect(found == range.map { known($0) })
            }
        }
        #expect(try await ledger.known(from: "E-11", through: "Y", in: .staff).map(\.imgID) == ["E-2"])
        #expect(try await ledger.known(from: "", through: "zz", in: .visitors) == [known("E-1", readAt: 2)])
        #expect(try await ledger.known(from: "", through: "zz", in: LibraryKey(device: "SN-2", library: 3)) == [])
    }

    @Test func whatWasReadLongestAgoComesFirst() async throws {
        #expect(try await ledger.oldestReading(in: .staff) == nil)
        #expect(try await ledger.oldestReadings(in: .staff, limit: 9) == [])
        try await ledger.learn([known("B", readAt: 5), known("C", readAt: 3), known("A", readAt: 5)], in: .staff)
        try await ledger.learn([known("D", readAt: 1)], in: .visitors)
        #expect(try await ledger.oldestReadings(in: .staff, limit: 9) == ["C", "A", "B"])
        #expect(try await ledger.oldestReadings(in: .staff, limit: 2) == ["C", "A"])
        #expect(try await ledger.oldestReading(in: .staff) == 3)
        try await ledger.learn([known("C", readAt: 7.5)], in: .staff)
        #expect(try await ledger.oldestReadings(in: .staff, limit: 9) == ["A", "B", "C"])
        #expect(try await ledger.known(["C"], in: .staff)["C"]?.readAt == 7.5)
    }

    @Test func aRangeIsReadFromThePrimaryKeyAndReadingsFromTheirIndex() async throws {
        for (sql, index) in [
            (
                "SELECT img_id, read_at FROM known_portrait WHERE library = 1 AND img_id BETWEEN 'A' AND 'B' ORDER BY img_id",
                "USING PRIMARY KEY (library=? AND img_id>? AND img_id<?)"
            ),
            (
                "SELECT img_id FROM known_portrait WHERE library = 1 ORDER BY read_at, img_id LIMIT 5",
                "USING COVERING INDEX known_portrait_reading (library=?)"
            ),
            (
                "SELECT MIN(read_at) FROM known_portrait WHERE library = 1",
                "USING COVERING INDEX known_portrait_reading (library=?)"
            ),
        ] {
            let plan = try await ledger.read { database in
                try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN \(sql)").map { $0["detail"] as String }
            }
            #expect(plan.count == 1)
            #expect(plan.first?.hasSuffix(index) == true, "\(plan)")
        }
    }
}
