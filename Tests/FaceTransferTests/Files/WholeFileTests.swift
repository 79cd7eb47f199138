// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage
import Testing

@testable import FaceFiles

@Suite struct WholeFileTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "facelib-\(UUID().uuidString)").path

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

    private var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? [] }

    private func text(_ name: String) -> String? { try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) }

    @Test func aFileHasItsNameOnlyOnceItIsWhole() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try "old".write(toFile: "\(folder)/a", atomically: false, encoding: .utf8)
        let file = try WholeFile(FilePath("\(folder)/a"))
        try file.write(Array("ne".utf8))
        #expect(text("a") == "old")
        try file.write(Array("w".utf8))
        try file.commit()
        #expect(text("a") == "new")
        #expect(names == ["a"])
    }

    @Test func whatIsNotCommittedLeavesNothing() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        do {
            let file = try WholeFile(FilePath("\(folder)/a"))
            try file.write([1, 2, 3])
            #expect(names == ["a.partial"])
        }
        #expect(names == [])
    }

    /// A descriptor that is closed a second time may be another file's by then.
    @Test func aFolderInItsPlaceIsAnErrorAndClosesNoStrangersFile() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: "\(folder)/a", withIntermediateDirectories: true)
        var stranger: FileHandle?
        do {
            let file = try WholeFile(FilePath("\(folder)/a"))
            try file.write([1])
            #expect(throws: Errno.isDirectory) { try file.commit() }
            _ = FileManager.default.createFile(atPath: "\(folder)/b", contents: nil)
            stranger = FileHandle(forWritingAtPath: "\(folder)/b")
        }
        try #require(stranger).write(contentsOf: Data([7]))
        #expect(names == ["a", "b"])
    }

    @Test func whatAKilledRunLeftIsReplacedAndNeverFollowed() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder)/a.partial",
            withDestinationPath: "\(folder)/elsewhere"
        )
        let file = try WholeFile(FilePath("\(folder)/a"))
        try file.write([1])
        try file.commit(permissions: [.ownerReadWrite, .groupRead, .otherRead])
        #expect(names == ["a"])
        let mode = try FileManager.default.attributesOfItem(atPath: "\(folder)/a")[.posixPermissions] as? Int
        #expect(mode == 0o644)
    }

    @Test func aFolderThatIsNotThereIsSaidByTheSystem() {
        #expect(throws: Errno.noSuchFileOrDirectory) { try WholeFile(FilePath("\(folder)/none/a")) }
        try? FileManager.default.removeItem(atPath: folder)
    }
}
