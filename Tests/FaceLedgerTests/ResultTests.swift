// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import Testing

@Suite(.timeLimit(.minutes(20))) struct ResultTests {
    let ledger: SQLiteLedger

    init() async throws {
        ledger = try SQLiteLedger.inMemory()
        try await ledger.begin(.sample())
    }

    private func sources(pagesOf limit: Int) async throws -> [[String]] {
        var pages: [[String]] = []
        var cursor: ResultCursor?
        repeat {
            let page = try await ledger.results(of: "j1", after: cursor, limit: limit)
            pages.append(page.rows.map(\.source))
            cursor = page.next
        } while cursor != nil
        return pages
    }

    private func removed(_ id: String, _ outcome: Outcome = .removed) -> RowResult {
        RowResult(source: "hq:Staff/\(id)", imgID: id, name: "Leaver", outcome: outcome)
    }

    @Test(arguments: [1, 2, 3, 4, 5, 100])
    func pagesOfAnySizeGiveEachRowOnceInOrder(limit: Int) async throws {
        // Registered out of order, one ordinal twice, one row without outcome, one removed before the last came.
        try await ledger.append([removed("B")], in: "j1")
        for number in [4, 1, 3, 0, 2] { _ = try await ledger.register([.sample(number)], in: "j1") }
        var twin = NewRow.sample(9)
        twin.ordinal = 1
        _ = try await ledger.register([twin], in: "j1")
        try await ledger.append([removed("A")], in: "j1")
        let settled = [0, 1, 9, 3, 4]
        try await ledger.settle(settled.map { Settlement(key: "key-\($0)", outcome: .stored) }, in: "j1")

        let pages = try await sources(pagesOf: limit)
        #expect(pages.flatMap { $0 } == settled.map { "new/photo-\($0).jpg" } + ["hq:Staff/B", "hq:Staff/A"])
        #expect(pages.allSatisfy { $0.count <= limit })
    }

    @Test func anEmptyJobHasNoResults() async throws {
        let page = try await ledger.results(of: "j1", after: nil, limit: 10)
        #expect(page.rows.isEmpty)
        #expect(page.next == nil)
    }

    @Test func aRemovalThatFailedAndThenSucceededIsOneRow() async throws {
        _ = try await ledger.register([.sample(0, imgID: "A")], in: "j1")
        try await ledger.append([removed("A", .failed), removed("B")], in: "j1")
        try await ledger.append([removed("A")], in: "j1")
        #expect(try await ledger.outcomes(of: "j1") == [.removed: 2])
        #expect(try await ledger.job("j1")?.rows == 3)
        #expect(try await ledger.unsettledCount(of: "j1") == 1)
        #expect(try await ledger.results(of: "j1", after: nil, limit: 9).rows == [removed("A"), removed("B")])
    }
}
