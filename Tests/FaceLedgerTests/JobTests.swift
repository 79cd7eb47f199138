// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import Testing

@Suite(.timeLimit(.minutes(20))) struct JobTests {
    let ledger: SQLiteLedger

    init() throws { ledger = try SQLiteLedger.inMemory() }

    @Test func aJobIsReadBackAsItBegan() async throws {
        try await ledger.begin(.sample())
        #expect(try await ledger.job("j1") == .sample())
        #expect(try await ledger.job("j2") == nil)
    }

    @Test(arguments: [JobState.finished, .interrupted, .stopped])
    func theEndOfAJobIsRecordedAndItsSecondsAddUp(state: JobState) async throws {
        try await ledger.begin(.sample())
        try await ledger.end("j1", .stopped, message: "the device is gone", seconds: 2.5)
        #expect(try await ledger.job("j1")?.message == "the device is gone")
        try await ledger.begin(.sample(started: 9_999))
        #expect(try await ledger.job("j1")?.state == .running)
        #expect(try await ledger.job("j1")?.message == "")
        #expect(try await ledger.job("j1")?.started == 1_000)
        try await ledger.end("j1", state, message: "", seconds: 1)
        #expect(try await ledger.job("j1")?.state == state)
        #expect(try await ledger.job("j1")?.seconds == 3.5)
    }

    @Test func aJobThatNeverBeganCannotEnd() async throws {
        let error = await #expect(throws: LedgerError.self) {
            try await ledger.end("j9", .finished, message: "", seconds: 0)
        }
        #expect(error?.code == .unusable)
        #expect(error?.message.contains("j9") == true)
    }

    @Test func theNewestJobsComeFirst() async throws {
        for (id, started) in [("a", 1.0), ("c", 3.0), ("b", 2.0)] {
            try await ledger.begin(.sample(id, started: started))
        }
        #expect(try await ledger.jobs(limit: 2).map(\.id) == ["c", "b"])
        #expect(try await ledger.jobs(limit: 0) == [])
    }

    @Test func theLastFinishedJobIsTheNewestOfItsKind() async throws {
        for (id, started, state) in [("a", 1.0, JobState.finished), ("b", 2, .finished), ("c", 3, .stopped)] {
            try await ledger.begin(.sample(id, started: started))
            _ = try await ledger.register([.sample(1), .sample(2)], in: id)
            try await ledger.end(id, state, message: "", seconds: 0)
        }
        let last = try await ledger.lastFinished(command: "import", source: "new", target: "hq:Staff")
        #expect(last?.id == "b")
        #expect(last?.rows == 2)
        #expect(try await ledger.lastFinished(command: "check", source: "new", target: "hq:Staff") == nil)
        #expect(try await ledger.lastFinished(command: "import", source: "old", target: "hq:Staff") == nil)
        #expect(try await ledger.lastFinished(command: "import", source: "new", target: "hq:Guests") == nil)
    }

    @Test func whatHappenedIsRecordedAlsoInACancelledTask() async throws {
        let ledger = ledger
        try await ledger.begin(.sample())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.cancelAll()
            group.addTask {
                #expect(Task.isCancelled)
                try await ledger.end("j1", .interrupted, message: "", seconds: 1)
            }
            try await group.next()
        }
        #expect(try await ledger.job("j1")?.state == .interrupted)
    }
}
