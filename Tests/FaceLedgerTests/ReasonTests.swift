// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import GRDB
import Testing

/// All reasons of a row come back as they went in, whichever way the row was settled.
@Suite(.timeLimit(.minutes(20))) struct ReasonTests {
    let ledger: SQLiteLedger

    private static let first = Rejection(.genderValue, "gender \"x\" is not 0 or 1")
    private static let further = [
        Rejection(.ageRange, "age \"1/2\nor so\" is no age"), Rejection(.deviceRefused, "王 \u{1F600}", deviceCode: -7),
    ]

    init() async throws {
        ledger = try SQLiteLedger.inMemory()
        try await ledger.begin(.sample())
    }

    private func reasons() async throws -> [[Rejection]] {
        try await ledger.results(of: "j1", after: nil, limit: 9).rows.map(\.reasons)
    }

    private static func sample(_ number: Int) -> NewRow {
        var row = NewRow.sample(number, rejection: first)
        row.further = further
        return row
    }

    @Test func ofRowsThatAreHandedInWithThem() async throws {
        _ = try await ledger.register([Self.sample(0), .sample(1, rejection: Self.first)], in: "j1")
        #expect(try await reasons() == [[Self.first] + Self.further, [Self.first]])
    }

    @Test func ofRowsThatAreRecordedWithAnOutcome() async throws {
        try await ledger.record([Self.sample(0)], as: .failed, in: "j1")
        #expect(try await reasons() == [[Self.first] + Self.further])
    }

    @Test func ofRowsThatAreSettledAndOfThoseTheLastTimeOnly() async throws {
        _ = try await ledger.register([.sample(0)], in: "j1")
        func settle(_ further: [Rejection]) async throws {
            let settlement = Settlement(
                key: "key-0",
                outcome: .rejected,
                reason: Self.first.reason,
                detail: Self.first.detail,
                further: further
            )
            try await ledger.settle([settlement], in: "j1")
        }
        try await settle(Self.further)
        #expect(try await reasons() == [[Self.first] + Self.further])
        try await settle([])
        #expect(try await reasons() == [[Self.first]])
    }

    @Test func ofRowsThatFailedAndComeAgain() async throws {
        try await ledger.record([.sample(0)], as: .failed, in: "j1")
        #expect(try await ledger.register([Self.sample(0)], in: "j1") == [.rejected])
        #expect(try await reasons() == [[Self.first] + Self.further])
    }

    @Test func ofRowsThatAreAppendedTwice() async throws {
        var row = RowResult(source: "hq:Staff/E-1", imgID: "E-1", outcome: .failed, reason: Self.first.reason)
        for further in [[], Self.further] {
            row.further = further
            try await ledger.append([row], in: "j1")
            #expect(try await ledger.results(of: "j1", after: nil, limit: 9).rows == [row])
        }
    }

    @Test func anOpenBatchKeepsWhatWasNoticedAboutItsRows() async throws {
        let items = [
            BatchItem(key: "key-0", imgID: "E-0", fingerprint: .sample(1), warnings: Self.further, remark: "a face"),
            BatchItem(key: "key-1", imgID: "E-1", fingerprint: .sample(2)),
        ]
        let batch = BatchRecord(id: "b", job: "j1", library: .staff, items: items)
        try await ledger.open(batch)
        #expect(try await ledger.openBatches(in: .staff) == [batch])
    }

    @Test(arguments: [
        (#"[{"reason":"image.haunted","detail":""}]"#, LedgerError.Code.newerFormat), ("[", .unusable),
        ("{}", .unusable),
    ])
    func whatCannotBeReadIsSaid(text: String, code: LedgerError.Code) async throws {
        let folder = try TemporaryFolder()
        let stored = try SQLiteLedger.open(directory: folder.path)
        try await stored.begin(.sample())
        _ = try await stored.register([Self.sample(0)], in: "j1")
        let file = try DatabaseQueue(path: folder.path + "/ledger.sqlite")
        try await file.write { try $0.execute(sql: "UPDATE job_row SET further = ?", arguments: [text]) }
        let error = await #expect(throws: LedgerError.self) { try await stored.results(of: "j1", after: nil, limit: 9) }
        #expect(error?.code == code)
    }
}
