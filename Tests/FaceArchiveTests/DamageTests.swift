// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceModel
import Foundation
import Testing

/// Archives that were whole once.
@Suite struct DamageTests {
    static let passphrase = Secret("pass")
    static let contents: [String: [UInt8]] = [
        "one.jpg": Content.noise(40), "two.csv": Content.text(150), "three.txt": Content.noise(21, seed: 3),
    ]

    /// How a small archive is made: by our writer, or by 7z with these options.
    enum Maker: String, CaseIterable, Sendable {
        case ourPlain, ourAES, aes128, aes192, zipCrypto, deflated

        func make(_ scratch: Scratch) throws -> [UInt8] {
            switch self {
            case .ourPlain, .ourAES:
                var writer = try ZipWriter(
                    path: scratch.path("a.zip"),
                    passphrase: self == .ourAES ? passphrase : nil
                )
                for (name, content) in contents { try writer.add(name, content) }
                try writer.finish()
            default:
                let options: [Maker: [String]] = [
                    .aes128: ["-mem=AES128", "-ppass"], .aes192: ["-mem=AES192", "-ppass"],
                    .zipCrypto: ["-mem=ZipCrypto", "-ppass"], .deflated: ["-mx=9"],
                ]
                for (name, content) in contents { try scratch.write(content, name) }
                try scratch.run("/usr/bin/7z", ["a", "-tzip"] + (options[self] ?? []) + ["a.zip"] + contents.keys)
            }
            return try scratch.read("a.zip")
        }
    }

    @Test(arguments: Maker.allCases)
    func fileCutAnywhereIsTruncated(maker: Maker) throws {
        let scratch = try Scratch()
        let bytes = try maker.make(scratch)
        for count in 0..<bytes.count {
            let path = try scratch.write(bytes.prefix(count), "cut.zip")
            let error = #expect(throws: ArchiveError.self) { try ZipArchive(path: path, passphrase: Self.passphrase) }
            #expect(error?.code == (count < 2 ? .notAnArchive : .truncated), "cut to \(count) bytes")
        }
    }

    @Test func fileWithMoreBehindItIsRefused() throws {
        let scratch = try Scratch()
        let bytes = try Maker.ourPlain.make(scratch)
        let path = try scratch.write(bytes + [0], "more.zip")
        let error = #expect(throws: ArchiveError.self) { try ZipArchive(path: path, passphrase: nil) }
        #expect(error?.code == .corrupt)
    }

    @Test(arguments: Maker.allCases)
    func flippedBitGivesAnErrorOrTheSameContent(maker: Maker) throws {
        let scratch = try Scratch()
        let bytes = try maker.make(scratch)
        var silent = 0
        // Deriving a key takes a while: with AES, two or three bits of every byte.
        let step = [.ourAES, .aes128, .aes192].contains(maker) ? 3 : 1
        for bit in stride(from: 0, to: bytes.count * 8, by: step) {
            var flipped = bytes
            flipped[bit / 8] ^= 1 << UInt8(bit % 8)
            let path = try scratch.write(flipped, "flipped.zip")
            guard let archive = try? ZipArchive(path: path, passphrase: Self.passphrase) else { continue }
            #expect(archive.entries.count == Self.contents.count, "bit \(bit)")
            var isWhole = true
            for entry in archive.entries {
                guard let content = try? archive.read(entry) else {
                    isWhole = false
                    continue
                }
                #expect(content == Self.contents[entry.name], "bit \(bit)")
            }
            silent += isWhole ? 1 : 0
        }
        // Times, versions, attributes and extra fields are not checked by anything.
        #expect(silent < bytes.count * 8 / 2)
    }

    @Test(arguments: [Maker.ourAES, .aes128, .zipCrypto])
    func missingPassphraseIsSaid(maker: Maker) throws {
        let scratch = try Scratch()
        _ = try maker.make(scratch)
        for passphrase in [nil, Secret("")] {
            let archive = try ZipArchive(path: scratch.path("a.zip"), passphrase: passphrase)
            for entry in archive.entries {
                let error = #expect(throws: ArchiveError.self) { try archive.read(entry) }
                #expect(error?.code == .passphraseRequired)
                #expect(error?.message.hasSuffix("it is encrypted and no passphrase was given") == true)
                // Only PKWARE's old way is left to libarchive.
                let words = maker == .zipCrypto ? "Passphrase required for this entry" : nil
                #expect(error?.underlying?.text == words)
            }
        }
    }

