// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceModel
import Foundation
import Testing

@Suite struct ZipWriterTests {
    static let contents: [(name: String, bytes: [UInt8])] = [
        ("E-17.jpg", Content.noise(100_000)),
        ("people.csv", Content.text(300_000)),
        ("nested/folder/张三.png", Content.noise(300, seed: 2)),
        ("e\u{301}.jpg", Content.noise(19)),
        ("one", [1]),
        ("nothing.csv", []),
        ("nothing.jpg", []),
    ]

    @Test(arguments: [nil, Secret("päss wörd 密码")])
    func whatIsWrittenIsReadBack(passphrase: Secret?) throws {
        let scratch = try Scratch()
        try Self.write(scratch.path("a.zip"), passphrase)
        #expect(scratch.names == ["a.zip"])
        let archive = try ZipArchive(path: scratch.path("a.zip"), passphrase: passphrase)
        #expect(archive.entries.map { Array($0.name.utf8) } == Self.contents.map { Array($0.name.utf8) })
        for (entry, content) in zip(archive.entries, Self.contents) {
            #expect(try archive.read(entry) == content.bytes)
            #expect(entry.isEncrypted == (passphrase != nil && !content.bytes.isEmpty))
        }
        #expect(archive.entries[0].compressedSize == 100_000 + (passphrase == nil ? 0 : 28), "images are stored")
        #expect(archive.entries[1].compressedSize < 10_000, "text is deflated")
        let mode = try FileManager.default.attributesOfItem(atPath: scratch.path("a.zip"))[.posixPermissions]
        #expect(mode as? Int == 0o600)
    }

    @Test func whatIsWrittenOthersRead() throws {
        let scratch = try Scratch()
        try Self.write(scratch.path("aes.zip"), Secret("pass"))
        let listing = try scratch.run("/usr/bin/7z", ["l", "-slt", "-ppass", "aes.zip"])
        #expect(listing.contains("Method = AES-256 Store"))
        #expect(listing.contains("Method = AES-256 Deflate"))
        try scratch.run("/usr/bin/7z", ["x", "-ppass", "-oout", "aes.zip"])
        for (name, bytes) in Self.contents { #expect(try scratch.read("out/" + name) == bytes) }
        try scratch.run("/usr/bin/7z", ["t", "-pother", "aes.zip"], expecting: 2)
        #expect(try scratch.run("/usr/bin/bsdtar", ["-t", "-f", "aes.zip"]).contains("张三.png"))

        try Self.write(scratch.path("plain.zip"), nil)
        let names = try scratch.python(
            """
            import zipfile
            archive = zipfile.ZipFile("plain.zip")
            assert archive.testzip() is None
            print("|".join(archive.namelist()))
            print({entry.date_time for entry in archive.infolist()}, {entry.external_attr >> 16 for entry in archive.infolist()})
            """
        )
        #expect(names.hasPrefix(Self.contents.map(\.name).joined(separator: "|") + "\n"))
        #expect(names.contains("{(1980, 1, 2, ") && names.contains("{33152}"))
    }

    @Test(arguments: [nil, Secret("pass")])
    func contentOfUnknownSizeIsWritten(passphrase: Secret?) throws {
        let scratch = try Scratch()
        var writer = try ZipWriter(path: scratch.path("a.zip"), passphrase: passphrase)
        var pieces = [[], Content.text(100), [], Content.noise(500_000), [3]]
        let whole = pieces.flatMap { $0 }
        try writer.add("streamed.bin") { pieces.isEmpty ? nil : pieces.removeFirst() }
        var nothing: [[UInt8]] = [[], []]
        try writer.add("nothing.bin") { nothing.isEmpty ? nil : nothing.removeFirst() }
        try writer.add("after.bin", [1, 2])
        try writer.finish()
        let archive = try ZipArchive(path: scratch.path("a.zip"), passphrase: passphrase)
        #expect(try archive.entries.map { try archive.read($0) } == [whole, [], [1, 2]])
        try scratch.run("/usr/bin/7z", ["t", "-ppass", "a.zip"])
    }

    @Test func sameContentMakesTheSameBytesWithoutPassphrase() throws {
        let scratch = try Scratch()
        for name in ["a.zip", "b.zip"] { try Self.write(scratch.path(name), nil) }
        #expect(try scratch.read("a.zip") == scratch.read("b.zip"))
    }

    @Test func unfinishedArchiveIsRemovedAndTheOldOneStays() throws {
        let scratch = try Scratch()
        try scratch.write([1], "a.zip")
        do {
            var writer = try ZipWriter(path: scratch.path("a.zip"), passphrase: nil)
            try writer.add("a", Content.noise(1_000_000))
            #expect(scratch.names == ["a.zip", "a.zip.partial"])
        }
        #expect(scratch.names == ["a.zip"])
        #expect(try scratch.read("a.zip") == [1])
    }

    @Test func failureWhileAContentIsStreamedSpoilsTheArchive() throws {
        struct Failure: Error {}
        let scratch = try Scratch()
        var writer = try ZipWriter(path: scratch.path("a.zip"), passphrase: nil)
        var calls = 0
        #expect(throws: Failure.self) {
            try writer.add("a") {
                calls += 1
                guard calls < 3 else { throw Failure() }
                return [1]
            }
        }
        #expect(throws: ArchiveError.self) { try writer.add("b", [1]) }
        let error = finish(consume writer)
        #expect(error?.code == .unwritable)
        #expect(scratch.names.isEmpty)
    }

