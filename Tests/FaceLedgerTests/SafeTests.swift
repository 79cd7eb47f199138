// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import Testing

@Suite(.timeLimit(.minutes(20))) struct SafeTests {
    let ledger: SQLiteLedger

    init() async throws { ledger = try SQLiteLedger.inMemory() }

    private func pending() async throws -> [PortraitID] { try await ledger.pendingSafe(in: .staff).map(\.imgID) }

    @Test func aPortraitInTheSafeIsReadBackWhole() async throws {
        var bare = SafePortrait.sample("E-2", .removal)
        bare.attributes = PersonAttributes()
        bare.image = []
        try await ledger.keep(.sample("E-1"))
        try await ledger.keep(bare)
        try await ledger.keep(.sample("E-3", .attributes, image: []))
        #expect(try await ledger.safePortrait("E-1", in: .staff) == .sample("E-1"))
        #expect(try await ledger.safePortrait("E-2", in: .staff) == bare)
        #expect(try await ledger.safePortrait("E-3", in: .staff) == .sample("E-3", .attributes, image: []))
        #expect(try await ledger.safePortrait("E-1", in: .visitors) == nil)
        #expect(try await ledger.safePortrait("E-4", in: .staff) == nil)
        let entries = try await ledger.pendingSafe(in: .staff)
        #expect(entries.map(\.imgID) == ["E-1", "E-2", "E-3"])
        #expect(entries.map(\.purpose) == [.replacement, .removal, .attributes])
        #expect(entries.map(\.job) == ["j1", "j1", "j1"])
        #expect(try await ledger.pendingSafe(in: .visitors) == [])
    }

    @Test(arguments: [
        PersonAttributes(name: "Ann\0Smith", identity: "工号-17", gender: .male, age: 0, address: "1, rue é"),
        PersonAttributes(identity: "0", age: 999), PersonAttributes(gender: .female, address: " "),
    ])
    func attributesComeBackExactly(attributes: PersonAttributes) async throws {
        var portrait = SafePortrait.sample("E-1", image: Array(repeating: 0, count: 300_000))
        portrait.attributes = attributes
        try await ledger.keep(portrait)
        #expect(try await ledger.safePortrait("E-1", in: .staff) == portrait)
    }

    @Test(arguments: [SafeResolution.replaced, .removed, .putBack])
    func whatIsResolvedWaitsNoLonger(resolution: SafeResolution) async throws {
        try await ledger.keep(.sample("E-1"))
        try await ledger.keep(.sample("E-2"))
        try await ledger.resolve("E-1", in: .visitors, as: resolution)
        #expect(try await pending() == ["E-1", "E-2"])
        try await ledger.resolve("E-1", in: .staff, as: resolution)
        try await ledger.resolve("E-1", in: .staff, as: resolution)
        #expect(try await pending() == ["E-2"])
        #expect(try await ledger.safePortrait("E-1", in: .staff) == nil)
        #expect(try await ledger.trashCount(of: "j1") == (resolution == .putBack ? 0 : 1))
    }

    @Test func puttingBackErasesOnlyWhatWaits() async throws {
        try await ledger.keep(.sample("E-1", job: "j1"))
        try await ledger.resolve("E-1", in: .staff, as: .removed)
        try await ledger.keep(.sample("E-1", job: "j2"))
        try await ledger.resolve("E-1", in: .staff, as: .putBack)
        #expect(try await ledger.trashCount(of: "j1") == 1)
        #expect(try await ledger.trashCount(of: "j2") == 0)
    }

    @Test func whatWaitsUnderAnIDGoesToTheTrashWhenAnotherIsKept() async throws {
        try await ledger.keep(.sample("E-1", .removal, job: "j1", image: [1]))
        try await ledger.keep(.sample("E-2", job: "j1"))
        try await ledger.keep(.sample("E-1", job: "j2", image: [2]))
        #expect(try await pending() == ["E-2", "E-1"])
        #expect(try await ledger.safePortrait("E-1", in: .staff)?.image == [2])
        let entries = try await ledger.trash(of: "j1", after: nil, limit: 9).entries
        let entry = try #require(entries.first)
        #expect(entries.map(\.imgID) == ["E-1"])
        #expect(try await ledger.trashed(entry.id) == .sample("E-1", .removal, job: "j1", image: [1]))
    }
}

extension SafePortrait {
    /// A portrait for the safe.
    static func sample(
        _ id: PortraitID,
        _ purpose: SafePurpose = .replacement,
        in library: LibraryKey = .staff,
        job: String = "j1",
        kept: Double = 1_000,
        image: [UInt8] = [0xFF, 0xD8, 0, 1, 2, 0xFF, 0xD9]
    ) -> SafePortrait {
        SafePortrait(
            library: library,
            imgID: id,
            job: job,
            purpose: purpose,
            kept: kept,
            attributes: PersonAttributes(name: "Ann", identity: "1234", gender: .female, age: 31, address: "Oslo"),
            image: image
        )
    }
}
