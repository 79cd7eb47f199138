// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Foundation
import Testing

@testable import FaceRepository
@testable import FaceTransfer

@Suite(.timeLimit(.minutes(20))) struct VerifyTests {
    /// Two snapshots of a dozen portraits, with changes between them.
    private func bench() async throws -> BackupBench {
        let bench = try BackupBench()
        try await bench.place(1...12)
        try await bench.backUp()
        await bench.device.drop(.e(1))
        try await bench.place([13])
        try await bench.backUp()
        return bench
    }

    @Test(arguments: [RepositoryCheck.Depth.structure, .sample(1), .everything])
    func aSoundRepositoryHasNothingToTell(depth: RepositoryCheck.Depth) async throws {
        let bench = try await bench()
        let (findings, totals) = try await bench.verify(depth)
        #expect(findings.isEmpty)
        #expect(totals.snapshots == 2 && totals.portraits == 24 && totals.images == 13)
        if depth == .everything { #expect(totals.bytesRead > 13 * 500) }
        if depth == .sample(1) { #expect(totals.imagesRead == 13) }
    }

    @Test func anEmptyFolderThatACopyLeftOutIsNoDamageAndIsNotMadeByLooking() async throws {
        let bench = try await bench()
        let folder = bench.path + "/" + RepositoryLayout.unfinished
        try FileManager.default.removeItem(atPath: folder)
        #expect(try await bench.verify(.everything).0.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: folder))
        try await bench.backUp()
        #expect(FileManager.default.fileExists(atPath: folder))
    }

    /// The files of a repository with their lengths, without the lock, which holds nothing.
    private func files(_ bench: BackupBench) throws -> [(path: String, bytes: Int)] {
        let root = URL(fileURLWithPath: bench.path)
        let all = try FileManager.default.subpathsOfDirectory(atPath: bench.path).sorted()
        return try all.compactMap { name in
            let values = try root.appending(path: name).resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey])
            guard values.isRegularFile == true, name != "lock", let size = values.fileSize else { return nil }
            return (name, size)
        }
    }

    @Test func everyFlippedByteIsFoundAndNamedAndTheRestCanBeHad() async throws {
        let bench = try await bench()
        let all = try files(bench)
        let total = all.reduce(0) { $0 + $1.bytes }
        var numbers = SeededNumbers(20_261_125)
        for _ in 0..<200 {
            var place = Int.random(in: 0..<total, using: &numbers)
            let file = try #require(
                all.first { file in
                    defer { place -= file.bytes }
                    return place < file.bytes
                }
            )
            place += file.bytes
            try await damage(bench, file.path) { bytes in
                bytes[place] ^= UInt8.random(in: 1...255, using: &numbers)
            }
        }
    }

    @Test func everyTruncationIsFoundAndNamed() async throws {
        let bench = try await bench()
        let all = try files(bench)
        var numbers = SeededNumbers(11)
        for _ in 0..<200 {
            let file = try #require(all.randomElement(using: &numbers))
            let length = Int.random(in: 0..<file.bytes, using: &numbers)
            try await damage(bench, file.path) { bytes in bytes.removeSubrange(length...) }
        }
    }

    @Test func everyDeletedFileIsFoundAndNamed() async throws {
        let bench = try await bench()
        for file in try files(bench) { try await damage(bench, file.path, nil) }
    }

    /// Damages a file, checks, restores what can be restored, and puts the file back.
    private func damage(
        _ bench: BackupBench,
        _ file: String,
        _ change: ((inout [UInt8]) -> Void)?
    ) async throws {
        let url = URL(fileURLWithPath: bench.path + "/" + file)
        let before = try Data(contentsOf: url)
        if let change {
            var bytes = Array(before)
            change(&bytes)
            try Data(bytes).write(to: url)
        } else {
            try FileManager.default.removeItem(at: url)
        }
        let (findings, totals) = try await bench.verify(.everything)
        let named = findings.contains { finding in
            if case .file(let name, _) = finding { name == file || name.contains(file) } else { false }
        }
        #expect(named, "\(file): \(findings)")
        // The newest snapshot comes back as far as it can, and what is missing is told.
        let lost = Set(
            findings.compactMap { finding -> String? in
                if case .portrait(let snapshot, let id, _, _) = finding, snapshot == bench.snapshots.last {
                    id
                } else {
                    nil
                }
            }
        )
        if totals.lostPortraits == 0 { #expect(lost.isEmpty) }
        // A manifest that is not as it was written is told of, even if all of its rows can be read.
        let newest = try #require(try bench.open(.reading).snapshots.last)
        let isDoubtful = !lost.isEmpty || file == RepositoryLayout.manifests + "/" + newest.manifest
        let restored = try await bench.restored("latest", expectingLoss: isDoubtful)
        let content = await restored.content
        if lost == [""] {
            #expect(content.count < 12)
        } else {
            let original = await bench.device.content
            #expect(Set(content.keys.map(\.text)) == Set(original.keys.map(\.text)).subtracting(lost))
            #expect(content.allSatisfy { original[$0]?.image == $1.image && original[$0]?.attributes == $1.attributes })
        }
        try before.write(to: url)
    }
}