    @Test(arguments: [Maker.ourAES, .aes128, .aes192])
    func wrongPassphraseOfAESIsSaid(maker: Maker) throws {
        let scratch = try Scratch()
        _ = try maker.make(scratch)
        let archive = try ZipArchive(path: scratch.path("a.zip"), passphrase: Secret("wrong passphrase"))
        for entry in archive.entries {
            let error = #expect(throws: ArchiveError.self) { try archive.read(entry) }
            // One of 65,536 wrong ones passes the check and fails by the authentication code.
            #expect(error?.code == .wrongPassphrase)
            #expect(error?.message.hasSuffix("the passphrase does not open it") == true)
            #expect(error.map { "\($0)" }?.contains("wrong passphrase") == false, "the passphrase stays a secret")
        }
    }

    /// One of 256 wrong passphrases passes the check of an entry; the other entries then tell.
    @Test func wrongPassphraseOfZipCryptoIsSaid() throws {
        let scratch = try Scratch()
        for index in 0..<6 { try scratch.write(Content.noise(500, seed: UInt64(index)), "\(index).bin") }
        try scratch.run(
            "/usr/bin/7z",
            ["a", "-tzip", "-mem=ZipCrypto", "-pright", "a.zip"] + (0..<6).map { "\($0).bin" }
        )
        // As many as it takes: 8,000 that all fail the check come once in ten thousand billion archives.
        var pastTheCheck = 0
        for attempt in 0..<8000 where attempt < 300 || pastTheCheck == 0 {
            let archive = try ZipArchive(path: scratch.path("a.zip"), passphrase: Secret("wrong \(attempt)"))
            let error = #expect(throws: ArchiveError.self) { try archive.read(archive.entries[0]) }
            #expect(error?.code == .wrongPassphrase, "attempt \(attempt)")
            pastTheCheck += error?.underlying?.text.hasPrefix("ZIP bad CRC") == true ? 1 : 0
        }
        #expect(pastTheCheck > 0, "some must pass the check, or this test shows nothing")
    }

    @Test func damageIsNotTakenForAWrongPassphraseWhereOthersOpen() throws {
        let scratch = try Scratch()
        var bytes = try Maker.zipCrypto.make(scratch)
        let first = try ZipArchive(path: scratch.path("a.zip"), passphrase: Self.passphrase).entries[0]
        bytes[30 + first.name.utf8.count + 12 + 5] ^= 0xff
        let path = try scratch.write(bytes, "damaged.zip")
        let archive = try ZipArchive(path: path, passphrase: Self.passphrase)
        let error = #expect(throws: ArchiveError.self) { try archive.read(archive.entries[0]) }
        #expect(error?.code == .corrupt)
        #expect(try archive.read(archive.entries[1]) == Self.contents[archive.entries[1].name])
    }

    @Test(arguments: [Maker.ourAES, .aes192])
    func changedEncryptedBytesAreSaid(maker: Maker) throws {
        let scratch = try Scratch()
        var bytes = try maker.make(scratch)
        let archive = try ZipArchive(path: scratch.path("a.zip"), passphrase: Self.passphrase)
        let second = try #require(bytes.firstRange(of: Array(archive.entries[1].name.utf8)))
        // The last byte before the second record is one of the first's authentication code, or of its descriptor.
        bytes[second.lowerBound - 30 - (maker == .ourAES ? 17 : 1)] ^= 1
        let damaged = try ZipArchive(path: scratch.write(bytes, "damaged.zip"), passphrase: Self.passphrase)
        let error = #expect(throws: ArchiveError.self) { try damaged.read(damaged.entries[0]) }
        #expect(error?.code == .corrupt)
        #expect(error?.message.hasSuffix("its encrypted bytes were changed") == true)
    }

