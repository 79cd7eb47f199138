// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceModel
import Foundation
import Testing

@testable import FaceLedger
@testable import FaceRepository
@testable import FaceTransfer

@Suite(.timeLimit(.minutes(20))) struct PruneTests {
    @discardableResult
    private func prune(
        _ bench: BackupBench,
        _ policy: RetentionPolicy,
        isRehearsal: Bool = false
    ) async throws -> Pruning.End {
        let repository = try bench.open(isRehearsal ? .reading : .writing)
        defer { repository.close() }
        var pruning = Pruning(
            repository: repository,
            policy: policy,
            ledger: bench.ledger,
            isRehearsal: isRehearsal,
            at: Moment.now
        )
        pruning.packLimit = .init(bytes: 1 << 20, images: 4)
        return try await pruning.run()
    }

    /// Three snapshots; half of the portraits of the first are gone in the last, and others have come.
    private func bench() async throws -> BackupBench {
        let bench = try BackupBench()
        try await bench.place(1...16)
        try await bench.backUp()
        for number in stride(from: 1, through: 15, by: 2) { await bench.device.drop(.e(number)) }
        try await bench.backUp()
        try await bench.place(20...21)
        try await bench.backUp()
        return bench
    }

    @Test func whatIsNotKeptGoesWithItsImagesAndTheRestStaysWhole() async throws {
        let bench = try await bench()
        let before = try bench.open(.reading).imageTotals
        #expect(before.images == 18)
        let end = try await prune(bench, .init(last: 1))
        #expect(end.removed.count == 2 && end.kept.map(\.id) == [bench.snapshots[2]])
        #expect(end.images == 8)
        let after = try bench.open(.reading).imageTotals
        #expect(after.images == 10 && after.bytes < before.bytes)
        let (findings, totals) = try await bench.verify(.everything)
        #expect(findings.isEmpty && totals.snapshots == 1)
        #expect(await bench.isSame(try await bench.restored()))
    }

    @Test func aRehearsalTellsTheSameAndRemovesNothing() async throws {
        let bench = try await bench()
        let end = try await prune(bench, .init(last: 1), isRehearsal: true)
        #expect(end.removed.count == 2 && end.images == 8 && end.bytesAfter < end.bytesBefore)
        #expect(try bench.open(.reading).snapshots.count == 3)
        #expect(try bench.open(.reading).imageTotals.images == 18)
    }

    @Test func bytesOfSnapshotsCountAsFreedAndARehearsalTellsThem() async throws {
        let bench = try BackupBench()
        try await bench.place(1...6)
        for _ in 1...3 { try await bench.backUp() }
        let told = try await prune(bench, .init(last: 1), isRehearsal: true)
        let end = try await prune(bench, .init(last: 1))
        #expect(end.images == 0 && told.images == 0)
        #expect(end.bytesBefore - end.bytesAfter > 2 * 300)
        #expect(told.bytesBefore == end.bytesBefore && told.bytesAfter == end.bytesAfter)
        let files = try FileManager.default.subpathsOfDirectory(atPath: bench.path)
        let lengths = try files.filter { $0.hasPrefix("packs/") || $0.hasPrefix("manifests/") }
            .map { try Data(contentsOf: URL(fileURLWithPath: bench.path + "/" + $0)).count }
        #expect(lengths.reduce(0, +) == end.bytesAfter)
    }

    @Test func aRehearsalCountsOnlyWhatThePruningWouldFree() async throws {
        let bench = try BackupBench()
        try await bench.place(1...16)
        try await bench.backUp()
        await bench.device.drop(.e(1))
        try await bench.backUp()
        // One image of four in one pack of four: a quarter of that pack goes, and no more of the others.
        let told = try await prune(bench, .init(last: 1), isRehearsal: true)
        let end = try await prune(bench, .init(last: 1))
        #expect(told.images == end.images)
    }

    @Test func aPolicyThatKeepsNothingIsRefused() async throws {
        let bench = try await bench()
        let error = await #expect(throws: RepositoryError.self) { try await prune(bench, RetentionPolicy()) }
        #expect(error?.code == .usage)
        #expect(try bench.open(.reading).snapshots.count == 3)
    }

    @Test func nothingIsRemovedWhereNobodyCanTellWhatIsNeeded() async throws {
        let bench = try await bench()
        let manifest = try #require(try bench.open(.reading).snapshots.last).manifest
        let url = URL(fileURLWithPath: bench.path + "/manifests/" + manifest)
        try Data(try Data(contentsOf: url).prefix(300)).write(to: url)
        let error = await #expect(throws: RepositoryError.self) { try await prune(bench, .init(last: 1)) }
        #expect(error?.code == .damaged)
        #expect(try bench.open(.reading).snapshots.count == 3)
        #expect(try bench.open(.reading).imageTotals.images == 18)
    }

    @Test func smallPacksOfQuietNightsBecomeOne() async throws {
        let bench = try BackupBench()
        for number in 1...6 {
            try await bench.place([number])
            try await bench.backUp()
        }
        // None is full with one image of eight.
        let repository = try bench.open()
        #expect(repository.catalog.packs.count == 6)
        var pruning = Pruning(
            repository: repository,
            policy: .init(last: 6),
            ledger: bench.ledger,
            isRehearsal: false,
            at: Moment.now
        )
        pruning.packLimit = .init(bytes: 1 << 20, images: 8)
        _ = try await pruning.run()
        #expect(repository.catalog.packs.map(\.images) == [6])
        #expect(repository.snapshots.count == 6)
    }

    @Test func imagesThatAreThereTwiceAfterACutOffRunGo() async throws {
        let bench = try await bench()
        do {
            let repository = try bench.open()
            // A pack is written anew and the old one is not given up: what a kill in between leaves.
            let pack = try #require(repository.catalog.packs.first)
            let writing = PackWriting(repository, try await ImageIndex(in: bench.ledger))
            let reading = PackReading(repository)
            for entry in try PackReading.archive(pack.file, of: repository).entries {
                _ = try await writing.add(try reading.image(entry.name, in: pack.file))
            }
            let twin = try #require(try await writing.close())
            try repository.commit { $0.packs.append(twin) }
        }
        try await prune(bench, .init(last: 3))
        #expect(try bench.open(.reading).imageTotals.images == 18)
        #expect(try await bench.verify(.everything).0.isEmpty)
    }

    @Test func ofTwoCopiesTheOneThatCanBeReadStays() async throws {
        let bench = try await bench()
        let twin: Catalog.Pack
        do {
            let repository = try bench.open()
            defer { repository.close() }
            let pack = try #require(repository.catalog.packs.first)
            let writing = PackWriting(repository, try await ImageIndex(in: bench.ledger))
            let reading = PackReading(repository)
            // Fewer than the old pack has, so that the new one is another file.
            for entry in try PackReading.archive(pack.file, of: repository).entries.prefix(3) {
                _ = try await writing.add(try reading.image(entry.name, in: pack.file))
            }
            twin = try #require(try await writing.close())
            try repository.commit { $0.packs.append(twin) }
        }
        let url = URL(fileURLWithPath: bench.path + "/packs/" + twin.file)
        var bytes = try Data(contentsOf: url)
        bytes[200] ^= 1
        try bytes.write(to: url)
        try await prune(bench, .init(last: 3))
        #expect(try await bench.verify(.everything).1.lostPortraits == 0)
        #expect(await bench.isSame(try await bench.restored("latest")))
    }

    @Test func aDamagedImageIsStoredAnewByAFullBackupAndPrunedAway() async throws {
        let bench = try BackupBench()
        try await bench.place(1...6)
        try await bench.backUp()
        let pack = try #require(try bench.open(.reading).catalog.packs.first)
        let url = URL(fileURLWithPath: bench.path + "/packs/" + pack.file)
        var bytes = try Data(contentsOf: url)
        bytes[200] ^= 1
        try bytes.write(to: url)
        #expect(try await bench.verify(.everything).1.lostPortraits == 1)
        let end = try await bench.backUp { ($0.readsEverything, $0.sampleShare) = (true, 1) }
        #expect(end.newImages == 1 && end.sampled == 5)
        #expect(try await bench.verify(.everything).1.lostPortraits == 0)
        #expect(await bench.isSame(try await bench.restored(bench.snapshots[0])))
        let pruned = try await prune(bench, .init(last: 9))
        #expect(pruned.problems.isEmpty)
        #expect(try await bench.verify(.everything).0.isEmpty)
        #expect(await bench.isSame(try await bench.restored("latest")))
    }

    @Test func aPackThatNobodyNeedsAnyMoreIsForgottenThoughItIsGone() async throws {
        let bench = try BackupBench()
        try await bench.place(1...6)
        try await bench.backUp()
        let pack = try #require(try bench.open(.reading).catalog.packs.first)
        try FileManager.default.removeItem(atPath: bench.path + "/packs/" + pack.file)
        #expect(try await prune(bench, .init(last: 9)).problems.count == 1)
        try await bench.backUp { $0.readsEverything = true }
        #expect(try await prune(bench, .init(last: 9)).problems.isEmpty)
        #expect(try await bench.verify(.everything).0.isEmpty)
    }

    @Test func aSnapshotCanBeGivenUpByItsID() async throws {
        let bench = try await bench()
        let end = try await prune(bench, .init(forgotten: [bench.snapshots[1]]))
        #expect(end.removed.map(\.id) == [bench.snapshots[1]] && end.kept.count == 2)
        let error = await #expect(throws: RepositoryError.self) { try await prune(bench, .init(forgotten: ["x"])) }
        #expect(error?.code == .absent)
    }
}