    @Test(arguments: ["../a", "/a", "", "a\nb", "a/", "./a", "a\\b"])
    func unsafeNameIsRefusedAndTheArchiveGoesOn(name: String) throws {
        let scratch = try Scratch()
        var writer = try ZipWriter(path: scratch.path("a.zip"), passphrase: nil)
        try writer.add("a", [1])
        for refused in [name, "a"] {
            let error = #expect(throws: ArchiveError.self) { try writer.add(refused, [2]) }
            #expect(error?.code == .unsafeName)
        }
        try writer.add("b", [3])
        try writer.finish()
        #expect(try ZipArchive(path: scratch.path("a.zip"), passphrase: nil).entries.map(\.name) == ["a", "b"])
    }

    @Test(arguments: ["", "a\u{0}b"])
    func passphraseThatProtectsNothingIsRefused(text: String) throws {
        let scratch = try Scratch()
        let error = refusal(scratch.path("a.zip"), Secret(text))
        #expect(error?.code == .passphraseRequired)
        #expect(scratch.names.isEmpty)
    }

    @Test func fullDiskIsSaidAndNothingStays() throws {
        let scratch = try Scratch()
        var writer = try ZipWriter(path: scratch.path("a.zip"), passphrase: nil)
        try fillDisk(under: scratch.path("a.zip.partial"))
        let error = #expect(throws: ArchiveError.self) { try writer.add("a", Content.noise(1_000_000)) }
        #expect(error?.code == .unwritable)
        #expect(error?.underlying?.status == ENOSPC)
        #expect(error?.underlying?.text == "Write error: No space left on device")
        #expect(finish(consume writer)?.code == .unwritable)
    }

    @Test func diskThatIsFullAtTheEndIsSaid() throws {
        let scratch = try Scratch()
        var writer = try ZipWriter(path: scratch.path("a.zip"), passphrase: nil)
        try writer.add("a", [1])
        try fillDisk(under: scratch.path("a.zip.partial"))
        let error = finish(consume writer)
        #expect(error?.code == .unwritable)
        #expect(error?.underlying?.status == ENOSPC)
        #expect(!FileManager.default.fileExists(atPath: scratch.path("a.zip")))
    }

    @Test func partialFileOfADeadProcessIsReplaced() throws {
        let scratch = try Scratch()
        try scratch.write([1, 2, 3], "a.zip.partial")
        try Self.write(scratch.path("a.zip"), nil)
        #expect(scratch.names == ["a.zip"])
    }

    @Test func partialFileOfALivingWriterIsNot() throws {
        let scratch = try Scratch()
        let writer = try ZipWriter(path: scratch.path("a.zip"), passphrase: nil)
        #expect(refusal(scratch.path("a.zip"), nil)?.code == .unwritable)
        try writer.finish()
        #expect(scratch.names == ["a.zip"])
    }

    @Test func linkInPlaceOfThePartialFileIsNotFollowed() throws {
        let scratch = try Scratch()
        try scratch.write([1], "victim")
        try FileManager.default.createSymbolicLink(atPath: scratch.path("a.zip.partial"), withDestinationPath: "victim")
        #expect(refusal(scratch.path("a.zip"), nil)?.code == .unwritable)
        #expect(try scratch.read("victim") == [1])
    }

    @Test(arguments: ["none/a.zip", "", "folder/.."])
    func placeThatIsNoneIsSaid(name: String) throws {
        let scratch = try Scratch()
        #expect(refusal(scratch.path(name), nil)?.code == .unwritable)
        #expect(scratch.names.isEmpty)
    }

    private static func write(_ path: String, _ passphrase: Secret?) throws {
        var writer = try ZipWriter(path: path, passphrase: passphrase)
        for (name, bytes) in contents { try writer.add(name, bytes) }
        try writer.finish()
    }

    private func refusal(_ path: String, _ passphrase: Secret?) -> ArchiveError? {
        do throws(ArchiveError) {
            _ = try ZipWriter(path: path, passphrase: passphrase)
            return nil
        } catch {
            return error
        }
    }

    private func finish(_ writer: consuming ZipWriter) -> ArchiveError? {
        do throws(ArchiveError) {
            try writer.finish()
            return nil
        } catch {
            return error
        }
    }

    /// Puts the device that is always full under the file that this process has open for writing.
    private func fillDisk(under path: String) throws {
        let full = open("/dev/full", O_WRONLY)
        defer { close(full) }
        for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + name)
            guard target == path, let descriptor = Int32(name) else { continue }
            #expect(dup2(full, descriptor) == descriptor)
            return
        }
        Issue.record("nothing writes \(path)")
    }
}
