// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Foundation
import Testing

@testable import FaceLedger
@testable import FaceRepository
@testable import FaceTransfer

@Suite(.timeLimit(.minutes(20))) struct CopyTests {
    private func copy(_ bench: BackupBench, to target: String) async throws -> RepositoryCopy.End {
        let source = try bench.open(.reading)
        let opened = try Repository.open(target, .keyFile([1, 2, 3]), for: .writing)
        defer {
            source.close()
            opened.close()
        }
        return try await RepositoryCopy(source: source, target: opened, ledger: bench.ledger).run()
    }

    @Test func aCopyHasAllSnapshotsUnderAKeyOfItsOwnAndLearnsOnlyWhatIsNew() async throws {
        let bench = try BackupBench()
        try await bench.place(1...7)
        try await bench.backUp()
        try await bench.place([8])
        try await bench.backUp()
        let target = bench.folder + "/copy"
        try Repository.create(target, .keyFile([1, 2, 3]), cost: BackupBench.cost, at: Moment.now)
        var end = try await copy(bench, to: target)
        #expect(end.snapshots == 2 && end.images == 8 && end.problems.isEmpty)
        try await bench.place([9])
        try await bench.backUp()
        end = try await copy(bench, to: target)
        #expect(end.snapshots == 1 && end.images == 1)
        end = try await copy(bench, to: target)
        #expect(end.snapshots == 0 && end.images == 0)
        let opened = try Repository.open(target, .keyFile([1, 2, 3]), for: .reading)
        #expect(opened.snapshots.map(\.id) == bench.snapshots)
        let source = try bench.open(.reading)
        #expect(opened.archivePassphrase != source.archivePassphrase)
        for (mine, theirs) in zip(source.snapshots, opened.snapshots) {
            var (left, right) = (
                ManifestReading(mine, of: source), ManifestReading(theirs, of: opened)
            )
            while let row = left.next() {
                let next = right.next()
                let other = try #require(next)
                #expect(row.listed == other.listed && row.image != other.image)
            }
        }
        let check = RepositoryCheck(repository: opened, ledger: bench.ledger, depth: .sample(1))
        var found = 0
        let totals = try await check.run { _ in found += 1 }
        #expect(found == 0 && totals.snapshots == 3 && totals.imagesRead == 9)
    }

    @Test func aSnapshotThatIsCopiedLaterTakesItsPlaceBeforeThoseThatFollowIt() async throws {
        let bench = try BackupBench()
        let target = bench.folder + "/copy"
        try Repository.create(target, .keyFile([1, 2, 3]), cost: BackupBench.cost, at: Moment.now)
        for number in 1...3 {
            try await bench.place([number])
            try await bench.backUp()
        }
        // The clock was wrong when the first one was taken.
        do {
            let source = try bench.open()
            defer { source.close() }
            try source.commit { $0.snapshots[0].taken = "2043-02-05T02:00:00Z" }
        }
        _ = try await copy(bench, to: target)
        func order() throws -> [String] {
            let opened = try Repository.open(target, .keyFile([1, 2, 3]), for: .writing)
            defer { opened.close() }
            let order = opened.snapshots.map(\.id)
            // The second one is pruned in the copy only, so that it is copied again.
            try opened.commit { $0.snapshots.removeAll { $0.id == bench.snapshots[1] } }
            return order
        }
        #expect(try order() == bench.snapshots)
        _ = try await copy(bench, to: target)
        #expect(try order() == bench.snapshots)
    }

    @Test func aRepositoryIsNotCopiedIntoItself() async throws {
        let bench = try BackupBench()
        try await bench.place([1])
        try await bench.backUp()
        try FileManager.default.copyItem(atPath: bench.path, toPath: bench.folder + "/twin")
        let source = try bench.open(.reading)
        let twin = try Repository.open(bench.folder + "/twin", BackupBench.secret, for: .writing)
        let error = await #expect(throws: RepositoryError.self) {
            try await RepositoryCopy(source: source, target: twin, ledger: bench.ledger).run()
        }
        #expect(error?.code == .usage)
    }
}
