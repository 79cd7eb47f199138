// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import Foundation
import Testing

@testable import FaceLedger
@testable import FaceRepository
@testable import FaceTransfer

@Suite(.timeLimit(.minutes(20))) struct EraseTests {
    private func erase(_ bench: BackupBench, _ person: ErasedPerson) async throws -> AuditLine? {
        let repository = try bench.open()
        defer { repository.close() }
        var erasure = Erasure(repository: repository, ledger: bench.ledger)
        erasure.packLimit = .init(bytes: 1 << 20, images: 4)
        return try await erasure.run(person, reference: "request 17", at: Moment.now)
    }

    /// Two snapshots, with a change to each of the first three between them.
    private func bench() async throws -> BackupBench {
        let bench = try BackupBench()
        try await bench.place(1...9)
        try await bench.backUp()
        await bench.device.rewrite(.e(1), MirrorBench.person(1, name: "Anna"))
        await bench.device.drop(.e(2))
        await bench.device.drop(.e(3))
        await bench.device.place(.e(3), MirrorBench.person(3), try Picture.jpeg(33))
        try await bench.backUp()
        return bench
    }

    /// Everything that can be read with the passphrase: names and contents of all entries, and the names of files.
    private func everything(_ bench: BackupBench) throws -> [[UInt8]] {
        let repository = try bench.open(.reading)
        var pieces: [[UInt8]] = []
        for file in try FileManager.default.subpathsOfDirectory(atPath: bench.path) {
            let url = URL(fileURLWithPath: bench.path + "/" + file)
            guard let bytes = try? Data(contentsOf: url) else { continue }
            pieces.append(Array(file.utf8) + Array(bytes))
            guard file.hasSuffix(".zip") else { continue }
            let archive = try OpenedForTests(bench.path + "/" + file, repository)
            for (name, content) in try archive.contents() { pieces.append(Array(name.utf8) + content) }
        }
        return pieces
    }

    private func holds(_ pieces: [[UInt8]], _ words: [UInt8]) -> Bool {
        pieces.contains { piece in
            Data(piece).range(of: Data(words)) != nil
        }
    }

    @Test(arguments: [1, 2, 3]) func afterAnErasureNothingIsLeft(number: Int) async throws {
        let bench = try await bench()
        let images = try [number, number == 3 ? 33 : number].map { try Picture.jpeg($0) }
        let marks = [Array("E-\(number),".utf8), Array("47\(number),".utf8)] + images
        var pieces = try everything(bench)
        #expect(marks.allSatisfy { holds(pieces, $0) })
        let line = try #require(try await erase(bench, ErasedPerson(imgID: "E-\(number)", identity: nil)))
        #expect(line.portraits == (number == 2 ? 1 : 2))
        #expect(line.images == (number == 3 ? 2 : 1))
        #expect(line.reference == "request 17" && line.by == "img-id")
        pieces = try everything(bench)
        for mark in marks { #expect(!holds(pieces, mark)) }
        let other = try Picture.jpeg(9)
        #expect(holds(pieces, Array("E-9,".utf8)) && holds(pieces, other))
        let (findings, totals) = try await bench.verify(.everything)
        #expect(findings.isEmpty && totals.snapshots == 2)
        #expect(try bench.open(.reading).audit == [line])
        let old = try await bench.restored(bench.snapshots[0]).content
        #expect(old.keys.map(\.text).sorted() == (1...9).filter { $0 != number }.map { "E-\($0)" })
    }

    @Test func anIdentityCodeErasesAllPortraitsThatHaveIt() async throws {
        let bench = try await bench()
        await bench.device.place(.e(50), MirrorBench.person(5), try Picture.jpeg(50))
        try await bench.backUp()
        let line = try #require(try await erase(bench, ErasedPerson(imgID: nil, identity: "475")))
        #expect(line.portraits == 4 && line.images == 2 && line.by == "identity")
        let pieces = try everything(bench)
        #expect(!holds(pieces, Array("475,".utf8)) && !holds(pieces, Array("E-50,".utf8)))
    }

    @Test func aPictureThatSomebodyElseHasTooStays() async throws {
        let bench = try BackupBench()
        try await bench.place(1...3)
        await bench.device.place(.e(4), MirrorBench.person(4), try Picture.jpeg(1))
        try await bench.backUp()
        let line = try #require(try await erase(bench, ErasedPerson(imgID: "E-1", identity: nil)))
        #expect(line.images == 0)
        let restored = try await bench.restored().content
        let shared = try Picture.jpeg(1)
        #expect(restored[.e(4)]?.image == shared && restored[.e(1)] == nil)
    }

    @Test func whoWasMaskedInOneSnapshotIsErasedThereToo() async throws {
        let bench = try BackupBench()
        try await bench.place(1...3)
        await bench.device.set { weather in
            (weather.masked, weather.staysMasked) = ([.identity], true)
            weather.unexportable = [.e(1), .e(2), .e(3)]
        }
        try await bench.backUp()
        await bench.device.set { ($0.masked, $0.staysMasked) = ([], false) }
        try await bench.backUp()
        let line = try #require(try await erase(bench, ErasedPerson(imgID: nil, identity: "472")))
        #expect(line.portraits == 2 && line.snapshots == 2)
        #expect(!holds(try everything(bench), Array("E-2,".utf8)))
    }

    @Test func whatAPruningLeftOfThePersonGoesToo() async throws {
        let bench = try await bench()
        // The picture that E-3 had before is in no snapshot any more, and its pack is not wasteful enough to be rewritten.
        do {
            let repository = try bench.open()
            defer { repository.close() }
            try repository.commit { catalog in catalog.snapshots.removeFirst() }
            try repository.sweep()
        }
        let old = try Picture.jpeg(3)
        #expect(holds(try everything(bench), old))
        _ = try #require(try await erase(bench, ErasedPerson(imgID: "E-3", identity: nil)))
        #expect(!holds(try everything(bench), old))
    }

    @Test func whoIsOnlyInAStoppedBackupIsErasedToo() async throws {
        let bench = try BackupBench()
        try await bench.place(1...12)
        try await bench.stopHalfWay()
        let first = try #require(try bench.open(.reading).catalog.unfinished.first)
        let id: String
        do {
            var rows = ManifestReading(
                first.file,
                in: RepositoryLayout.unfinished,
                expecting: nil,
                of: try bench.open(.reading)
            )
            let row = rows.next()
            id = try #require(row).id.text
        }
        let image = try Picture.jpeg(try #require(Int(id.dropFirst(2))))
        #expect(holds(try everything(bench), image))
        let line = try #require(try await erase(bench, ErasedPerson(imgID: id, identity: nil)))
        #expect(line.portraits == 1 && line.snapshots == 0)
        let pieces = try everything(bench)
        #expect(!holds(pieces, image) && !holds(pieces, Array("\(id),".utf8)))
    }

    @Test func whatIsNotFinishedAndDamagedIsGivenUp() async throws {
        let bench = try BackupBench()
        try await bench.place(1...12)
        try await bench.backUp()
        await bench.device.removeAll()
        try await bench.place(21...32)
        try await bench.stopHalfWay()
        let part = try #require(try bench.open(.reading).catalog.unfinished.first)
        let url = URL(fileURLWithPath: bench.path + "/unfinished/" + part.file)
        try Data(contentsOf: url).prefix(100).write(to: url)
        #expect(try await erase(bench, ErasedPerson(imgID: "E-1", identity: nil))?.portraits == 1)
        #expect(try await bench.verify(.everything).0.isEmpty)
        try await bench.backUp()
        #expect(await bench.isSame(try await bench.restored("latest")))
    }

    @Test func aPackThatIsGoneHoldsUpNeitherAnErasureNorTheNextBackup() async throws {
        let bench = try await bench()
        let pack = try #require(try bench.open(.reading).catalog.packs.first)
        try FileManager.default.removeItem(atPath: bench.path + "/packs/" + pack.file)
        #expect(try await erase(bench, ErasedPerson(imgID: "E-2", identity: nil)) != nil)
        try await bench.backUp { $0.readsEverything = true }
        #expect(await bench.isSame(try await bench.restored("latest")))
    }

    @Test func aDamagedPackThatMayHoldThePersonIsNamedAndTheErasureStaysToBeDone() async throws {
        let bench = try await bench()
        let pack = try #require(try bench.open(.reading).catalog.packs.first)
        let url = URL(fileURLWithPath: bench.path + "/packs/" + pack.file)
        let whole = try Data(contentsOf: url)
        try whole.prefix(200).write(to: url)
        let error = await #expect(throws: RepositoryError.self) {
            try await erase(bench, ErasedPerson(imgID: "E-2", identity: nil))
        }
        #expect(error?.code == .damaged && error?.description.contains(pack.file) == true)
        do {
            let repository = try bench.open()
            defer { repository.close() }
            var warnings: [String] = []
            try await Erasure(repository: repository, ledger: bench.ledger)
                .finishPending(at: Moment.now) { warnings.append($0) }
            #expect(warnings.count == 1 && repository.catalog.erasing != nil)
        }
        try whole.write(to: url)
        let repository = try bench.open()
        try await Erasure(repository: repository, ledger: bench.ledger).finishPending(at: Moment.now)
        #expect(repository.catalog.erasing == nil && repository.audit.count == 1)
        repository.close()
        #expect(!holds(try everything(bench), Array("E-2,".utf8)))
    }

    @Test func nobodyIsErasedWhoIsNotThere() async throws {
        let bench = try await bench()
        #expect(try await erase(bench, ErasedPerson(imgID: "e-1", identity: nil)) == nil)
        #expect(try bench.open(.reading).audit.isEmpty)
    }

    @Test func anErasureThatWasCutOffIsCarriedThrough() async throws {
        let bench = try await bench()
        // What a kill right after the intention was written down leaves.
        let repository = try bench.open()
        let search = try ErasureSearch(
            repository: repository,
            person: ErasedPerson(imgID: "E-3", identity: nil),
            known: []
        )
        let images = try search.imagesOfNobodyElse()
        try repository.commit { catalog in
            catalog.erasing = Catalog.Erasing(
                person: ErasedPerson(imgID: "E-3", identity: nil),
                keys: Array(search.keys),
                begun: "2026-11-25T18:00:00Z",
                reference: "",
                images: images,
                portraits: 0,
                snapshots: 0,
                packs: 0
            )
        }
        try await Erasure(repository: repository, ledger: bench.ledger).finishPending(at: Moment.now)
        #expect(repository.catalog.erasing == nil && repository.audit.count == 1)
        repository.close()
        #expect(!holds(try everything(bench), Array("E-3,".utf8)))
        #expect(try await bench.verify(.everything).0.isEmpty)
    }
}
