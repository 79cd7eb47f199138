// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import FaceLedger
@testable import FaceRepository
@testable import FaceTransfer

/// What turns up in the folders of a repository that lies on a storage box, a synchronized folder or a disk of its own.
@Suite(.timeLimit(.minutes(20))) struct NeighbourTests {
    private static let files = [
        "Thumbs.db", ".DS_Store", "notes.txt", "~$list.xlsx", ".nfs000000000000001a00000001",
        ".fuse_hidden0000000100000001",
        "desktop.ini", "catalog (conflicted copy 2026-11-26).zip", "repository.json.sync-conflict-20261126",
        "0123456789abcdef0123456789abcdef (conflicted copy).zip", "0123456789ABCDEF0123456789ABCDEF.zip",
        "new (1).zip", "other.partial", "letter.new", "._catalog.zip",
    ]
    private static let folders = ["@eaDir", ".DAV", "lost+found", "#recycle", "fedcba9876543210fedcba9876543210.zip"]

    /// Puts a file and a folder of each kind into each folder of the repository.
    private func settle(_ bench: BackupBench) throws -> [String] {
        var settled: [String] = []
        for folder in [""] + RepositoryLayout.folders.map({ $0 + "/" }) {
            for name in Self.files {
                try Data("mine".utf8).write(to: URL(fileURLWithPath: bench.path + "/" + folder + name))
                settled.append(folder + name)
            }
            for name in Self.folders {
                try FileManager.default.createDirectory(
                    atPath: bench.path + "/" + folder + name + "/within",
                    withIntermediateDirectories: true
                )
                settled.append(folder + name)
            }
        }
        return settled.sorted()
    }

    @Test func theyStopNothingAndNobodyRemovesThem() async throws {
        let bench = try BackupBench()
        try await bench.place(1...6)
        try await bench.backUp()
        let settled = try settle(bench)
        await bench.device.drop(.e(1))
        try await bench.backUp()
        do {
            let repository = try bench.open()
            defer { repository.close() }
            var pruning = Pruning(
                repository: repository,
                policy: .init(last: 1),
                ledger: bench.ledger,
                isRehearsal: false,
                at: Moment.now
            )
            pruning.packLimit = .init(bytes: 1 << 20, images: 4)
            #expect(try await pruning.run().problems.isEmpty)
            let erasure = Erasure(repository: repository, ledger: bench.ledger)
            let line = try await erasure.run(.init(imgID: "E-2", identity: nil), reference: "", at: Moment.now)
            #expect(line?.portraits == 1)
            #expect(try repository.strangers() == settled)
        }
        let there = settled.filter { FileManager.default.fileExists(atPath: bench.path + "/" + $0) }
        #expect(there == settled)
        let (findings, totals) = try await bench.verify(.everything)
        #expect(findings == settled.map(RepositoryCheck.Finding.stranger))
        #expect(totals.damagedFiles == 0 && totals.lostPortraits == 0)
        #expect(try await bench.restored().content.count == 4)
    }

    @Test func whatAKilledRunLeftStillGoes() async throws {
        let bench = try BackupBench()
        let names = [
            "packs/0123456789abcdef0123456789abcdef.zip", "packs/new.zip", "manifests/new.zip.partial",
            "catalog.zip.partial", "repository.json.new",
        ]
        for name in names { try Data("half".utf8).write(to: URL(fileURLWithPath: bench.path + "/" + name)) }
        _ = try bench.open()
        let left = names.filter { FileManager.default.fileExists(atPath: bench.path + "/" + $0) }
        #expect(left.isEmpty)
    }

    @Test func aFileOfOurFormThatIsAnotherFileIsDamage() async throws {
        let bench = try BackupBench()
        try await bench.place(1...3)
        try await bench.backUp()
        let pack = try #require(try bench.open(.reading).catalog.packs.first)
        try FileManager.default.removeItem(atPath: bench.path + "/packs/" + pack.file)
        try FileManager.default.createDirectory(
            atPath: bench.path + "/packs/" + pack.file,
            withIntermediateDirectories: false
        )
        let (_, totals) = try await bench.verify(.everything)
        #expect(totals.damagedFiles == 1 && totals.lostPortraits == 3)
    }
}
