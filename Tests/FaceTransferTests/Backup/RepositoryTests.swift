// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceModel
import Foundation
import Testing

@testable import FaceFiles
@testable import FaceLedger
@testable import FaceRepository
@testable import FaceTransfer

@Suite struct RepositoryTests {
    private func code(_ body: () throws -> Void) -> RepositoryError.Code? {
        do { try body() } catch let error as RepositoryError { return error.code } catch {}
        return nil
    }

    @Test func aWrongPassphraseOpensNothing() throws {
        let bench = try BackupBench()
        for secret in [RepositorySecret.passphrase(Secret("wrong horse")), .keyFile(Array("correct".utf8))] {
            #expect(
                code { _ = try Repository.open(bench.path, secret, for: .reading) } == .wrongPassphrase
            )
        }
    }

    @Test func aSecondWriterFindsItLockedAndReadersReadBesideEachOther() throws {
        let bench = try BackupBench()
        do {
            let writer = try bench.open()
            #expect(code { _ = try bench.open() } == .locked)
            #expect(code { _ = try bench.open(.reading) } == .locked)
            withExtendedLifetime(writer) {}
        }
        let readers = try [bench.open(.reading), bench.open(.reading)]
        #expect(code { _ = try bench.open() } == .locked)
        withExtendedLifetime(readers) {}
    }

    @Test func aFolderOfOtherThingsIsNotMadeARepository() throws {
        let folder = NSTemporaryDirectory() + "other-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data("mine".utf8).write(to: URL(fileURLWithPath: folder + "/letter.txt"))
        #expect(
            code { try Repository.create(folder, BackupBench.secret, cost: BackupBench.cost, at: Moment.now) } == .usage
        )
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["letter.txt"])
    }

    @Test func aCreationThatWasKilledIsMadeAgain() throws {
        let bench = try BackupBench()
        for file in RepositoryLayout.keyFiles { try FileManager.default.removeItem(atPath: bench.path + "/" + file) }
        #expect(RepositoryPlace.at(bench.path) == .nothing)
        try Repository.create(bench.path, BackupBench.secret, cost: BackupBench.cost, at: Moment.now)
        #expect(try bench.open().snapshots.isEmpty)
    }

    @Test(arguments: RepositoryLayout.keyFiles + RepositoryLayout.catalogFiles)
    func oneOfTwoCopiesIsEnoughAndTheNextWriterMakesTheOtherAnew(file: String) async throws {
        let bench = try BackupBench()
        try await bench.place(1...3)
        try await bench.backUp()
        try Data("nonsense".utf8).write(to: URL(fileURLWithPath: bench.path + "/" + file))
        #expect(try bench.open(.reading).problems.map(\.file) == [file])
        #expect(try bench.open().snapshots.count == 1)
        #expect(try bench.open(.reading).problems.isEmpty)
    }

    @Test func snapshotsAreFoundByIDBeginningOfItAndLibrary() async throws {
        let bench = try BackupBench()
        try await bench.place(1...3)
        try await bench.backUp()
        try await bench.backUp()
        let repository = try bench.open(.reading)
        let (first, second) = (bench.snapshots[0], bench.snapshots[1])
        for (name, id) in [
            (first, first), (second, second), (nil, second), ("latest", second), ("staff", second),
            ("hq:staff", second),
        ] as [(String?, String)] {
            #expect(try repository.snapshot(named: name).id == id)
        }
        #expect(code { _ = try repository.snapshot(named: "20") } == .usage)
        #expect(code { _ = try repository.snapshot(named: "nobody") } == .absent)
    }

    @Test func namesOfFilesAndEntriesTellNobody() async throws {
        let bench = try BackupBench()
        try await bench.place(1...3)
        try await bench.backUp()
        let names = try FileManager.default.subpathsOfDirectory(atPath: bench.path).joined(separator: "\n")
        #expect(!names.contains("E-1") && !names.contains("Ann"))
        let repository = try bench.open(.reading)
        let pack = try #require(repository.catalog.packs.first)
        let entries = try PackReading.archive(pack.file, of: repository).entries
        #expect(entries.count == 3 && entries.allSatisfy(\.isEncrypted))
        let digest = FaceModel.Digest(of: try Picture.jpeg(1)).hex
        #expect(entries.allSatisfy { !digest.hasPrefix($0.name.prefix(32)) })
    }
}
