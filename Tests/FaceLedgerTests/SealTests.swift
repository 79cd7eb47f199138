// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Foundation
import GRDB
import Testing

@testable import FaceLedger

@Suite(.timeLimit(.minutes(20))) struct SealTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var keyPath: String { folder.path + "/safe.key" }
    private var portrait: SafePortrait { .telling("E-1") }

    /// The error of a portrait that does not open: it says whose it is, and nothing that it holds.
    private func problem(_ ledger: SQLiteLedger, _ sources: SourceLocation = #_sourceLocation) async -> LedgerError? {
        let error = await #expect(throws: LedgerError.self, sourceLocation: sources) {
            try await ledger.safePortrait("E-1", in: .staff)
        }
        #expect(error?.message.hasPrefix("the portrait E-1 in the safe is damaged") == true, sourceLocation: sources)
        for word in SafePortrait.tellingWords + ["SN-1", "j1"] {
            #expect(error?.message.contains(word) == false, sourceLocation: sources)
        }
        return error
    }

    @Test func nothingOfAPortraitStandsInTheFilesOfTheLedger() async throws {
        let ledger = try SQLiteLedger.open(directory: folder.path)
        try await ledger.keep(portrait)
        #expect(try folder.findings(of: SafePortrait.tellingWords) == [])
        try await ledger.resolve("E-1", in: .staff, as: .removed)
        try await ledger.keep(portrait)
        try await ledger.resolve("E-1", in: .staff, as: .putBack)
        #expect(try folder.findings(of: SafePortrait.tellingWords) == [])
        // What is looked for would be found: the id stands there in clear.
        #expect(try folder.findings(of: ["E-1"]) != [])
        withExtendedLifetime(ledger) {}
    }

    @Test func twoSealsOfOnePortraitHaveNothingInCommon() throws {
        let seal = SafeSeal(key: SafeSeal.makeKey())
        let (one, two) = try (seal.seal(portrait), seal.seal(portrait))
        #expect(one.prefix(12) != two.prefix(12))
        #expect(one.dropFirst(12) != two.dropFirst(12))
        #expect(try seal.open(one, .staff, "E-1", "j1") == seal.open(two, .staff, "E-1", "j1"))
    }

    @Test(arguments: [0, 12, 40, -1])
    func aByteThatIsFlippedIsNoticed(place: Int) async throws {
        let ledger = try SQLiteLedger.open(directory: folder.path)
        try await ledger.keep(portrait)
        try await ledger.write { database in
            var content = try #require(try Data.fetchOne(database, sql: "SELECT content FROM safe_portrait"))
            content[place < 0 ? content.count + place : place] ^= 1
            try database.execute(sql: "UPDATE safe_portrait SET content = ?", arguments: [content])
        }
        _ = await problem(ledger)
    }

    @Test func contentThatIsTooShortIsNoticed() async throws {
        let ledger = try SQLiteLedger.open(directory: folder.path)
        try await ledger.keep(portrait)
        try await ledger.write { try $0.execute(sql: "UPDATE safe_portrait SET content = x'0102'") }
        _ = await problem(ledger)
    }

    @Test func aSealFitsOneDeviceLibraryIDAndJob() throws {
        let seal = SafeSeal(key: SafeSeal.makeKey())
        let sealed = try seal.seal(portrait)
        #expect(try seal.open(sealed, .staff, "E-1", "j1").attributes == portrait.attributes)
        let others: [(LibraryKey, PortraitID, String)] = [
            (LibraryKey(device: "SN-2", library: 3), "E-1", "j1"), (.visitors, "E-1", "j1"), (.staff, "E-2", "j1"),
            (.staff, "E-1", "j2"), (.staff, "E-1j", "1"), (LibraryKey(device: "SN-13", library: 3), "E-1", "j1"),
        ]
        for (library, id, job) in others {
            #expect(throws: LedgerError.self) { try seal.open(sealed, library, id, job) }
        }
    }

    @Test func contentThatWasMovedToAnotherEntryDoesNotOpen() async throws {
        let ledger = try SQLiteLedger.open(directory: folder.path)
        try await ledger.keep(portrait)
        try await ledger.keep(.telling("E-2"))
        try await ledger.write { database in
            try database.execute(
                sql: """
                    UPDATE safe_portrait SET content = (SELECT content FROM safe_portrait WHERE img_id = 'E-2')
                    WHERE img_id = 'E-1'
                    """
            )
        }
        _ = await problem(ledger)
        #expect(try await ledger.safePortrait("E-2", in: .staff) == .telling("E-2"))
    }

    @Test func aNewLedgerHasAKeyOfItsOwn() throws {
        _ = try SQLiteLedger.open(directory: folder.path)
        let key = try Data(contentsOf: URL(fileURLWithPath: keyPath))
        #expect(key.count == 32)
        #expect(try folder.mode("safe.key") == 0o600)
        _ = try SQLiteLedger.open(directory: folder.path)
        #expect(try Data(contentsOf: URL(fileURLWithPath: keyPath)) == key)
        let other = try TemporaryFolder()
        _ = try SQLiteLedger.open(directory: other.path)
        #expect(try Data(contentsOf: URL(fileURLWithPath: other.path + "/safe.key")) != key)
    }

    @Test func withTheKeyOfAnotherLedgerNothingOpens() async throws {
        try await SQLiteLedger.open(directory: folder.path).keep(portrait)
        try SafeSeal.makeKey().write(to: URL(fileURLWithPath: keyPath))
        let ledger = try SQLiteLedger.open(directory: folder.path)
        _ = await problem(ledger)
        #expect(try await ledger.pendingSafe(in: .staff).map(\.imgID) == ["E-1"])
    }

    @Test func aMissingKeyIsMadeAnewOnlyWhereNothingIsSealed() async throws {
        do {
            let ledger = try SQLiteLedger.open(directory: folder.path)
            try await ledger.keep(portrait)
            try await ledger.resolve("E-1", in: .staff, as: .removed)
        }
        let key = try Data(contentsOf: URL(fileURLWithPath: keyPath))
        try FileManager.default.removeItem(atPath: keyPath)
        let error = #expect(throws: LedgerError.self) { try SQLiteLedger.open(directory: folder.path) }
        #expect(error?.code == .unusable)
        #expect(error?.message.hasPrefix("the key \(keyPath) is missing") == true)
        try key.write(to: URL(fileURLWithPath: keyPath))
        #expect(try await SQLiteLedger.open(directory: folder.path).emptyTrash(keptBefore: .infinity) == 1)
        try FileManager.default.removeItem(atPath: keyPath)
        try await SQLiteLedger.open(directory: folder.path).keep(portrait)
        #expect(try await SQLiteLedger.open(directory: folder.path).safePortrait("E-1", in: .staff) == portrait)
    }

    @Test(arguments: [0, 31, 33]) func aKeyOfAnotherLengthIsRefused(length: Int) throws {
        _ = try SQLiteLedger.open(directory: folder.path)
        try Data(repeating: 7, count: length).write(to: URL(fileURLWithPath: keyPath))
        let error = #expect(throws: LedgerError.self) { try SQLiteLedger.open(directory: folder.path) }
        #expect(error?.message.hasPrefix("the key \(keyPath) has \(length) bytes instead of 32") == true)
    }

    @Test func whatAProcessThatDiedLeftOfAKeyIsNoKey() async throws {
        try Data(repeating: 7, count: 5).write(to: URL(fileURLWithPath: keyPath + ".new"))
        try await SQLiteLedger.open(directory: folder.path).keep(portrait)
        #expect(try Data(contentsOf: URL(fileURLWithPath: keyPath)).count == 32)
        #expect(!FileManager.default.fileExists(atPath: keyPath + ".new"))
    }

    @Test func aKeyThatIsALinkIsNotFollowed() throws {
        let elsewhere = folder.path + "/elsewhere"
        try Data(repeating: 7, count: 32).write(to: URL(fileURLWithPath: elsewhere))
        try FileManager.default.createSymbolicLink(atPath: keyPath, withDestinationPath: elsewhere)
        let error = #expect(throws: LedgerError.self) { try SQLiteLedger.open(directory: folder.path) }
        #expect(error?.message.hasPrefix("the key \(keyPath) cannot be opened") == true)
    }

    @Test func manyWhoMakeTheLedgerAtOnceHaveOneKey() async throws {
        let path = folder.path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask {
                    try await SQLiteLedger.open(directory: path).keep(.sample(PortraitID(asListed: "E-\(number)")))
                }
            }
            while try await group.next() != nil {}
        }
        let ledger = try SQLiteLedger.open(directory: path)
        for number in 0..<8 {
            let id = PortraitID(asListed: "E-\(number)")
            #expect(try await ledger.safePortrait(id, in: .staff) == .sample(id))
        }
    }

    @Test func aLayoutOfANewerFaceLibIsNotMisread() throws {
        var bytes = SafeContent(attributes: PersonAttributes(name: "Ann"), image: [1, 2]).bytes
        #expect(SafeContent(bytes: bytes)?.attributes.name == "Ann")
        #expect(SafeContent(bytes: Array(bytes.prefix(4))) == nil)
        bytes[0] = 9
        #expect(SafeContent(bytes: bytes) == nil)
    }
}

extension SafePortrait {
    /// Words of ``telling(_:)``, each long enough not to stand in a file by chance.
    static let tellingWords = ["Annabella Quist", "ID-7746-1193", "Karl Johans gate 4711", "picture of a face"]

    /// A portrait whose every part can be found again.
    static func telling(
        _ id: PortraitID,
        job: String = "j1",
        kept: Double = 1_000,
        repeats: Int = 2_000
    ) -> SafePortrait {
        var portrait = SafePortrait.sample(id, job: job, kept: kept)
        portrait.attributes = PersonAttributes(
            name: tellingWords[0],
            identity: tellingWords[1],
            gender: .female,
            age: 31,
            address: tellingWords[2]
        )
        portrait.image = Array(repeatElement(Array(tellingWords[3].utf8), count: repeats).joined())
        return portrait
    }
}

extension TemporaryFolder {
    /// Which of these words stand in which files of the ledger.
    func findings(of words: [String]) throws -> [String] {
        let names = try names(in: "").filter { $0.hasPrefix("ledger.sqlite") }
        precondition(names.contains("ledger.sqlite"))
        return try names.flatMap { name in
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"))
            return words.filter { bytes.range(of: Data($0.utf8)) != nil }.map { "\($0) in \(name)" }
        }
    }
}
