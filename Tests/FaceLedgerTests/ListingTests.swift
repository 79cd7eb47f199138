// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import Foundation
import Testing

@Suite(.timeLimit(.minutes(20))) struct ListingTests {
    let folder: TemporaryFolder
    let ledger: SQLiteLedger

    init() throws {
        folder = try TemporaryFolder()
        ledger = try SQLiteLedger.open(directory: folder.path)
    }

    private func entry(_ id: PortraitID, name: String? = "Ann") -> ListingEntry {
        ListingEntry(
            imgID: id,
            stamp: "t",
            imagePath: "/img/\(id)",
            name: name,
            identity: nil,
            gender: "0",
            age: "31",
            address: nil
        )
    }

    @Test(arguments: [true, false])
    func aListingIsReadBackAndSaysWhatTheSourceLacks(inMemory: Bool) async throws {
        let listing = try await inMemory ? SQLiteLedger.inMemory().beginListing() : ledger.beginListing()
        try await listing.add([entry("B"), entry("A", name: nil)])
        try await listing.add([entry("a"), entry("B", name: "Other"), entry("C")])
        try await listing.add([])
        #expect(try await listing.count() == 4)
        #expect(try await listing.repeatedCount() == 1)
        #expect(
            try await listing.entries(of: ["A", "B", "Z"]) == ["A": entry("A", name: nil), "B": entry("B")]
        )
        #expect(try await listing.unseenCount() == 4)
        try await listing.markSeen(["A", "Z"])
        try await listing.markSeen(["A"])
        #expect(try await listing.unseenCount() == 3)
        #expect(try await listing.unseen(after: nil, limit: 2).map(\.imgID) == ["B", "C"])
        #expect(try await listing.unseen(after: "C", limit: 2) == [entry("a")])
        #expect(try await listing.unseen(after: "a", limit: 2) == [])
        await listing.close()
        await #expect(throws: LedgerError.self) { try await listing.count() }
    }

    @Test func aListingIsReadFromItsFirstEntryToItsLastInTheOrderOfBytes() async throws {
        let listing = try await ledger.beginListing()
        let ids: [PortraitID] = ["b", "", "工", "B", "é", "E-10", "E-2", "e\u{301}", "\u{10000}", "\u{FFFF}"]
        try await listing.add(ids.map { entry($0) })
        try await listing.markSeen(["B", "b"])
        var found: [ListingEntry] = []
        while true {
            let page = try await listing.entries(after: found.last?.imgID, limit: 3)
            found += page
            if page.count < 3 { break }
        }
        #expect(found == ids.sorted().map { entry($0) })
        #expect(try await listing.entries(after: "E", limit: 2).map(\.imgID) == ["E-10", "E-2"])
        #expect(try await listing.entries(after: nil, limit: 0) == [])
        await listing.close()
    }

    @Test func theFileIsPrivateAndGoesWithTheListing() async throws {
        let one = try await ledger.beginListing()
        let two = try await ledger.beginListing()
        try await one.add([entry("A")])
        try await two.add([entry("A")])
        let process = ProcessInfo.processInfo.processIdentifier
        #expect(try folder.names(in: "scratch") == ["\(process)-1.sqlite", "\(process)-2.sqlite"])
        #expect(try folder.mode("scratch") == 0o700)
        #expect(try folder.mode("scratch/\(process)-1.sqlite") == 0o600)
        await one.close()
        #expect(try folder.names(in: "scratch") == ["\(process)-2.sqlite"])
        #expect(try await two.count() == 1)
        await two.close()
        #expect(try folder.names(in: "scratch") == [])
    }

    @Test func onlyTheFilesOfDeadProcessesAreSwept() async throws {
        let living = try await ledger.beginListing()
        try await living.add([entry("A")])
        try Data("left behind".utf8).write(to: URL(fileURLWithPath: "\(folder.path)/scratch/1-1.sqlite"))
        let next = try await ledger.beginListing()
        #expect(try folder.names(in: "scratch").count == 2)
        #expect(try !folder.names(in: "scratch").contains("1-1.sqlite"))
        #expect(try await living.count() == 1)
        await living.close()
        await next.close()
    }
}
