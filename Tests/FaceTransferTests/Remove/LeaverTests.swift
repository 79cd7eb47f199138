// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import Testing

@testable import FaceSources
@testable import FaceTransfer
@testable import FaceUpload

@Suite(.timeLimit(.minutes(20))) struct LeaverTests {
    private func listing(_ count: Int, seen: Int, in bench: TransferBench) async throws -> any Listing {
        let listing = try await bench.ledger.beginListing()
        for number in 0..<count { await bench.device.place(.e(number), PersonAttributes(name: "Ann"), [0xFF, 0xD8]) }
        let page = await bench.device.portraits.map { portrait in
            ListingEntry(
                ListedPortrait(
                    id: portrait.id,
                    imagePath: portrait.imagePath,
                    createTime: portrait.createTime,
                    name: "Ann",
                    identity: "",
                    gender: "",
                    age: "",
                    address: ""
                )
            )
        }
        try await listing.add(page)
        try await listing.markSeen((0..<seen).map(PortraitID.e))
        return listing
    }

    private func removal(_ bench: TransferBench) async throws -> LeaverRemoval {
        LeaverRemoval(
            destination: try await bench.destination(),
            ledger: bench.ledger,
            job: bench.job,
            title: "hq:staff",
            clock: bench.clock
        )
    }

    @Test(
        arguments: [
            // portraits, leavers, rows of the source, rows last time, unreadable, doubt, the reason's word
            (100, 10, 90, 90, 0, nil, nil), (100, 11, 90, 90, 0, nil, "at most 10"),
            (2000, 101, 1900, nil, 0, nil, "at most 100"),
            (100, 1, 0, nil, 0, nil, "empty"), (100, 1, 50, 100, 0, nil, "shrank"), (100, 1, 51, 100, 0, nil, nil),
            (100, 1, 99, 99, 2, nil, "2 rows"), (100, 1, 99, 99, 0, "the library changed", "the library changed"),
            (100, 0, 0, 100, 3, nil, nil), (100, 0, 99, 99, 0, "doubt", "doubt"), (5, 1, 4, 5, 0, nil, "at most 0"),
        ] as [(Int, Int, Int, Int?, Int, String?, String?)]
    )
    func everyGuardNamesItsReason(
        _ size: Int,
        _ leavers: Int,
        _ rows: Int,
        _ last: Int?,
        _ unreadable: Int,
        _ doubt: String?,
        _ word: String?
    ) throws {
        var source = LeaverGuard.SourceCount(rows: rows)
        for number in 0..<unreadable { source.unidentified.add("new/\(number).jpg") }
        let destination = LeaverGuard.DestinationCount(portraits: size, leavers: leavers, doubt: doubt)
        do throws(SafetyStop) {
            try LeaverGuard(limit: .standard).check(source, lastSize: last, destination)
            #expect(word == nil)
        } catch {
            #expect(word.map(error.message.contains) == true, "\(error)")
        }
    }

    @Test func aDoubtAboutTheSourceStopsDeletesToo() {
        let source = LeaverGuard.SourceCount(rows: 99, doubt: "the session ended while the library was listed")
        let destination = LeaverGuard.DestinationCount(portraits: 100, leavers: 1, doubt: nil)
        let stop = #expect(throws: SafetyStop.self) {
            try LeaverGuard(limit: .standard).check(source, lastSize: nil, destination)
        }
        #expect(stop?.message.contains("session ended") == true)
    }

    @Test(arguments: [
        ("5", DeleteLimit.count(5), 5), ("5%", .percent(5), 10), ("0", .count(0), 0), ("100%", .percent(100), 200),
        ("0.5%", .percent(0.5), 1),
    ])
    func limitsAreReadAndWritten(_ text: String, _ limit: DeleteLimit, _ allowed: Int) {
        #expect(DeleteLimit(text) == limit)
        #expect(limit.allowed(of: 200) == allowed)
        #expect(DeleteLimit(limit.text) == limit)
    }

    @Test(arguments: [
        (DeleteLimit.standard, 2000, 60, 40), (.standard, 100, 60, 10), (.standard, 2000, 100, 0),
        (.standard, 2000, 300, 0), (.count(5), 200, 3, 2), (.count(5), 200, 9, 0), (.percent(5), 200, 9, 10),
    ])
    func aNumberCountsForAllLibrariesOfARun(_ limit: DeleteLimit, _ size: Int, _ spent: Int, _ allowed: Int) throws {
        #expect(limit.allowed(of: size, spent: spent) == allowed)
        let source = LeaverGuard.SourceCount(rows: size)
        func check(_ leavers: Int) throws {
            let destination = LeaverGuard.DestinationCount(portraits: size, leavers: leavers, doubt: nil)
            try LeaverGuard(limit: limit, spent: spent).check(source, lastSize: nil, destination)
        }
        try check(allowed)
        #expect(throws: SafetyStop.self) { try check(allowed + 1) }
    }

    @Test(arguments: ["", "-1", "101%", "ten", "5 %", "nan%", "%"]) func otherLimitsAreRefused(_ text: String) {
        #expect(DeleteLimit(text) == nil)
    }

    @Test func leaversGoFiftyAtATimeEachWithARowAndACopyInTheSafe() async throws {
        let bench = try await TransferBench()
        let listing = try await listing(130, seen: 10, in: bench)
        try await removal(bench).run(listing, isRehearsal: false)
        #expect(await bench.device.portraits.count == 10)
        #expect(await bench.device.counts[.delete] == 3)
        #expect(try await bench.ledger.outcomes(of: bench.job) == [.removed: 120])
        let key = LibraryKey(device: "STSN1", library: 3)
        #expect(try await bench.ledger.trashCount(of: bench.job) == 120)
        #expect(try await bench.ledger.pendingSafe(in: key).isEmpty)
    }

    @Test func aRehearsalDeletesNothing() async throws {
        let bench = try await TransferBench()
        try await removal(bench).run(listing(5, seen: 3, in: bench), isRehearsal: true)
        #expect(await bench.device.portraits.count == 5)
        #expect(try await bench.ledger.outcomes(of: bench.job) == [.ready: 2])
    }

    @Test(arguments: [Fault.lostBefore, .lostAfter, .refused(-1)])
    func aDeleteWhoseAnswerIsLostIsSentAgain(_ fault: Fault) async throws {
        let bench = try await TransferBench()
        let listing = try await listing(5, seen: 3, in: bench)
        await bench.device.set { $0.faults[.delete] = [fault] }
        try await removal(bench).run(listing, isRehearsal: false)
        #expect(try await bench.ledger.outcomes(of: bench.job) == [.removed: 2])
    }

    @Test func whatCannotBeFetchedWholeStays() async throws {
        let bench = try await TransferBench()
        await bench.device.set { $0.keepsImages = false }
        try await removal(bench).run(listing(5, seen: 3, in: bench), isRehearsal: false)
        #expect(await bench.device.portraits.count == 5)
        #expect(try await bench.ledger.outcomes(of: bench.job) == [.failed: 2])
    }

    @Test func aLeaverWhomSomebodyElseRemovedMeanwhileIsNoFailure() async throws {
        let bench = try await TransferBench()
        let listing = try await listing(5, seen: 3, in: bench)
        let leaver = try #require(try await listing.unseen(after: nil, limit: 1).first)
        await bench.device.drop(leaver.imgID)
        try await removal(bench).run(listing, isRehearsal: false)
        #expect(try await bench.ledger.outcomes(of: bench.job) == [.removed: 2])
        #expect(try await bench.results()[leaver.imgID.text]?.detail.contains("somebody else") == true)
        #expect(await bench.device.deletes[leaver.imgID] == nil)
    }

    @Test func anIDWithACommaIsNotDeletedBecauseItWouldNameOthers() async throws {
        let bench = try await TransferBench()
        await bench.device.place(PortraitID(asListed: "E-1,E-2"), PersonAttributes(), [0xFF, 0xD8])
        try await removal(bench).run(listing(3, seen: 3, in: bench), isRehearsal: false)
        #expect(await bench.device.portraits.count == 4)
        #expect(try await bench.ledger.outcomes(of: bench.job) == [.failed: 1])
    }
}
