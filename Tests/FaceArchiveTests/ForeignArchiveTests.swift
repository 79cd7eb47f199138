// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceModel
import Foundation
import Testing

/// Archives that others wrote.
@Suite struct ForeignArchiveTests {
    static let passphrase = Secret("päss wörd 密码")

    static let contents: [String: [UInt8]] = [
        "Ann_E-17_#_0_31_Oslo.jpg": Content.noise(100_000),
        "face.csv": Content.text(5_000),
        "sub/folder/张三_E-18_#_1_#_#.jpg": Content.noise(70_000, seed: 2),
        "tiny.txt": [7],
        "empty.txt": [],
    ]

    @Test(arguments: [
        ["-mem=AES128"], ["-mem=AES192"], ["-mem=AES256"], ["-mem=ZipCrypto"],
        ["-mem=AES256", "-mm=Copy"], ["-mem=ZipCrypto", "-mm=Copy"], ["-mem=AES256", "-mcu=on"],
    ])
    func encryptedBy7zIsRead(options: [String]) throws {
        let scratch = try Self.folder()
        // 7z takes no other characters in passphrases of zips.
        let passphrase = Secret("a pass phrase/1")
        let arguments = ["a", "-tzip", "-p" + passphrase.revealed] + options + ["../a.zip", "."]
        try scratch.run("/bin/sh", ["-c", "cd in && exec 7z \"$@\"", "7z"] + arguments)
        let archive = try Self.expectWhole(scratch.path("a.zip"), passphrase)
        #expect(archive.entries.filter(\.isEncrypted).count >= 4)
    }

    /// libarchive would inflate the encrypted bytes.
    @Test(arguments: ["-mm=BZip2", "-mm=LZMA", "-mm=Deflate64"], ["-mem=AES256", "-mem=ZipCrypto"])
    func encryptedOtherwiseIsSaidToBeUnread(method: String, encryption: String) throws {
        let scratch = try Scratch()
        try scratch.write(Content.text(5_000), "a.csv")
        try scratch.run("/usr/bin/7z", ["a", "-tzip", "-ppass", method, encryption, "a.zip", "a.csv"])
        let archive = try ZipArchive(path: scratch.path("a.zip"), passphrase: Secret("pass"))
        let error = #expect(throws: ArchiveError.self) { try archive.read(archive.entries[0]) }
        #expect(error?.code == .unsupportedMethod)
    }

    @Test(arguments: ["-mm=Copy", "-mm=Deflate", "-mm=BZip2"])
    func plainBy7zIsRead(option: String) throws {
        let scratch = try Self.folder()
        try scratch.run("/bin/sh", ["-c", "cd in && exec 7z a -tzip \(option) ../a.zip ."])
        let archive = try Self.expectWhole(scratch.path("a.zip"), Self.passphrase)
        #expect(archive.entries.filter(\.isEncrypted).isEmpty)
        _ = try Self.expectWhole(scratch.path("a.zip"), nil)
    }

    @Test(arguments: ["zipcrypt", "aes128", "aes256", ""], ["store", "deflate"])
    func writtenByBsdtarIsRead(encryption: String, compression: String) throws {
        let scratch = try Self.folder()
        var arguments = ["-c", "--format", "zip", "--options", "zip:compression=\(compression)"]
        if !encryption.isEmpty {
            arguments += ["--options", "zip:encryption=\(encryption)", "--passphrase", Self.passphrase.revealed]
        }
        try scratch.run("/usr/bin/bsdtar", arguments + ["-f", "a.zip", "-C", "in", "."])
        let archive = try Self.expectWhole(scratch.path("a.zip"), Self.passphrase)
        #expect(archive.entries.filter(\.isEncrypted).isEmpty == encryption.isEmpty)
    }

    @Test(arguments: ["ZIP_STORED", "ZIP_DEFLATED", "ZIP_BZIP2"], [true, false])
    func writtenByPythonIsRead(compression: String, isSeekable: Bool) throws {
        let scratch = try Self.folder()
        // A stream that cannot seek gets data descriptors, with the lengths behind the content.
        _ = try scratch.python(
            """
            import os, zipfile
            class Stream:
                def __init__(self): self.file = open("a.zip", "wb")
                def write(self, data): return self.file.write(data)
                def flush(self): self.file.flush()
            target = \(isSeekable ? "'a.zip'" : "Stream()")
            with zipfile.ZipFile(target, "w", zipfile.\(compression)) as archive:
                for folder, _, names in os.walk("in"):
                    for name in names:
                        path = os.path.join(folder, name)
                        archive.write(path, os.path.relpath(path, "in"))
            """
        )
        _ = try Self.expectWhole(scratch.path("a.zip"), nil)
    }

    @Test func writtenByInfoZipIsRead() throws {
        let scratch = try Self.folder()
        try scratch.run("/bin/sh", ["-c", "cd in && exec zip -q -r -P 'pass' ../a.zip ."])
        _ = try Self.expectWhole(scratch.path("a.zip"), Secret("pass"))
    }

    @Test func wideNumbersByPythonAreRead() throws {
        let scratch = try Scratch()
        _ = try scratch.python(
            """
            import zipfile
            with zipfile.ZipFile("a.zip", "w") as archive:
                with archive.open("wide.bin", "w", force_zip64=True) as entry: entry.write(b"x" * 1000)
            """
        )
        let archive = try ZipArchive(path: scratch.path("a.zip"), passphrase: nil)
        #expect(try archive.read(archive.entries[0]) == [UInt8](repeating: UInt8(ascii: "x"), count: 1000))
    }

    @Test func manyTasksReadAtOnce() async throws {
        let scratch = try Self.folder()
        try scratch.run("/bin/sh", ["-c", "cd in && exec 7z a -tzip -mem=AES256 -ppass ../a.zip ."])
        let archive = try ZipArchive(path: scratch.path("a.zip"), passphrase: Secret("pass"))
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for entry in (0..<8).flatMap({ _ in archive.entries }) {
                group.addTask { try archive.read(entry) == Self.contents[entry.name] }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }

    /// A folder `in` with the files.
    private static func folder() throws -> Scratch {
        let scratch = try Scratch()
        for (name, content) in contents { try scratch.write(content, "in/" + name) }
        return scratch
    }

    private static func expectWhole(_ path: String, _ passphrase: Secret?) throws -> ZipArchive {
        let archive = try ZipArchive(path: path, passphrase: passphrase)
        #expect(Set(archive.entries.map(\.name)) == Set(contents.keys))
        for entry in archive.entries {
            #expect(try archive.read(entry) == contents[entry.name], "\(entry.name)")
            #expect(entry.size == contents[entry.name]?.count)
        }
        return archive
    }
}
