// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import Foundation
import Testing

@Suite(.timeLimit(.minutes(20))) struct CrashTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let batch = BatchRecord(
        id: "b1",
        job: "j1",
        library: .staff,
        items: [BatchItem(key: "key-0", imgID: "E-0", fingerprint: .sample(4))]
    )

    @Test func whatAKilledProcessRecordedIsThereAndItsLockIsNot() async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.path as String] in
            let ledger = try SQLiteLedger.open(directory: path)
            let lock = try ledger.lock(.staff, for: "j1")
            let listing = try await ledger.beginListing()
            try await listing.markSeen([])
            try await ledger.begin(.sample())
            _ = try await ledger.register([.sample(0), .sample(1)], in: "j1")
            try await ledger.open(Self.batch)
            try await ledger.keep(.sample("E-0"))
            kill(getpid(), SIGKILL)
            withExtendedLifetime((lock, listing)) {}
        }
        #expect(try folder.names(in: "scratch").count == 1)
        let ledger = try SQLiteLedger.open(directory: folder.path)
        let lock = try ledger.lock(.staff, for: "j2")
        #expect(try await ledger.job("j1")?.state == .running)
        #expect(try await ledger.unsettledCount(of: "j1") == 2)
        #expect(try await ledger.openBatches(in: .staff) == [Self.batch])
        #expect(try await ledger.safePortrait("E-0", in: .staff) == .sample("E-0"))
        let listing = try await ledger.beginListing()
        #expect(try folder.names(in: "scratch").count == 1)
        await listing.close()
        lock.release()
    }

    @Test func whatIsOnDiskWhenAWriteReturnsIsTheWholeOfIt() async throws {
        // What a cut of power leaves: the files as they are while the ledger is still open.
        let ledger = try SQLiteLedger.open(directory: folder.path)
        try await ledger.begin(.sample())
        try await ledger.open(Self.batch)
        try await ledger.keep(.sample("E-0"))
        let copy = try TemporaryFolder()
        for name in ["ledger.sqlite", "ledger.sqlite-wal", "safe.key"] {
            try FileManager.default.copyItem(atPath: "\(folder.path)/\(name)", toPath: "\(copy.path)/\(name)")
        }
        let copied = try SQLiteLedger.open(directory: copy.path)
        #expect(try await copied.openBatches(in: .staff) == [Self.batch])
        #expect(try await copied.safePortrait("E-0", in: .staff) == .sample("E-0"))
        withExtendedLifetime(ledger) {}
    }
}
