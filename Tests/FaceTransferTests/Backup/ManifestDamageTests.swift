// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import FacePipeline
import Foundation
import Testing

@testable import FaceLibraries
@testable import FaceRepository
@testable import FaceTransfer

/// Whoever reads a manifest learns when it is not whole, though every entry that is found can be read.
@Suite(.timeLimit(.minutes(20))) struct ManifestDamageTests {
    /// How a manifest comes to hold less than it did.
    enum Damage: CaseIterable {
        /// A byte of a name that no key protects.
        case tableRenamed
        /// The file of another snapshot, whole and readable, under this one's name.
        case anotherSnapshot
    }

    private func bench(_ damage: Damage) async throws -> (BackupBench, Snapshot) {
        let bench = try BackupBench()
        try await bench.place(1...6)
        try await bench.backUp()
        try await bench.place(7...9)
        try await bench.backUp()
        let snapshots = try bench.open(.reading).snapshots
        switch damage {
        case .tableRenamed: try bench.hideRows(of: snapshots[1])
        case .anotherSnapshot:
            let folder = bench.path + "/" + RepositoryLayout.manifests + "/"
            try FileManager.default.removeItem(atPath: folder + snapshots[1].manifest)
            try FileManager.default.copyItem(
                atPath: folder + snapshots[0].manifest,
                toPath: folder + snapshots[1].manifest
            )
        }
        return (bench, snapshots[1])
    }

    @Test(arguments: Damage.allCases) func anExportIsInDoubt(damage: Damage) async throws {
        let (bench, snapshot) = try await bench(damage)
        let repository = try bench.open(.reading)
        let job = ExportJob(
            record: JobRecord(
                id: "20261125-200000-3f",
                command: "export",
                source: "repo",
                target: "out",
                directory: "/",
                options: "{}",
                started: 1
            ),
            request: LibraryRequest(title: "repo", place: .snapshot(repository, snapshot)),
            target: bench.folder + "/out",
            passphrase: nil,
            selection: ExportSelection(),
            ledger: bench.ledger,
            progress: ProgressBoard(),
            clock: bench.clock
        )
        let doubt = try #require(try await job.run())
        #expect(doubt.contains("of its 9 portraits cannot be read any more"))
        #expect(doubt.contains(snapshot.manifest))
    }

    @Test(arguments: Damage.allCases) func aRestoreIsInDoubt(damage: Damage) async throws {
        let (bench, _) = try await bench(damage)
        #expect(try await bench.restored("latest", expectingLoss: true).content.count < 9)
    }

    @Test(arguments: Damage.allCases) func itIsNotCopied(damage: Damage) async throws {
        let (bench, snapshot) = try await bench(damage)
        let path = bench.folder + "/copy"
        try Repository.create(path, BackupBench.secret, cost: BackupBench.cost, at: Moment.now)
        let target = try Repository.open(path, BackupBench.secret, for: .writing)
        let copy = RepositoryCopy(source: try bench.open(.reading), target: target, ledger: bench.ledger)
        let end = try await copy.run()
        #expect(end.snapshots == 1 && end.problems.count == 1)
        #expect(end.problems.first?.hasPrefix(snapshot.title) == true)
        #expect(target.snapshots.map(\.id) == [bench.snapshots[0]])
    }

    @Test(arguments: Damage.allCases) func nothingIsPrunedAndNobodyErased(damage: Damage) async throws {
        let (bench, _) = try await bench(damage)
        let repository = try bench.open()
        let pruning = Pruning(
            repository: repository,
            policy: .init(last: 1),
            ledger: bench.ledger,
            isRehearsal: false,
            at: Moment.now
        )
        let refusal = await #expect(throws: RepositoryError.self) { try await pruning.run() }
        #expect(refusal?.code == .damaged)
        let erasure = Erasure(repository: repository, ledger: bench.ledger)
        let error = #expect(throws: RepositoryError.self) { try erasure.find(.init(imgID: "E-8", identity: nil)) }
        #expect(error?.code == .damaged)
        #expect(repository.imageTotals.images == 9)
    }

    @Test(arguments: Damage.allCases) func theNextBackupTellsAndIsWhole(damage: Damage) async throws {
        let (bench, snapshot) = try await bench(damage)
        try await bench.backUp()
        #expect(bench.notes.all.contains { $0.contains(snapshot.manifest) && $0.contains("read again") })
        #expect(await bench.isSame(try await bench.restored("latest")))
    }
}