    @Test func wrongChecksumIsSaid() throws {
        let scratch = try Scratch()
        let path = try scratch.write(ZipBuilder(ZipBuilder.Entry("a").with { $0.crc = 7 }).bytes, "a.zip")
        let archive = try ZipArchive(path: path, passphrase: nil)
        let error = #expect(throws: ArchiveError.self) { try archive.read(archive.entries[0]) }
        #expect(error?.code == .corrupt)
        #expect(error?.underlying?.text.hasPrefix("ZIP bad CRC: 0x") == true)
        #expect(error?.description.hasPrefix("\(path): entry 1: ") == true)
    }

    @Test(arguments: [
        (9, 0, true), (10, 0, true), (200, 0, true), (14, 0, false), (93, 0, false), (95, 0, false), (98, 0, false),
        (0x108, 0, false), (8, 0x41, false),
    ])
    func methodThatIsNotReadIsSaid(method: UInt16, flags: UInt16, hasWords: Bool) throws {
        let scratch = try Scratch()
        let entry = ZipBuilder.Entry("a").with {
            $0.method = method
            $0.flags = flags
        }
        let path = try scratch.write(ZipBuilder(entry).bytes, "a.zip")
        let archive = try ZipArchive(path: path, passphrase: Self.passphrase)
        let error = #expect(throws: ArchiveError.self) { try archive.read(archive.entries[0]) }
        #expect(error?.code == .unsupportedMethod)
        #expect((error?.underlying?.text.hasPrefix("Unsupported ZIP compression method (") == true) == hasWords)
    }

    @Test(
        arguments: [
            ([], .notAnArchive), (Array("hello, world, this is no archive".utf8), .notAnArchive),
            (Content.noise(100_000), .notAnArchive), (Array("PK\u{3}\u{4}".utf8), .truncated),
            (ZipBuilder().bytes, nil), (Array("PK\u{5}\u{6}".utf8), .truncated),
        ] as [([UInt8], ArchiveError.Code?)]
    )
    func whatIsNoArchiveIsSaid(bytes: [UInt8], code: ArchiveError.Code?) throws {
        let scratch = try Scratch()
        let path = try scratch.write(bytes, "a.zip")
        do {
            #expect(try ZipArchive(path: path, passphrase: nil).entries.isEmpty)
            #expect(code == nil)
        } catch {
            #expect(error.code == code)
        }
    }

    @Test func whatCannotBeOpenedIsSaid() throws {
        let scratch = try Scratch()
        let missing = #expect(throws: ArchiveError.self) {
            try ZipArchive(path: scratch.path("none.zip"), passphrase: nil)
        }
        #expect(missing?.code == .unreadable)
        #expect(missing?.underlying?.status == ENOENT)
        #expect(missing?.underlying?.text == "No such file or directory")
        #expect(mkfifo(scratch.path("pipe"), 0o600) == 0)
        for name in ["pipe", ""] {
            let error = #expect(throws: ArchiveError.self) { try ZipArchive(path: scratch.path(name), passphrase: nil) }
            #expect(error?.code == .unreadable)
        }
    }

    @Test func fileThatShrinksWhileItIsOpenIsTruncated() throws {
        let scratch = try Scratch()
        _ = try Maker.ourPlain.make(scratch)
        let archive = try ZipArchive(path: scratch.path("a.zip"), passphrase: nil)
        #expect(truncate(scratch.path("a.zip"), 20) == 0)
        let error = #expect(throws: ArchiveError.self) { try archive.read(archive.entries[0]) }
        #expect(error?.code == .truncated)
    }

    @Test func entryOfAnotherArchiveIsRefused() throws {
        let scratch = try Scratch()
        let one = try ZipArchive(path: scratch.write(ZipBuilder(.init("a")).bytes, "1.zip"), passphrase: nil)
        let two = try ZipArchive(path: scratch.write(ZipBuilder(.init("b")).bytes, "2.zip"), passphrase: nil)
        let error = #expect(throws: ArchiveError.self) { try one.read(two.entries[0]) }
        #expect(error?.code == .unreadable)
    }
}
