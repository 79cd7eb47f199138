// SPDX-License-Identifier: Apache-2.0
import ChildProcess
import FaceLedger
import Foundation
import Testing

@Suite(.timeLimit(.minutes(20))) struct LockTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func aLockIsRefusedToASecondLedgerAndToTheSameOne() throws {
        let one = try SQLiteLedger.open(directory: folder.path)
        let two = try SQLiteLedger.open(directory: folder.path)
        let lock = try one.lock(.staff, for: "j1")
        for ledger in [one, two] {
            let error = #expect(throws: LedgerError.self) { try ledger.lock(.staff, for: "j2") }
            #expect(error?.code == .locked)
            #expect(error?.message.contains("process \(ProcessInfo.processInfo.processIdentifier), job j1") == true)
        }
        let other = try two.lock(.visitors, for: "j2")
        lock.release()
        lock.release()
        let next = try two.lock(.staff, for: "j2")
        lock.release()
        #expect(throws: LedgerError.self) { try one.lock(.staff, for: "j3") }
        withExtendedLifetime((other, next)) {}
    }

    @Test func aLockEndsWithItsLastReference() throws {
        let ledger = try SQLiteLedger.open(directory: folder.path)
        do {
            let lock = try ledger.lock(.staff, for: "j1")
            withExtendedLifetime(lock) {}
        }
        let again = try ledger.lock(.staff, for: "j2")
        withExtendedLifetime(again) {}
    }

    @Test func aLedgerInMemoryHasLocksToo() throws {
        let ledger = try SQLiteLedger.inMemory()
        let lock = try ledger.lock(.staff, for: "j1")
        let error = #expect(throws: LedgerError.self) { try ledger.lock(.staff, for: "j2") }
        #expect(error?.code == .locked)
        lock.release()
        let next = try ledger.lock(.staff, for: "j2")
        lock.release()
        #expect(throws: LedgerError.self) { try ledger.lock(.staff, for: "j3") }
        next.release()
    }

    @Test func aSerialNumberCannotLeaveTheFolder() throws {
        let ledger = try SQLiteLedger.open(directory: folder.path)
        let lock = try ledger.lock(LibraryKey(device: "../工 A_1.x", library: 7), for: "j1")
        #expect(try folder.names(in: "locks") == ["%2E%2E%2F%E5%B7%A5%20A%5F1%2Ex-7.lock"])
        #expect(try folder.mode("locks/%2E%2E%2F%E5%B7%A5%20A%5F1%2Ex-7.lock") == 0o600)
        lock.release()
    }

    @Test func theLockOfALivingProcessHoldsAndThatOfADeadOneDoesNot() async throws {
        let ledger = try SQLiteLedger.open(directory: folder.path)
        try ledger.lock(.staff, for: "j1").release()
        let holder = ChildProcess()
        holder.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
        // -o: the lock is flock's own and not inherited by what it runs.
        holder.arguments = ["-o", "\(folder.path)/locks/SN-1-3.lock", "sh", "-c", "echo held; exec cat"]
        let (input, output) = (Pipe(), Pipe())
        holder.standardInput = input
        holder.standardOutput = output
        try holder.run()
        #expect(output.fileHandleForReading.availableData == Data("held\n".utf8))

        let error = #expect(throws: LedgerError.self) { try ledger.lock(.staff, for: "j2") }
        #expect(error?.code == .locked)
        kill(holder.processIdentifier, SIGKILL)
        try input.fileHandleForWriting.close()
        holder.waitUntilExit()
        try ledger.lock(.staff, for: "j2").release()
    }
}
