// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import Foundation
import Testing

@testable import FaceFiles
@testable import FaceSources
@testable import FaceTransfer

@Suite(.timeLimit(.minutes(20))) struct ExportJobTests {
    private static let full = PersonAttributes(
        name: "Ann",
        identity: "4711",
        gender: .female,
        age: 31,
        address: "Oslo"
    )

    @Test func aLibraryBecomesAFolderThatAnImportReadsAgain() async throws {
        let bench = try ExportBench()
        try await bench.place(130) { number in
            var attributes = Self.full
            attributes.name = "Ann \(number)"
            return attributes
        }
        #expect(try await bench.run() == nil)
        #expect(try await bench.outcomes() == [.stored: 130])
        let rows = try await bench.readBack()
        #expect(rows.count == 130)
        #expect(rows["E-7"] == ReadRow(attributes: try attributes(of: "Ann 7"), photo: try Picture.jpeg(7)))
        #expect(try bench.names().contains("Ann 7_E-7_4711_0_31_Oslo.jpg"))
        #expect(try !bench.names().contains(".facelib-export"))
    }

    private func attributes(of name: String) throws -> PersonAttributes {
        var attributes = Self.full
        attributes.name = name
        return attributes
    }

    @Test func aLibraryBecomesAnEncryptedArchiveThatAnImportReadsAgain() async throws {
        let bench = try ExportBench()
        try await bench.place(130)
        let secret = Secret("correct horse")
        try await bench.run(passphrase: secret)
        let rows = try await bench.readBack("out.zip", passphrase: secret)
        #expect(rows.count == 130)
        #expect(try rows["E-9"]?.photo == Picture.jpeg(9) && rows["E-9"]?.attributes.name == "Ann 9")
        #expect(!FileManager.default.fileExists(atPath: bench.zip + ".parts"))
        #expect(throws: SourceError.self) {
            try SourceOpener.open(
                "out.zip",
                workingDirectory: bench.folder.path,
                pictures: PictureTest(isPictureExtension: { $0 == "jpg" }, isPictureContent: { _ in false }),
                passphrase: Secret("wrong")
            )
        }
    }

    @Test(arguments: [
        "Smith, Ann", "a_b", "#", "Ann/Lee", "\"Ann\"", "Ann\nLee", "Ann\r\nLee", " Ann ", ".hidden", "..", "a\\b",
        "CON", "?*<>|:", "名字" + String(repeating: "很", count: 58), "e\u{301}", "'", "a;b", "\u{FEFF}Ann",
    ])
    func aValueComesBackAsItWasWhateverItHolds(value: String) async throws {
        let bench = try ExportBench()
        let attributes = PersonAttributes(name: value, identity: value, gender: .male, age: 0, address: value)
        try await bench.place("E-1", attributes)
        try await bench.place("E-2", Self.full, picture: 2)
        try await bench.place("E-3", Self.full, picture: 3)
        try await bench.run()
        let rows = try await bench.readBack()
        #expect(rows["E-1"].map { Array($0.attributes.name.unicodeScalars) } == Array(value.unicodeScalars))
        #expect(try rows["E-1"]?.attributes == attributes && rows["E-1"]?.photo == Picture.jpeg(1))
        #expect(rows["E-2"]?.attributes == Self.full)
        let secret = Secret("x")
        bench.job += "2"
        try await bench.run(passphrase: secret)
        let archived = try await bench.readBack("out.zip", passphrase: secret)
        #expect(try archived["E-1"]?.attributes == attributes && archived["E-1"]?.photo == Picture.jpeg(1))
    }

    @Test func idsThatDifferInCaseOrAreNoneOfOursGetFilesOfTheirOwn() async throws {
        let bench = try ExportBench()
        for (number, id) in ["e-1", "E-1", "con", "test_4", "é"].enumerated() {
            try await bench.place(id, PersonAttributes(name: "a/b"), picture: number + 1)
        }
        try await bench.run()
        let photos = try bench.names().filter { $0.hasSuffix(".jpg") }
        #expect(Set(photos.map { $0.lowercased() }).count == 5)
        let table = try String(contentsOfFile: bench.target + "/people.csv", encoding: .utf8)
        for id in ["e-1", "E-1", "con", "test_4", "é"] { #expect(table.contains(",\(id),")) }
    }

    @Test func whatIsMaskedIsFetchedInClear() async throws {
        let bench = try ExportBench()
        try await bench.place(60) { _ in Self.full }
        await bench.device.set { weather in
            weather.masked = [.identity, .address, .name]
            weather.packs = { portraits in
                var zip = StoredZip()
                for portrait in portraits { zip.add("******_\(portrait.id)_******_0_31_****.jpg", portrait.image) }
                return (zip.finish(), nil)
            }
        }
        try await bench.run()
        #expect(try await bench.readBack().values.allSatisfy { $0.attributes == Self.full })
        #expect(await bench.device.counts[.clear] == 60)
        #expect(await bench.device.counts[.portrait] == nil)
    }

    @Test func whatStaysMaskedIsSaidAndNeverWritten() async throws {
        let bench = try ExportBench()
        try await bench.place(3) { _ in Self.full }
        await bench.device.set {
            $0.masked = [.identity]
            $0.staysMasked = true
            $0.packs = { portraits in
                var zip = StoredZip()
                for portrait in portraits { zip.add("\(portrait.id).jpg", portrait.image) }
                return (zip.finish(), nil)
            }
        }
        try await bench.run()
        let row = try #require(try await bench.results()["E-1"])
        #expect(row.outcome == .rejected && row.reason == .attributeMasked)
        let table = try String(contentsOfFile: bench.target + "/people.csv", encoding: .utf8)
        #expect(!table.contains("*") && table.contains("Oslo"))
    }

    @Test func aPortraitWithoutAnImageKeepsItsAttributes() async throws {
        let bench = try ExportBench()
        await bench.device.set { $0.keepsImages = false }
        try await bench.place(3) { _ in Self.full }
        try await bench.run()
        #expect(try await bench.results()["E-2"]?.reason == .imageMissing)
        #expect(try bench.names() == ["people.csv"])
        #expect(await bench.device.counts[.exportChosen] == nil)
    }

    @Test(arguments: [nil, "2026-11-22 10:00:54"] as [String?])
    func theWholeLibraryComesWhateverPagesLeaveOut(since: String?) async throws {
        let bench = try ExportBench()
        try await bench.place(450)
        await bench.device.set {
            $0.exportPageLimit = 37
            $0.unexportable = Set((20...40).map { PortraitID(asListed: "E-\($0)") })
        }
        try await bench.run(ExportSelection(since: since))
        let expected = since == nil ? 450 : 11
        #expect(try await bench.readBack().count == expected)
        #expect(try await bench.outcomes() == [.stored: expected])
        #expect(await bench.device.mostExports == 1)
    }

    @Test func onlyTheChosenPortraitsComeAndAMissingOneIsSaid() async throws {
        let bench = try ExportBench()
        try await bench.place(300)
        try await bench.run(ExportSelection(ids: ["E-5", "E-77", "E-5", "E-999"].map(PortraitID.init(asListed:))))
        #expect(try await bench.readBack().keys.sorted() == ["E-5", "E-77"])
        #expect(try await bench.results()["E-999"]?.reason == .portraitMissing)
        #expect(await bench.device.counts[.page] == nil)
    }

    @Test func aDeviceWhoseArchivesCannotBeReadIsAskedForEachPortrait() async throws {
        let bench = try ExportBench()
        try await bench.place(70)
        await bench.device.set { $0.packs = { _ in ([UInt8]("no zip at all".utf8), nil) } }
        let job = bench.makeJob()
        #expect(try await job.run() == nil)
        #expect(try await bench.outcomes() == [.stored: 70])
        #expect(job.notices.count == 1 && job.notices[0].contains("one by one"))
        #expect(await bench.device.counts[.exportChosen] == 3)
    }

    @Test func anArchiveThatExpiredIsMadeAgain() async throws {
        let bench = try ExportBench()
        try await bench.place(20)
        await bench.device.set { $0.faults = [.downloadFile: [.notFound]] }
        try await bench.run()
        #expect(try await bench.outcomes() == [.stored: 20])
        let counts = await bench.device.counts
        #expect(counts[.exportChosen] == 2 && counts[.portrait] == nil)
    }

    @Test func anUnstableListingIsSaid() async throws {
        let bench = try ExportBench()
        try await bench.place(120)
        await bench.device.set { $0.listing = .totalGrows }
        #expect(try await bench.run()?.contains("changed while it was listed") == true)
    }

    @Test func aRehearsalFetchesAndWritesNothing() async throws {
        let bench = try ExportBench()
        try await bench.place(20)
        _ = try await bench.makeJob(isRehearsal: true).run()
        #expect(try await bench.outcomes() == [.ready: 20])
        #expect(!FileManager.default.fileExists(atPath: bench.target))
        #expect(await bench.device.counts[.exportChosen] == nil)
    }

    @Test func aFolderThatHoldsSomethingIsLeftAlone() async throws {
        let bench = try ExportBench()
        try await bench.place(2)
        try bench.folder.write(Array("x".utf8), to: Array("out/mine.txt".utf8))
        let error = await #expect(throws: TargetError.self) { try await bench.run() }
        #expect(error?.code == .usage)
        #expect(try bench.names() == ["mine.txt"])
        #expect(await bench.device.total == 0)
    }

    @Test func aSecondExportOnTheDeviceIsTurnedAway() async throws {
        let bench = try ExportBench()
        try await bench.place(2)
        let lock = try bench.ledger.lock(LibraryKey(device: "STSN1", library: -1), for: "another")
        let error = await #expect(throws: LedgerError.self) { try await bench.run() }
        #expect(error?.code == .locked)
        lock.release()
        try await bench.run()
        #expect(try await bench.outcomes() == [.stored: 2])
        #expect(await bench.device.counts[.exportChosen] == 1)
    }
}
