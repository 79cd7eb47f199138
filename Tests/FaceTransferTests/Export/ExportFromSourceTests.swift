// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import Foundation
import Synchronization
import SystemPackage
import Testing

@testable import FaceFiles
@testable import FaceLibraries
@testable import FaceSources
@testable import FaceTransfer

/// Exports of libraries that are not on a device.
@Suite(.timeLimit(.minutes(20))) struct ExportFromSourceTests {
    private let bench: ExportBench

    init() throws { bench = try ExportBench() }

    private static func person(_ number: Int) -> PersonAttributes {
        PersonAttributes(name: "Ann \(number)", identity: "47\(number)", gender: .female, age: 31, address: "Oslo")
    }

    /// A folder with portraits `E-1` and so on.
    private func fillFolder(_ count: Int) throws -> LibraryRequest {
        for number in 1...count {
            let name = "new/Ann \(number)_E-\(number)_47\(number)_0_31_Oslo.jpg"
            try bench.folder.write(try Picture.jpeg(number), to: Array(name.utf8))
        }
        return try bench.source("new")
    }

    /// A spreadsheet with portraits, the last line of which has a wrong age and names E-9.
    private func fillTable(_ count: Int) throws -> LibraryRequest {
        var table = "img_id,name,identity,gender,age,address,photo\n"
        for number in 1...count {
            try bench.folder.write(try Picture.jpeg(number), to: Array("\(number).jpg".utf8))
            table += "E-\(number),Ann \(number),47\(number),female,31,Oslo,\(number).jpg\n"
        }
        table += "E-9,Ann 9,479,female,old,Oslo,1.jpg\n"
        try bench.folder.write(table, to: "people.csv")
        return try bench.source("people.csv")
    }

    private func expect(_ rows: [String: ReadRow], _ numbers: some Sequence<Int>) throws {
        var expected: [String: ReadRow] = [:]
        for number in numbers {
            expected["E-\(number)"] = ReadRow(attributes: Self.person(number), photo: try Picture.jpeg(number))
        }
        #expect(rows == expected)
    }

    @Test(arguments: [nil, Secret("x")]) func aFolderComesOutAsItWas(passphrase: Secret?) async throws {
        let request = try fillFolder(300)
        #expect(try await bench.run(from: request, passphrase: passphrase) == nil)
        #expect(try await bench.outcomes() == [.stored: 300])
        let name = passphrase == nil ? "out" : "out.zip"
        try expect(try await bench.readBack(name, passphrase: passphrase), 1...300)
        #expect(await bench.device.total == 0)
    }

    @Test(arguments: [nil, Secret("x")]) func aRowThatIsNoPortraitIsSaid(passphrase: Secret?) async throws {
        try await bench.run(from: try fillTable(5), passphrase: passphrase)
        #expect(try await bench.outcomes() == [.stored: 5, .rejected: 1])
        #expect(try await bench.results()["E-9"]?.reason == .ageRange)
        #expect(try await bench.results()["E-5"]?.source == "5.jpg")
        let name = passphrase == nil ? "out" : "out.zip"
        try expect(try await bench.readBack(name, passphrase: passphrase), 1...5)
    }

    @Test func chosenPortraitsAreLookedForInTheListing() async throws {
        let ids = ["E-4", "E-2", "E-4", "E-9", "E-77"].map(PortraitID.init(asListed:))
        let doubt = try await bench.run(ExportSelection(ids: ids), from: try fillTable(5))
        #expect(doubt == nil)
        try expect(try await bench.readBack(), [2, 4])
        let results = try await bench.results()
        #expect(results.mapValues(\.outcome) == ["E-2": .stored, "E-4": .stored, "E-9": .rejected, "E-77": .rejected])
        #expect(results["E-77"]?.reason == .portraitMissing)
        #expect(results["E-77"]?.source == "people.csv/E-77")
        // A row that names it is there, and says itself what is wrong.
        #expect(results["E-9"]?.reason == .ageRange)
    }

    @Test func noTimeIsKnownOfThem() async throws {
        let request = try fillFolder(2)
        let error = await #expect(throws: TargetError.self) {
            try await bench.run(ExportSelection(since: "2026-11-22 00:00:00"), from: request)
        }
        #expect(error?.code == .usage)
        #expect(error?.description.hasPrefix("new is not on a device") == true, "\(error?.description ?? "")")
        #expect(try await bench.ledger.job(bench.job) == nil)
        #expect(!FileManager.default.fileExists(atPath: bench.target))
    }

    @Test func aRepeatedIdIsADuplicate() async throws {
        let request = try fillFolder(3)
        try bench.folder.write(try Picture.jpeg(9), to: Array("new/Zoe_E-2_1_0_31_Oslo.jpg".utf8))
        try await bench.run(from: request)
        #expect(try await bench.outcomes() == [.stored: 3, .duplicate: 1])
        try expect(try await bench.readBack(), 1...3)
    }

    @Test func anExportThatWasStoppedGoesOnWithoutReadingAnythingTwice() async throws {
        let request = try fillFolder(300)
        // What stands in the way of a photo of the second group appears when its turn has come.
        let obstacle = bench.target + "/Ann 50_E-50_4750_0_31_Oslo.jpg"
        let stopped = WatchedSource(source: try bench.folder.open("new")) { name in
            guard name.contains("_E-50_") else { return }
            try? FileManager.default.createDirectory(atPath: obstacle + "/x", withIntermediateDirectories: true)
        }
        let place = FilePath(bench.folder.path + "/new")
        await #expect(throws: TargetError.self) {
            try await bench.run(from: LibraryRequest(title: "new", place: .source(stopped, place)))
        }
        let settled = try #require(try await bench.outcomes()[.stored])
        try FileManager.default.removeItem(atPath: obstacle)

        let resumed = WatchedSource(source: try bench.folder.open("new")) { _ in }
        try await bench.run(from: LibraryRequest(title: request.title, place: .source(resumed, place)))
        #expect(try await bench.outcomes() == [.stored: 300])
        #expect(settled > 0 && resumed.asked.count == 300 - settled)
        try expect(try await bench.readBack(), 1...300)
    }

    @Test func aRehearsalReadsNothing() async throws {
        _ = try await bench.makeJob(from: try fillFolder(20), isRehearsal: true).run()
        #expect(try await bench.outcomes() == [.ready: 20])
        #expect(!FileManager.default.fileExists(atPath: bench.target))
    }
}

/// A source that tells of which rows the photo is asked for.
private final class WatchedSource: PortraitSource {
    private let source: any PortraitSource
    private let note: @Sendable (String) -> Void
    private let names = Mutex<[String]>([])
    var asked: [String] { names.withLock(\.self) }

    init(source: any PortraitSource, _ note: @escaping @Sendable (String) -> Void) {
        self.source = source
        self.note = note
    }

    var title: String { source.title }
    var origin: SourceOrigin { source.origin }
    var notices: [SourceNotice] { source.notices }
    var gap: String? { source.gap }
    func rows() -> RowSequence { source.rows() }
    func countRows() throws -> Int { try source.countRows() }
    func photo(reportedAs name: String) -> PhotoPlace? {
        names.withLock { $0.append(name) }
        note(name)
        return source.photo(reportedAs: name)
    }
}
