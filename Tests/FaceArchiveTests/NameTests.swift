// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import Foundation
import Testing

@Suite struct NameTests {
    /// 张三.jpg in GB18030.
    private static let gbk: [UInt8] = [0xd5, 0xc5, 0xc8, 0xfd, 0x2e, 0x6a, 0x70, 0x67]

    /// As whoever opens the archive has found out.
    private static let names = NameEncoding(title: "GB18030") { bytes in
        bytes == gbk ? "张三.jpg" : String(validating: bytes, as: UTF8.self)
    }

    @Test(
        arguments: [
            (Array("张三.jpg".utf8), 0x800, "张三.jpg"),
            (Array("张三.jpg".utf8), 0, "张三.jpg"),
            (gbk, 0, "张三.jpg"),
            (Array("./a/./b.jpg".utf8), 0, "a/b.jpg"),
            (Array("..a/...".utf8), 0, "..a/..."),
            (Array("ab:c".utf8), 0, "ab:c"),
            (Array("folder/\u{301}a".utf8), 0, "folder/\u{301}a"),
        ] as [([UInt8], UInt16, String)]
    )
    func namesAreDecoded(raw: [UInt8], flags: UInt16, name: String) throws {
        let scratch = try Scratch()
        let entry = ZipBuilder.Entry(bytes: raw).with { $0.flags = flags }
        let path = try scratch.write(ZipBuilder(entry).bytes, "a.zip")
        let archive = try ZipArchive(path: path, passphrase: nil, names: Self.names)
        #expect(archive.entries.map(\.name) == [name])
        #expect(try archive.read(archive.entries[0]) == Array("content".utf8))
    }

    @Test(arguments: [true, false])
    func unicodeNameCountsWhenItWasWrittenForTheName(fits: Bool) throws {
        let checksum = ZipBuilder.checksum(fits ? Self.gbk : Array("other".utf8))
        var entry = ZipBuilder.Entry(bytes: Self.gbk)
        entry.extra = field(0x7075, [1] + little(checksum) + Array("李四.jpg".utf8))
        let scratch = try Scratch()
        let path = try scratch.write(ZipBuilder(entry).bytes, "a.zip")
        let archive = try ZipArchive(path: path, passphrase: nil, names: Self.names)
        #expect(archive.entries.map(\.name) == [fits ? "李四.jpg" : "张三.jpg"])
        #expect(try archive.read(archive.entries[0]) == Array("content".utf8))
    }

    @Test func namesThatNothingMarksAreHandedOutAsBytes() throws {
        var fitting = ZipBuilder.Entry(bytes: Self.gbk + [1])
        fitting.extra = field(0x7075, [1] + little(ZipBuilder.checksum(fitting.name)) + Array("李四.jpg".utf8))
        let entries = [
            .init("plain.jpg"), .init(bytes: Self.gbk), fitting, ZipBuilder.Entry("é.jpg").with { $0.flags = 0x800 },
        ]
        let scratch = try Scratch()
        let path = try scratch.write(ZipBuilder(entries: entries).bytes, "a.zip")
        #expect(try ZipArchive.unmarkedNames(ofArchiveAt: path, limit: 10) == [Self.gbk])
    }

    @Test(arguments: [0, 6, 10, 11, 14] as [UInt16])
    func backslashesOfWindowsStandBetweenFolders(system: UInt16) throws {
        let entries = [
            ZipBuilder.Entry("photos\\", []).with { $0.attributes = 0x10 }, ZipBuilder.Entry("photos\\2026\\ann.jpg"),
        ].map { entry in entry.with { $0.madeBy = system << 8 | 20 } }
        let scratch = try Scratch()
        let archive = try ZipArchive(
            path: scratch.write(ZipBuilder(entries: entries).bytes, "a.zip"),
            passphrase: nil
        )
        #expect(archive.entries.map(\.name) == ["photos/2026/ann.jpg"])
        #expect(try archive.read(archive.entries[0]) == Array("content".utf8))
    }

    /// WinZip writes slashes into the name, and backslashes into the field beside it.
    @Test func backslashesInTheUnicodeNameOfWindowsStandBetweenFolders() throws {
        var entry = ZipBuilder.Entry(bytes: Array("B".utf8) + [0x81] + Array("ro/ann.jpg".utf8))
        entry.madeBy = 20
        entry.extra = field(0x7075, [1] + little(ZipBuilder.checksum(entry.name)) + Array("Büro\\ann.jpg".utf8))
        let scratch = try Scratch()
        let archive = try ZipArchive(path: scratch.write(ZipBuilder(entry).bytes, "a.zip"), passphrase: nil)
        #expect(archive.entries.map(\.name) == ["Büro/ann.jpg"])
        #expect(try archive.read(archive.entries[0]) == Array("content".utf8))
    }

