// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import Testing

@testable import FaceRepository
@testable import FaceTransfer

@Suite(.timeLimit(.minutes(20))) struct BackupJobTests {
    @Test func theFirstBackupStoresAllAndTheSecondReadsNothing() async throws {
        let bench = try BackupBench()
        try await bench.place(1...120)
        let first = try await bench.backUp()
        #expect(try await bench.outcomes() == [.stored: 120])
        #expect(first.snapshot?.portraits == 120)
        #expect(first.newImages == 120)
        #expect(await bench.isSame(try await bench.restored()))
        let second = try await bench.backUp()
        #expect(try await bench.outcomes() == [.unchanged: 120])
        #expect(second.newImages == 0 && second.newBytes == 0)
        #expect(
            await bench.device.counts == [
                .identity: 1, .libraries: 1, .kept: 1, .retention: 1, .cameras: 1, .cipher: 1, .clock: 1, .page: 3,
            ]
        )
        #expect(await bench.isSame(try await bench.restored()))
    }

    @Test func aSnapshotKeepsWhatTheDeviceHasLost() async throws {
        let bench = try BackupBench()
        try await bench.place(1...6)
        let first = try #require(try await bench.backUp().snapshot)
        await bench.device.drop(.e(2))
        await bench.device.rewrite(.e(3), MirrorBench.person(3, name: "Anna"))
        await bench.device.drop(.e(4))
        await bench.device.place(.e(4), MirrorBench.person(4), try Picture.jpeg(40))
        try await bench.place([7])
        try await bench.backUp()
        #expect(try await bench.outcomes() == [.unchanged: 3, .updated: 2, .stored: 1, .removed: 1])
        #expect(await bench.isSame(try await bench.restored("latest")))
        let old = try await bench.restored(first.id).content
        #expect(old.keys.map(\.text).sorted() == (1...6).map { "E-\($0)" })
        #expect(old[.e(3)]?.attributes.name == "Ann 3")
        #expect(old[.e(4)]?.image == (try Picture.jpeg(4)))
    }

    @Test func whatIsMaskedIsKeptInClearAndReadAgainInTurn() async throws {
        let bench = try BackupBench()
        await bench.device.set { $0.masked = [.identity, .address] }
        try await bench.place(1...14)
        let first = try #require(try await bench.backUp().snapshot)
        #expect(try bench.rows(first).allSatisfy { $0.listed.clearAttributes != nil })
        // Nobody sees this in the listing.
        await bench.device.rewrite(.e(3), MirrorBench.person(3, address: "Rome"))
        try await bench.backUp()
        #expect(try await bench.outcomes() == [.unchanged: 14])
        #expect(await bench.device.counts[.clear] == nil)
        var found = 0
        for _ in 1...7 {
            try await bench.backUp { $0.rereadShare = 1.0 / 7 }
            #expect(await bench.device.counts[.clear] == 2)
            found += try await bench.outcomes()[.updated] ?? 0
        }
        #expect(found == 1)
        #expect(await bench.isSame(try await bench.restored("latest")))
    }

    @Test func anEditThatShowsHasWhatIsMaskedReadAgain() async throws {
        let bench = try BackupBench()
        await bench.device.set { $0.masked = [.identity, .address] }
        try await bench.place(1...6)
        try await bench.backUp()
        await bench.device.rewrite(.e(3), MirrorBench.person(3, name: "Anna", address: "Rome"))
        try await bench.backUp()
        #expect(try await bench.outcomes() == [.unchanged: 5, .updated: 1])
        #expect(await bench.device.counts[.clear] == 1)
        #expect(await bench.isSame(try await bench.restored("latest")))
    }

    @Test func whatNobodyIsShownIsLeftOutAndToldOf() async throws {
        let bench = try BackupBench()
        // Archives, which have everything in clear, leave these out.
        await bench.device.set { weather in
            (weather.masked, weather.staysMasked) = ([.identity], true)
            weather.unexportable = [.e(1), .e(2), .e(3)]
        }
        try await bench.place(1...3)
        let snapshot = try #require(try await bench.backUp().snapshot)
        #expect(try await bench.outcomes() == [.rejected: 3])
        #expect(snapshot.incomplete == 3)
        let rows = try bench.rows(snapshot)
        #expect(rows.allSatisfy { $0.listed.identity == nil && $0.listed.address == "Oslo" })
    }

    @Test func aDeviceWithoutImagesIsBackedUpAsFarAsItGoes() async throws {
        let bench = try BackupBench()
        await bench.device.set { $0.keepsImages = false }
        try await bench.place(1...3)
        let snapshot = try #require(try await bench.backUp().snapshot)
        #expect(try await bench.outcomes() == [.rejected: 3])
        #expect(snapshot.portraits == 3 && snapshot.incomplete == 3)
        #expect(bench.notes.contain("keeps no images"))
        #expect(snapshot.settings.keepsImages == false)
    }

    @Test func anUnsteadyListingIsWrittenDown() async throws {
        let bench = try BackupBench()
        try await bench.place(1...3)
        await bench.device.set { $0.listing = .totalTooHigh }
        let snapshot = try #require(try await bench.backUp().snapshot)
        #expect(snapshot.doubt?.contains("counts 10 portraits but listed 3") == true)
        #expect(snapshot.portraits == 3)
    }

    @Test func equalPicturesAreStoredOnce() async throws {
        let bench = try BackupBench()
        for number in 1...6 {
            await bench.device.place(.e(number), MirrorBench.person(number), try Picture.jpeg(number % 2))
        }
        let end = try await bench.backUp()
        #expect(end.newImages == 2)
        #expect(await bench.isSame(try await bench.restored()))
    }

    @Test func aRehearsalReadsNoImagesAndWritesNothing() async throws {
        let bench = try BackupBench()
        try await bench.place(1...6)
        let end = try await bench.backUp { $0.isRehearsal = true }
        #expect(end.snapshot == nil && end.listed == 6)
        #expect(try await bench.outcomes() == [.ready: 6])
        let counts = await bench.device.counts
        #expect(counts[.exportChosen] == nil && counts[.portrait] == nil)
        #expect(try bench.open(.reading).snapshots.isEmpty)
    }

    @Test func whatAStoppedBackupReadIsNotTakenForWhatTheDeviceHasNow() async throws {
        let bench = try BackupBench()
        try await bench.place(1...12)
        try await bench.stopHalfWay()
        for number in 1...12 { await bench.device.rewrite(.e(number), MirrorBench.person(number, name: "Anna")) }
        try await bench.backUp()
        #expect(await bench.isSame(try await bench.restored()))
    }

    @Test func whatAStoppedBackupReadIsNotReadAgain() async throws {
        let bench = try BackupBench()
        try await bench.place(1...12)
        try await bench.stopHalfWay()
        let known = try bench.open(.reading).imageTotals.images
        try await bench.backUp()
        #expect(known >= 4)
        #expect(await bench.device.counts[.portrait] == 12 - known)
        #expect(await bench.isSame(try await bench.restored()))
        #expect(try bench.open(.reading).catalog.unfinished.isEmpty)
    }

    @Test(arguments: 1...30) func aBackupThatDiesIsTakenUpWhereItWas(call: Int) async throws {
        let bench = try BackupBench()
        try await bench.place(1...23)
        await bench.device.kill(at: call, afterActing: false)
        let repository = try bench.open()
        var died = false
        do { _ = try await bench.makeJob(repository).run() } catch { died = true }
        repository.close()
        await bench.device.kill(at: nil, afterActing: false)
        let known = try bench.open(.reading).imageTotals.images
        try await bench.backUp()
        #expect(await bench.isSame(try await bench.restored()))
        let total = try bench.open(.reading).imageTotals.images
        #expect(total == 23)
        if !died { #expect(known == 23) }
        #expect(try bench.open(.reading).catalog.unfinished.isEmpty)
    }
}
