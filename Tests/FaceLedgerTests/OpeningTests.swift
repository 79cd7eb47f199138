// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Foundation
import GRDB
import Testing

@testable import FaceLedger

@Suite(.timeLimit(.minutes(20))) struct OpeningTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var path: String { folder.path + "/ledger.sqlite" }

    @Test func aNewLedgerIsForItsOwnerOnly() async throws {
        let ledger = try SQLiteLedger.open(directory: folder.path + "/state/facelib")
        try await ledger.begin(.sample())
        _ = try await ledger.jobs(limit: 1)
        _ = try await ledger.beginListing()
        try ledger.lock(.staff, for: "j1").release()
        for name in ["state", "state/facelib", "state/facelib/locks", "state/facelib/scratch"] {
            #expect(try folder.mode(name) == 0o700, "\(name)")
        }
        for name in [
            "ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm", "safe.key", "open.lock", "locks/SN-1-3.lock",
        ] {
            #expect(try folder.mode("state/facelib/" + name) == 0o600, "\(name)")
        }
    }

    @Test func aLedgerThatOthersMightReadIsClosedToThem() throws {
        _ = try SQLiteLedger.open(directory: folder.path)
        for name in ["ledger.sqlite", "safe.key"] {
            let path = folder.path + "/" + name
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            _ = try SQLiteLedger.open(directory: folder.path)
            #expect(try folder.mode(name) == 0o600, "\(name)")
        }
    }

    @Test func everyWriteIsSynced() async throws {
        let ledger = try SQLiteLedger.open(directory: folder.path)
        let pragmas = try await ledger.write { database in
            try ["synchronous", "journal_mode", "busy_timeout", "auto_vacuum", "secure_delete", "foreign_keys"].map {
                try String.fetchOne(database, sql: "PRAGMA \($0)")
            }
        }
        #expect(pragmas == ["2", "wal", "5000", "2", "1", "1"])
    }

    @Test func everyTableIsStrict() async throws {
        let ledger = try SQLiteLedger.inMemory()
        let loose = try await ledger.read { database in
            try String.fetchAll(
                database,
                sql:
                    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite_%'"
            )
        }
        #expect(loose == [])
    }

    @Test func whatWasWrittenIsThereWhenItIsOpenedAgain() async throws {
        try await SQLiteLedger.open(directory: folder.path).begin(.sample())
        #expect(try await SQLiteLedger.open(directory: folder.path).job("j1") == .sample())
    }

    @Test func aLedgerOfANewerFaceLibIsLeftAlone() async throws {
        try await SQLiteLedger.open(directory: folder.path).write { database in
            try database.execute(sql: "PRAGMA user_version = 99")
        }
        let error = #expect(throws: LedgerError.self) { try SQLiteLedger.open(directory: folder.path) }
        #expect(error?.code == .newerFormat)
        #expect(error?.message.contains("99") == true)
    }

    @Test func anOutcomeOfANewerFaceLibIsNotPassedOver() async throws {
        let ledger = try SQLiteLedger.inMemory()
        try await ledger.begin(.sample())
        _ = try await ledger.register([.sample(0), .sample(1)], in: "j1")
        try await ledger.settle([Settlement(key: "key-0", outcome: .stored)], in: "j1")
        try await ledger.write { try $0.execute(sql: "UPDATE job_row SET outcome = 'merged' WHERE key = 'key-1'") }
        let counting = await #expect(throws: LedgerError.self) { try await ledger.outcomes(of: "j1") }
        #expect(counting?.code == .newerFormat)
        let reading = await #expect(throws: LedgerError.self) {
            try await ledger.results(of: "j1", after: nil, limit: 9)
        }
        #expect(reading?.code == .newerFormat)
    }

    @Test func aDatabaseOfAnotherProgramIsLeftAlone() async throws {
        do {
            let file = try DatabaseQueue(path: path)
            try await file.write { database in try database.execute(sql: "CREATE TABLE note (text TEXT)") }
        }
        let error = #expect(throws: LedgerError.self) { try SQLiteLedger.open(directory: folder.path) }
        #expect(error?.code == .unusable)
        #expect(error?.message.contains("another program") == true)
    }

    @Test func aFileThatIsNoDatabaseIsReportedInSQLitesWords() throws {
        try Data(repeating: 7, count: 8_192).write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: LedgerError.self) { try SQLiteLedger.open(directory: folder.path) }
        #expect(error?.code == .unusable)
        #expect(error?.message.contains("file is not a database (SQLite 26)") == true)
    }

    @Test func aPageThatIsDamagedIsReportedInSQLitesWords() async throws {
        let page: Int
        do {
            let ledger = try SQLiteLedger.open(directory: folder.path)
            try await ledger.begin(.sample())
            page = try await ledger.read { database in
                try Int.fetchOne(database, sql: "SELECT rootpage FROM sqlite_schema WHERE name = 'job'") ?? 0
            }
        }
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        try file.seek(toOffset: UInt64(page - 1) * 4_096)
        try file.write(contentsOf: Data(repeating: 0xA5, count: 4_096))
        try file.close()
        let ledger = try SQLiteLedger.open(directory: folder.path)
        let error = await #expect(throws: LedgerError.self) { try await ledger.jobs(limit: 1) }
        #expect(error?.code == .unusable)
        #expect(error?.message.contains("database disk image is malformed") == true)
    }

    @Test func aFolderThatCannotBeMadeIsReportedInTheSystemsWords() {
        let error = #expect(throws: LedgerError.self) { try SQLiteLedger.open(directory: "/dev/null/state") }
        #expect(error?.code == .unusable)
        #expect(error?.message.contains("/dev/null cannot be made: File exists") == true)
    }

    @Test func aFullDiskIsReportedInSQLitesWordsAndCostsNothingWritten() async throws {
        let ledger = try SQLiteLedger.open(directory: folder.path)
        try await ledger.begin(.sample())
        try await ledger.write { database in
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            try database.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
        let rows = (0..<2_000).map { NewRow.sample($0) }
        let error = await #expect(throws: LedgerError.self) { try await ledger.register(rows, in: "j1") }
        #expect(error?.code == .unusable)
        #expect(error?.message.hasSuffix("cannot be written: database or disk is full (SQLite 13)") == true)
        #expect(error?.message.contains("Person") == false)
        #expect(try await ledger.job("j1")?.rows == 0)
    }

    @Test func twoProcessesMayUseOneLedgerAtOnce() async throws {
        let one = try SQLiteLedger.open(directory: folder.path)
        let two = try SQLiteLedger.open(directory: folder.path)
        try await one.begin(.sample("j1"))
        try await two.begin(.sample("j2"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (ledger, job) in [(one, "j1"), (two, "j2")] {
                group.addTask {
                    for number in 0..<100 {
                        _ = try await ledger.register([.sample(number)], in: job)
                        try await ledger.settle([Settlement(key: "key-\(number)", outcome: .stored)], in: job)
                    }
                }
            }
            while try await group.next() != nil {}
        }
        for ledger in [one, two] {
            #expect(try await ledger.outcomes(of: "j1") == [.stored: 100])
            #expect(try await ledger.outcomes(of: "j2") == [.stored: 100])
        }
    }

    @Test func manyMayMakeTheLedgerAtTheSameMoment() async throws {
        let path = folder.path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask { try await SQLiteLedger.open(directory: path).begin(.sample("j\(number)")) }
            }
            while try await group.next() != nil {}
        }
        #expect(try await SQLiteLedger.open(directory: path).jobs(limit: 99).count == 8)
    }
}
