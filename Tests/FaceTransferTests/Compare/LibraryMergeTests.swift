// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import Testing

@testable import FaceFiles
@testable import FaceLibraries
@testable import FaceTransfer

@Suite(.timeLimit(.minutes(20))) struct LibraryMergeTests {
    private static let keys = (LibraryKey(device: "A", library: 1), LibraryKey(device: "B", library: 1))

    private let ledger: SQLiteLedger

    init() throws { ledger = try SQLiteLedger.inMemory() }

    private func entry(_ id: String, stamp: String) -> ListingEntry {
        ListingEntry(
            imgID: PortraitID(asListed: id),
            stamp: stamp,
            imagePath: "img",
            name: id,
            identity: "",
            gender: "",
            age: "",
            address: ""
        )
    }

    private func known(_ id: String, stamp: String) -> KnownPortrait {
        let print = PortraitFingerprint(
            photo: Digest(of: Array(id.utf8)),
            image: Digest(of: []),
            attributes: Digest(of: []),
            hash: []
        )
        return KnownPortrait(imgID: PortraitID(asListed: id), stamp: stamp, fingerprint: print, readAt: 1)
    }

    private func listing(_ ids: some Collection<String>, stamp: String = "1") async throws -> any Listing {
        let listing = try await ledger.beginListing()
        try await listing.add(ids.map { entry($0, stamp: stamp) })
        return listing
    }

    /// Everything that a merge hands over, in groups.
    private func merged(_ first: [String], _ second: [String]) async throws -> [[MergedPortrait]] {
        let merge = LibraryMerge(
            first: .init(listing: try await listing(first), key: Self.keys.0),
            second: .init(listing: try await listing(second), key: Self.keys.1),
            ledger: ledger
        )
        var groups: [[MergedPortrait]] = []
        try await merge.run { groups.append($0) }
        return groups
    }

    private func ids(_ count: Int, from numbers: inout SeededNumbers) -> [String] {
        let alphabet = Array("ABab01-")
        var ids: Set<String> = []
        while ids.count < count {
            let length = Int.random(in: 1...8, using: &numbers)
            ids.insert(String((0..<length).map { _ in alphabet.randomElement(using: &numbers) ?? "-" }))
        }
        return ids.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.shuffled(using: &numbers)
    }

    private func isBefore(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>) func aMergeIsTheUnionOfTwoSets(_ seed: UInt64) async throws {
        var numbers = SeededNumbers(seed)
        let pool = ids(4_000, from: &numbers)
        let first = pool.filter { _ in Int.random(in: 0..<3, using: &numbers) > 0 }
        let second = pool.filter { _ in Int.random(in: 0..<3, using: &numbers) > 0 }
        // Of some portraits this version is known, of some another one, and some that are known are not listed.
        let current = Set(pool.filter { _ in Bool.random(using: &numbers) })
        try await ledger.learn(pool.map { known($0, stamp: current.contains($0) ? "1" : "0") }, in: Self.keys.0)
        let (mine, theirs) = (Set(first), Set(second))
        let all = try await merged(first, second).flatMap(\.self)
        #expect(all.map(\.id.text) == mine.union(theirs).sorted(by: isBefore))
        for portrait in all {
            let id = portrait.id.text
            #expect((portrait.first != nil) == mine.contains(id))
            #expect((portrait.second != nil) == theirs.contains(id))
            #expect(portrait.first.map { $0.id == portrait.id } != false)
            #expect(portrait.second.map { $0.id == portrait.id } != false)
            #expect((portrait.first?.known != nil) == (mine.contains(id) && current.contains(id)))
            #expect(portrait.first?.known.map { $0.imgID == portrait.id } != false)
            #expect(portrait.second?.known == nil)
        }
    }

    @Test(arguments: [0, 1, 999, 1_000, 1_001, 2_000, 2_001], [0, 1, 1_000, 1_001])
    func pagesMeetWithoutAGap(_ mine: Int, _ theirs: Int) async throws {
        let (first, second) = ((0..<mine).map { "a\($0)" }, (0..<theirs).map { "b\($0)" })
        let groups = try await merged(first, second + first.prefix(theirs))
        #expect(groups.flatMap { $0.map(\.id.text) } == (first + second).sorted(by: isBefore))
        #expect(groups.allSatisfy { (1...1_000).contains($0.count) })
        #expect(groups.flatMap(\.self).count { $0.first != nil && $0.second != nil } == min(mine, theirs))
    }

    @Test func idsThatDifferInCaseOnlyAreOthers() async throws {
        let all = try await merged(["E-1", "e-2", "E-3"], ["e-1", "e-2", "E-3", "e-3"]).flatMap(\.self)
        #expect(all.map(\.id.text) == ["E-1", "E-3", "e-1", "e-2", "e-3"])
        #expect(all.map { $0.first != nil } == [true, true, false, true, false])
        #expect(all.map { $0.second != nil } == [false, true, true, true, true])
    }

    @Test func idsThatAreOnlySpelledAlikeAreOthers() async throws {
        let all = try await merged(["e\u{301}", ""], ["\u{E9}", ""]).flatMap(\.self)
        #expect(all.count == 3)
        #expect(all.count { $0.first != nil && $0.second != nil } == 1)
    }

    @Test func whatTheBodyThrowsEndsTheMerge() async throws {
        struct Enough: Error {}
        let ids = (0..<1_500).map { "\($0)" }
        let merge = LibraryMerge(
            first: .init(listing: try await listing(ids), key: Self.keys.0),
            second: .init(listing: try await listing([]), key: Self.keys.1),
            ledger: ledger
        )
        var groups = 0
        await #expect(throws: Enough.self) {
            try await merge.run { _ in
                groups += 1
                throw Enough()
            }
        }
        #expect(groups == 1)
    }

    @Test func whoCannotBeReadAnyFurtherEndsTheMergeAndNobodyLooksMissing() async throws {
        let ids = (0..<6_000).map { "\($0)" }
        let second = try await listing(ids)
        let merge = LibraryMerge(
            first: .init(listing: try await listing(ids), key: Self.keys.0),
            second: .init(listing: second, key: Self.keys.1),
            ledger: ledger
        )
        var all: [MergedPortrait] = []
        await #expect(throws: LedgerError.self) {
            try await merge.run { group in
                all += group
                await second.close()
            }
        }
        #expect(all.count >= 1_000)
        #expect(all.allSatisfy { $0.first != nil && $0.second != nil })
    }

    @Test(arguments: [nil, "0", "b", "b1", "zz"]) func aMergeMayBeginAfterAnID(_ last: String?) async throws {
        let (first, second) = (["a", "b", "c"], ["b", "b2", "d"])
        let merge = LibraryMerge(
            first: .init(listing: try await listing(first), key: Self.keys.0),
            second: .init(listing: try await listing(second), key: Self.keys.1),
            ledger: ledger
        )
        var ids: [String] = []
        try await merge.run(after: last.map(PortraitID.init(asListed:))) { ids += $0.map(\.id.text) }
        #expect(ids == ["a", "b", "b2", "c", "d"].filter { $0 > last ?? "" })
    }
}
