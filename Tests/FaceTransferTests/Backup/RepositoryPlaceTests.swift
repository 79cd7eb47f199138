// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Foundation
import Testing

@testable import FaceLedger
@testable import FaceRepository
@testable import FaceTransfer

@Suite struct RepositoryPlaceTests {
    private let folder = NSTemporaryDirectory() + "place-" + UUID().uuidString

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

    private func write(_ name: String) throws {
        let url = URL(fileURLWithPath: folder + "/" + name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("x".utf8).write(to: url)
    }

    /// What lies in a folder, and what that makes of it.
    static let places: [(files: [String], place: RepositoryPlace)] = [
        ([], .nothing),
        (["lost+found/x", "@eaDir/x", ".Trash-1000/x", "$RECYCLE.BIN/x", ".DS_Store"], .nothing),
        (["lock", "README.txt", "catalog.zip", "packs/@eaDir/x", "repository.json.new"], .nothing),
        (["letter.txt"], .others("letter.txt")),
        (["README.txt", "catalog.zip", "packs/0123456789abcdef0123456789abcdef.zip"], .remains),
        (["manifests/0123456789abcdef0123456789abcdef.zip"], .remains),
        (["repository-copy.json"], .repository),
    ]

    @Test(arguments: places) func whatIsAtAPathIsToldByWhatLiesThere(files: [String], place: RepositoryPlace) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for file in files { try write(file) }
        #expect(RepositoryPlace.at(folder) == place)
    }

    @Test func whatIsNoFolderOrNotThereIsTold() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try write("file")
        #expect(RepositoryPlace.at(folder + "/file") == .noFolder)
        #expect(RepositoryPlace.at(folder + "/none") == .nothing)
        let loop = folder + "/loop"
        try FileManager.default.createSymbolicLink(atPath: loop, withDestinationPath: loop)
        guard case .unreadable(let words) = RepositoryPlace.at(loop) else {
            Issue.record("a link to itself was looked at")
            return
        }
        #expect(RepositoryPlace.unreadable(words).problem("repo")?.code == .failed)
        #expect(RepositoryPlace.unreadable(words).problem("repo")?.description.contains(words) == true)
    }

    @Test func aRepositoryThatWasCopiedWithoutItsKeyIsNotMadeAnew() async throws {
        let bench = try BackupBench()
        try await bench.place(1...3)
        try await bench.backUp()
        for file in RepositoryLayout.keyFiles { try FileManager.default.removeItem(atPath: bench.path + "/" + file) }
        let before = try FileManager.default.subpathsOfDirectory(atPath: bench.path).sorted()
        let error = #expect(throws: RepositoryError.self) {
            try Repository.create(bench.path, BackupBench.secret, cost: BackupBench.cost, at: Moment.now)
        }
        #expect(error?.code == .damaged)
        #expect(try FileManager.default.subpathsOfDirectory(atPath: bench.path).sorted() == before)
        #expect(throws: RepositoryError.self) { try bench.open() }
    }
}
