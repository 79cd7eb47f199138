// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import Testing

@Suite(.timeLimit(.minutes(20))) struct RowTests {
    let ledger: SQLiteLedger

    init() async throws {
        ledger = try SQLiteLedger.inMemory()
        try await ledger.begin(.sample())
    }

    private func register(_ rows: NewRow...) async throws -> [Registration] {
        try await ledger.register(rows, in: "j1")
    }

    private func results() async throws -> [RowResult] {
        try await ledger.results(of: "j1", after: nil, limit: 1_000).rows
    }

    @Test func newRowsAreOpenAndCounted() async throws {
        #expect(try await register(.sample(0), .sample(1)) == [.open, .open])
        #expect(try await ledger.job("j1")?.rows == 2)
        #expect(try await ledger.unsettledCount(of: "j1") == 2)
        #expect(try await ledger.outcomes(of: "j1").isEmpty)
        #expect(try await results().isEmpty)
    }

    @Test func whatWasAppendedIsNoRowOfTheSource() async throws {
        _ = try await register(.sample(0), .sample(1), .sample(2, rejection: Rejection(.imageFormat)))
        let outcomes: [Outcome] = [.removed, .ready, .failed]
        for outcome in outcomes {
            let gone = RowResult(source: "hq/\(outcome)", imgID: "\(outcome)", name: "", outcome: outcome, detail: "")
            try await ledger.append([gone], in: "j1")
        }
        #expect(try await ledger.sourceRowCount(of: "j1") == 3)
        #expect(try await ledger.job("j1")?.rows == 6)
        await #expect(throws: LedgerError.self) { try await ledger.sourceRowCount(of: "j9") }
    }

    @Test func rowsOfAJobThatIsNotThereAreRefused() async throws {
        await #expect(throws: LedgerError.self) { try await ledger.register([.sample(0)], in: "j9") }
        await #expect(throws: LedgerError.self) { try await ledger.outcomes(of: "j9") }
    }

    @Test func aRejectionHandedInIsRecorded() async throws {
        let rejection = Rejection(.deviceRefused, "no", deviceCode: -7)
        #expect(try await register(.sample(0, line: 12, rejection: rejection)) == [.rejected])
        #expect(
            try await results() == [
                RowResult(
                    source: "new/photo-0.jpg",
                    line: 12,
                    imgID: "E-0",
                    name: "Person 0",
                    outcome: .rejected,
                    reason: .deviceRefused,
                    detail: "no",
                    deviceCode: -7
                )
            ]
        )
    }

    @Test(arguments: [(nil, "new/photo-0.jpg"), (7, "new/photo-0.jpg, line 7")])
    func theImgIDOfAnEarlierRowMakesADuplicate(line: Int?, name: String) async throws {
        let registrations = try await register(
            .sample(0, imgID: "X", line: line),
            .sample(1, imgID: "X"),
            .sample(2, imgID: "x")
        )
        #expect(registrations == [.open, .duplicate(of: name), .open])
        let duplicate = try #require(try await results().first)
        #expect(duplicate.outcome == .duplicate)
        #expect(duplicate.reason == .imgIDRepeated)
        #expect(duplicate.detail == "img_id of row \(name)")
        #expect(try await ledger.outcomes(of: "j1") == [.duplicate: 1])
        #expect(try await ledger.job("j1")?.rows == 3)
    }

    @Test func rowsWithoutAnIDAndRowsOfOtherJobsAreNoDuplicates() async throws {
        #expect(try await register(.sample(0, imgID: ""), .sample(1, imgID: "")) == [.open, .open])
        _ = try await register(.sample(2, imgID: "X"))
        try await ledger.begin(.sample("j2"))
        #expect(try await ledger.register([.sample(0, imgID: "X")], in: "j2") == [.open])
    }

    @Test func aRejectedRowOwnsItsID() async throws {
        let rejection = Rejection(.ageRange)
        let registrations = try await register(
            .sample(0, imgID: "X", rejection: rejection),
            .sample(1, imgID: "X"),
            .sample(2, imgID: "X", rejection: rejection)
        )
        #expect(registrations == [.rejected, .duplicate(of: "new/photo-0.jpg"), .rejected])
        #expect(try await ledger.outcomes(of: "j1") == [.rejected: 2, .duplicate: 1])
    }

    @Test(arguments: Outcome.allCases)
    func aRowThatEndedComesBackWithItsOutcomeUnlessItFailed(outcome: Outcome) async throws {
        _ = try await register(.sample(0))
        try await ledger.settle([Settlement(key: "key-0", outcome: outcome)], in: "j1")
        let again = try await register(.sample(0))
        #expect(again == [outcome == .failed ? .open : .settled(outcome)])
        #expect(try await ledger.outcomes(of: "j1") == [outcome: 1])
        #expect(try await ledger.unsettledCount(of: "j1") == 0)
        #expect(try await ledger.job("j1")?.rows == 1)
    }

    @Test func aRowMayBeSettledAgain() async throws {
        _ = try await register(.sample(0))
        let failure = Settlement(
            key: "key-0",
            outcome: .failed,
            reason: .deviceUnreachable,
            detail: "no answer",
            deviceCode: -1
        )
        try await ledger.settle([failure], in: "j1")
        #expect(try await results().first?.reason == .deviceUnreachable)
        #expect(try await results().first?.deviceCode == -1)
        try await ledger.settle([Settlement(key: "key-0", outcome: .stored)], in: "j1")
        let row = try #require(try await results().first)
        #expect((row.outcome, row.reason, row.detail, row.deviceCode) == (.stored, nil, "", nil))
    }

    @Test func settlingARowThatIsNotThereSettlesNone() async throws {
        _ = try await register(.sample(0))
        await #expect(throws: LedgerError.self) {
            try await ledger.settle(["key-0", "key-1"].map { Settlement(key: $0, outcome: .stored) }, in: "j1")
        }
        #expect(try await ledger.unsettledCount(of: "j1") == 1)
    }

    @Test func anOpenRowTakesOnWhatTheSourceSaysNow() async throws {
        _ = try await register(.sample(0, imgID: "old"), .sample(1))
        #expect(try await register(.sample(0, imgID: "new", line: 3)) == [.open])
        // The old id is free again, the new one is taken.
        #expect(try await register(.sample(2, imgID: "old")) == [.open])
        #expect(try await register(.sample(3, imgID: "new")) == [.duplicate(of: "new/photo-0.jpg, line 3")])
        // A row that changes its id to one that is taken becomes a duplicate.
        #expect(try await register(.sample(1, imgID: "old")) == [.duplicate(of: "new/photo-2.jpg")])
        try await ledger.settle([Settlement(key: "key-0", outcome: .stored)], in: "j1")
        #expect(try await results().map(\.imgID) == ["new", "old", "new"])
    }

    @Test func anOpenRowMayComeBackWithARejection() async throws {
        _ = try await register(.sample(0))
        #expect(try await register(.sample(0, rejection: Rejection(.ageRange, "age 1000"))) == [.rejected])
        #expect(try await results().first?.detail == "age 1000")
        #expect(try await register(.sample(0)) == [.settled(.rejected)])
    }

    @Test func aSettledRowKeepsItsIDAndNameButMovesWithItsSource() async throws {
        _ = try await register(.sample(0), .sample(1))
        try await ledger.settle(["key-0", "key-1"].map { Settlement(key: $0, outcome: .stored) }, in: "j1")
        var moved = NewRow.sample(0, imgID: "other", line: 9)
        moved.ordinal = 5
        moved.name = "Other"
        #expect(try await register(moved) == [.settled(.stored)])
        #expect(try await results().map(\.imgID) == ["E-1", "E-0"])
        #expect(try await results().map(\.name) == ["Person 1", "Person 0"])
        #expect(try await results().last?.line == 9)
    }

    @Test func anIDThatBecameKnownLaterIsKeptAndOwned() async throws {
        _ = try await register(.sample(0, imgID: ""), .sample(1, imgID: ""))
        try await ledger.settle(
            [
                Settlement(key: "key-0", outcome: .failed, imgID: "derived"),
                Settlement(key: "key-1", outcome: .failed, imgID: "derived"),
            ],
            in: "j1"
        )
        #expect(try await results().map(\.imgID) == ["derived", "derived"])
        #expect(try await register(.sample(0, imgID: "")) == [.open])
        #expect(try await register(.sample(1, imgID: "")) == [.duplicate(of: "new/photo-0.jpg")])
        #expect(try await register(.sample(2, imgID: "derived")) == [.duplicate(of: "new/photo-0.jpg")])
    }

    @Test func rowsThatAreSettledAsTheyComeAreCounted() async throws {
        let rows = [NewRow.sample(0), .sample(1, line: 7), .sample(2, imgID: ""), .sample(3, imgID: "")]
        try await ledger.record(rows, as: .unchanged, in: "j1")
        try await ledger.record(rows, as: .stored, in: "j1")
        #expect(try await ledger.outcomes(of: "j1") == [.unchanged: 4])
        #expect(try await ledger.job("j1")?.rows == 4)
        #expect(try await ledger.unsettledCount(of: "j1") == 0)
        let second = RowResult(
            source: "new/photo-1.jpg",
            line: 7,
            imgID: "E-1",
            name: "Person 1",
            outcome: .unchanged
        )
        #expect(try await results()[1] == second)
        // Their ids are theirs.
        #expect(try await register(.sample(9, imgID: "E-0")) == [.duplicate(of: "new/photo-0.jpg")])
        await #expect(throws: LedgerError.self) { try await ledger.record(rows, as: .unchanged, in: "j9") }
    }

    @Test(arguments: Outcome.allCases)
    func aRecordedOutcomeReplacesNoneButFailed(outcome: Outcome) async throws {
        _ = try await register(.sample(0), .sample(1), .sample(2))
        try await ledger.settle(
            [Settlement(key: "key-0", outcome: outcome, reason: .ageRange, detail: "before", deviceCode: -1)],
            in: "j1"
        )
        var moved = NewRow.sample(0, line: 5)
        moved.ordinal = 8
        try await ledger.record([moved, .sample(1)], as: .unchanged, in: "j1")
        #expect(try await ledger.unsettledCount(of: "j1") == 1)
        let rows = try await results()
        #expect(rows.map(\.imgID) == ["E-1", "E-0"])
        let row = try #require(rows.last)
        #expect(row.line == 5)
        if outcome == .failed {
            #expect((row.outcome, row.reason, row.detail, row.deviceCode) == (.unchanged, nil, "", nil))
        } else {
            #expect((row.outcome, row.reason, row.detail, row.deviceCode) == (outcome, .ageRange, "before", -1))
        }
    }

    @Test func aRecordedRowWithTheIDOfAnotherIsItsDuplicate() async throws {
        let rows = [NewRow.sample(0, imgID: "X"), .sample(1, imgID: "X"), .sample(1, imgID: "Y")]
        try await ledger.record(rows, as: .unchanged, in: "j1")
        #expect(try await results().map(\.outcome) == [.unchanged, .duplicate])
        #expect(try await results().last?.detail == "img_id of row new/photo-0.jpg")
        #expect(try await ledger.job("j1")?.rows == 2)
    }

    @Test func aRejectionOfARecordedRowSaysWhy() async throws {
        _ = try await register(.sample(1))
        let rejection = Rejection(.deviceRefused, "no", deviceCode: -7)
        let rows = [NewRow.sample(0, rejection: rejection), .sample(1, rejection: rejection)]
        try await ledger.record(rows, as: .failed, in: "j1")
        for row in try await results() {
            #expect((row.outcome, row.reason, row.detail, row.deviceCode) == (.failed, .deviceRefused, "no", -7))
        }
        #expect(try await ledger.outcomes(of: "j1") == [.failed: 2])
    }
}