    @Test(arguments: [
        "..\\a", "a\\..\\b", "a\\..", "\\a", "\\\\host\\a", "a\\\\b", "C:\\a", "c:a", "a/b\\c", "..\\", "a\\.",
    ])
    func backslashesOfWindowsLeadNowhereElse(name: String) throws {
        let entry = ZipBuilder.Entry(name).with { $0.madeBy = 20 }
        let scratch = try Scratch()
        let path = try scratch.write(ZipBuilder(.init("good"), entry).bytes, "a.zip")
        let error = #expect(throws: ArchiveError.self) { try ZipArchive(path: path, passphrase: nil) }
        #expect(error?.code == .unsafeName)
    }

    @Test func aFolderAndItsBackslashedTwinAreTheSameName() throws {
        let twin = ZipBuilder.Entry("a\\b.jpg").with { $0.madeBy = 20 }
        let scratch = try Scratch()
        let path = try scratch.write(ZipBuilder(.init("a/b.jpg"), twin).bytes, "a.zip")
        let error = #expect(throws: ArchiveError.self) { try ZipArchive(path: path, passphrase: nil) }
        #expect(error?.code == .unsafeName)
    }

    @Test(arguments: [
        "../a", "a/../b", "a/..", "..", "/a", "//a", "a//b", "a\\b", "\\\\host\\a", "C:a", "c:/a", "", ".", "a/.", "/",
        "a\u{0}b", "a\nb", "a\u{7f}", "a\u{85}", "../", "a/../", String(repeating: "a", count: 1025),
    ])
    func unsafeNameRefusesTheWholeArchive(name: String) throws {
        let scratch = try Scratch()
        let path = try scratch.write(ZipBuilder(.init("good"), .init(name)).bytes, "a.zip")
        let error = #expect(throws: ArchiveError.self) { try ZipArchive(path: path, passphrase: nil) }
        #expect(error?.code == .unsafeName)
        #expect(error?.message.contains("entry 2") == true)
        #expect(name.count < 3 || error?.message.contains(name) == false, "names are not for messages")
    }

    @Test(arguments: [[0xff, 0xfe], [0xd5], [0x81, 0x30, 0x81, 0x30]] as [[UInt8]])
    func bytesThatAreNoTextAreRefused(raw: [UInt8]) throws {
        let scratch = try Scratch()
        for flags in [0, 0x800] as [UInt16] {
            let entry = ZipBuilder.Entry(bytes: raw).with { $0.flags = flags }
            let path = try scratch.write(ZipBuilder(entry).bytes, "a.zip")
            let error = #expect(throws: ArchiveError.self) { try ZipArchive(path: path, passphrase: nil) }
            #expect(error?.code == .unsafeName)
        }
    }

    @Test func gbkNameIsRefusedUnderTheFlagForUTF8() throws {
        let scratch = try Scratch()
        let entry = ZipBuilder.Entry(bytes: Self.gbk).with { $0.flags = 0x800 }
        let path = try scratch.write(ZipBuilder(entry).bytes, "a.zip")
        let error = #expect(throws: ArchiveError.self) { try ZipArchive(path: path, passphrase: nil) }
        #expect(error?.code == .unsafeName)
    }

    @Test(arguments: [("a", "a"), ("a", "./a"), ("é", "é")])
    func nameTwiceIsRefused(first: String, second: String) throws {
        let scratch = try Scratch()
        let path = try scratch.write(ZipBuilder(.init(first), .init(second)).bytes, "a.zip")
        let error = #expect(throws: ArchiveError.self) { try ZipArchive(path: path, passphrase: nil) }
        #expect(error?.code == .unsafeName)
    }

    @Test func namesThatOnlyLookAlikeAreTwo() throws {
        let scratch = try Scratch()
        let path = try scratch.write(ZipBuilder(.init("\u{e9}"), .init("e\u{301}")).bytes, "a.zip")
        #expect(try ZipArchive(path: path, passphrase: nil).entries.count == 2)
    }

    @Test(arguments: [
        (0o120777, 3, "link"), (0o020600, 3, "a device"), (0o060600, 3, "a disk"), (0o010600, 3, "a pipe"),
        (0o140600, 3, "a socket"), (0o120777, 0, "link made elsewhere"), (0o040755, 3, "a folder by its type only"),
    ])
    func whatIsNoRegularFileIsRefused(mode: Int, system: Int, kind: String) throws {
        let scratch = try Scratch()
        let entry = ZipBuilder.Entry("passwd").with {
            $0.attributes = UInt32(mode) << 16
            $0.madeBy = UInt16(system) << 8
        }
        let path = try scratch.write(ZipBuilder(entry).bytes, "a.zip")
        let error = #expect(throws: ArchiveError.self) { try ZipArchive(path: path, passphrase: nil) }
        #expect(error?.code == .unsafeName, "\(kind)")
    }

    @Test func symbolicLinkByBsdtarIsRefused() throws {
        let scratch = try Scratch()
        try FileManager.default.createSymbolicLink(atPath: scratch.path("l"), withDestinationPath: "/etc/passwd")
        try scratch.run("/usr/bin/bsdtar", ["-c", "--format", "zip", "-f", "a.zip", "l"])
        let error = #expect(throws: ArchiveError.self) { try ZipArchive(path: scratch.path("a.zip"), passphrase: nil) }
        #expect(error?.code == .unsafeName)
    }
}
