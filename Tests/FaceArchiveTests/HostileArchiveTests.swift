// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceModel
import Foundation
import Testing

/// Archives that mean harm.
@Suite struct HostileArchiveTests {
    @Test func entriesThatShareTheirBytesAreRefused() throws {
        var builder = ZipBuilder(.init("a"), .init("b"))
        builder.entries[1].offset = 0
        #expect(try code(of: builder) == .overlapping)
    }

    /// As in a bomb by David Fifield: each content holds the header of the next entry.
    @Test func entriesWithinEntriesAreRefused() throws {
        let inner = ZipBuilder(.init("b", Content.noise(50))).bytes
        var builder = ZipBuilder(.init("a", Array(inner.prefix(81))), .init("b", Content.noise(50)))
        builder.entries[1].offset = 31
        #expect(try code(of: builder) == .overlapping)
    }

    @Test func entriesThatOverlapByTheirHeadersOnlyAreRefusedWhenRead() throws {
        // The header of the first says that 40 bytes of extra fields follow, which are those of the second entry.
        var bytes = ZipBuilder(.init("a"), .init("b")).bytes
        bytes[28] = 40
        let scratch = try Scratch()
        let archive = try ZipArchive(path: scratch.write(bytes, "a.zip"), passphrase: nil)
        let error = #expect(throws: ArchiveError.self) { try archive.read(archive.entries[0]) }
        #expect(error?.code == .overlapping)
        #expect(try archive.read(archive.entries[1]) == Array("content".utf8))
    }

    @Test(arguments: [0x7fff_ffff, 0xffff_fff0, 0xffff_ffff])
    func recordOutsideTheFileIsRefused(offset: UInt32) throws {
        var builder = ZipBuilder(.init("a"), .init("b"))
        builder.entries[1].offset = offset
        #expect(try code(of: builder) == .corrupt)
    }

    @Test func recordInsideTheDirectoryIsRefused() throws {
        var builder = ZipBuilder(.init("a"), .init("b"))
        builder.entries[1].offset = 76
        #expect(try code(of: builder) == .corrupt)
    }

    @Test func millionEntriesAreRefusedByTheirNumber() throws {
        var builder = ZipBuilder(.init("a"))
        builder.isWide = true
        builder.wideCount = 1_000_000
        #expect(try code(of: builder) == .limitExceeded)
    }

    @Test(arguments: [1, 20_001])
    func numberOfEntriesThatIsALieIsFound(count: UInt16) throws {
        var builder = ZipBuilder(entries: (0..<20_000).map { .init("entry \($0)", []) })
        builder.count = count
        #expect(try code(of: builder) == .corrupt)
    }

    @Test(arguments: [65_536, 65_537])
    func entriesBeyond65535AreReadWithoutZIP64(count: Int) throws {
        let scratch = try Scratch()
        let bytes = ZipBuilder(entries: (0..<count).map { .init("\($0)", []) }).bytes
        let path = try scratch.write(bytes, "a.zip")
        #expect(try ZipArchive(path: path, passphrase: nil).entries.count == count)
        var budget = ExtractionBudget.standard
        budget.entries = count - 1
        let error = #expect(throws: ArchiveError.self) {
            try ZipArchive(path: path, passphrase: nil, budget: budget)
        }
        #expect(error?.code == .limitExceeded)
    }

    /// A directory beyond 4 GiB whose place was written in 32 bits: the file has a hole, so that it takes no room.
    @Test func whatIsLargerThan4GiBWithoutZIP64IsRefusedWithAdvice() throws {
        let scratch = try Scratch()
        let path = try scratch.write(ZipBuilder(.init("a")).bytes, "a.zip")
        let file = try #require(FileHandle(forUpdatingAtPath: path))
        let bytes = try #require(try file.readToEnd())
        let directory = try #require(bytes.firstRange(of: Data([0x50, 0x4b, 1, 2])))
        try file.seek(toOffset: UInt64(directory.lowerBound) + 1 << 32)
        try file.write(contentsOf: bytes[directory.lowerBound...])
        try file.close()
        let error = #expect(throws: ArchiveError.self) { try ZipArchive(path: path, passphrase: nil) }
        #expect(error?.code == .unsupportedMethod)
        #expect(error?.message.contains("without ZIP64") == true)
    }

    /// What reading all entries of an archive ends with.
    private func reading(_ path: String, _ budget: ExtractionBudget = .standard) throws -> ArchiveError.Code? {
        let archive = try ZipArchive(path: path, passphrase: nil, budget: budget)
        do throws(ArchiveError) {
            for entry in archive.entries { _ = try archive.read(entry) }
            return nil
        } catch {
            return error.code
        }
    }

    @Test func bombsAreNotReadByWhatTheySay() throws {
        let scratch = try Scratch()
        let zeros = ZipBuilder.Entry("zeros", [1, 2, 3]).with {
            $0.method = 8
            $0.size = 4_000_000_000
        }
        let (huge, large) = (ZipBuilder(zeros), ZipBuilder(zeros.with { $0.size = 60_000_000 }))
        #expect(try reading(scratch.write(huge.bytes, "a.zip")) == .limitExceeded)
        #expect(try reading(scratch.write(large.bytes, "b.zip")) == .limitExceeded)
    }

    @Test func bombOf42KilobytesIsNotRead() throws {
        let scratch = try Scratch()
        _ = try scratch.python(
            """
            import zipfile
            with zipfile.ZipFile("a.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
                archive.writestr("zeros", bytes(42 << 20))
            with zipfile.ZipFile("b.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
                for number in range(9): archive.writestr(str(number), bytes(8 << 20))
            """
        )
        #expect(try scratch.read("a.zip").count < 50_000)
        #expect(try reading(scratch.path("a.zip")) == .limitExceeded)
        // Each of them small enough, but not all together.
        #expect(try reading(scratch.path("b.zip")) == .limitExceeded)
    }

    @Test func whatIsNotReadIsNotMeasured() throws {
        let scratch = try Scratch()
        let video = ZipBuilder.Entry("clip.mp4", [1, 2, 3]).with { $0.size = 4_000_000_000 }
        let path = try scratch.write(ZipBuilder(.init("a"), video, .init("b")).bytes, "a.zip")
        let archive = try ZipArchive(path: path, passphrase: nil)
        #expect(try archive.entries.filter { $0.name != "clip.mp4" }.map { try archive.read($0).count } == [7, 7])
    }

    @Test func tableOfEmptyRowsIsReadHoweverMuchItWasCompressed() throws {
        let scratch = try Scratch()
        _ = try scratch.python(
            """
            import zipfile
            with zipfile.ZipFile("a.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
                archive.writestr("people.csv", ";;;;;;;;;;;;;;;;;;;\\r\\n" * (1 << 20))
            """
        )
        let archive = try ZipArchive(path: scratch.path("a.zip"), passphrase: nil)
        #expect(try archive.read(archive.entries[0], isText: true).count == 21 << 20)
        #expect(throws: ArchiveError.self) { try archive.read(archive.entries[0]) }
    }

    @Test(arguments: [
        (ExtractionBudget(entries: 9, bytesPerEntry: 6, totalBytes: 100, ratio: 10), ArchiveError.Code.limitExceeded),
        (ExtractionBudget(entries: 9, bytesPerEntry: 7, totalBytes: 13, ratio: 10), .limitExceeded),
        (ExtractionBudget(entries: 9, bytesPerEntry: -1, totalBytes: -1, ratio: -1), .limitExceeded),
        (ExtractionBudget(entries: 2, bytesPerEntry: 7, totalBytes: 14, ratio: 1), nil),
        (ExtractionBudget(entries: .max, bytesPerEntry: .max, totalBytes: .max, ratio: .max), nil),
    ])
    func everyLimitOfTheBudgetCounts(budget: ExtractionBudget, code: ArchiveError.Code?) throws {
        let scratch = try Scratch()
        let path = try scratch.write(ZipBuilder(.init("a"), .init("b")).bytes, "a.zip")
        #expect(try reading(path, budget) == code)
    }

    @Test(arguments: [1, 0, -1]) func moreEntriesThanTheBudgetHasAreRefused(entries: Int) throws {
        let scratch = try Scratch()
        let path = try scratch.write(ZipBuilder(.init("a"), .init("b")).bytes, "a.zip")
        let budget = ExtractionBudget(entries: entries, bytesPerEntry: 7, totalBytes: 14, ratio: 1)
        let error = #expect(throws: ArchiveError.self) {
            try ZipArchive(path: path, passphrase: nil, budget: budget)
        }
        #expect(error?.code == .limitExceeded)
    }

    /// A content of 10,000 bytes, and records that say more or fewer.
    @Test(arguments: [0, 1, 9_999, 10_001, 100_000] as [UInt32], ["ZIP_STORED", "ZIP_DEFLATED", "ZIP_BZIP2"])
    func sizeThatIsALieIsFoundWhileInflating(size: UInt32, compression: String) throws {
        let scratch = try Scratch()
        _ = try scratch.python(
            """
            import zipfile
            with zipfile.ZipFile("a.zip", "w", zipfile.\(compression)) as archive:
                archive.writestr("a", bytes(i % 7 for i in range(10000)))
            """
        )
        var bytes = try scratch.read("a.zip")
        let directory = try #require(bytes.firstRange(of: [0x50, 0x4b, 1, 2])).lowerBound
        bytes.replaceSubrange(22..<26, with: little(size))
        bytes.replaceSubrange((directory + 24)..<(directory + 28), with: little(size))
        let archive = try ZipArchive(path: scratch.write(bytes, "lie.zip"), passphrase: nil)
        let error = #expect(throws: ArchiveError.self) { try archive.read(archive.entries[0]) }
        #expect(error?.code == .corrupt)
    }

    /// What a local header says other than the directory.
    enum Disagreement: CaseIterable, Sendable {
        case name, leadingOut, encryption, method, size, checksum, brokenExtraFields

        func entry() -> ZipBuilder.Entry {
            ZipBuilder.Entry("a").with { entry in
                switch self {
                case .name: entry.localName = Array("b".utf8)
                case .leadingOut: entry.localName = Array("../../a".utf8)
                case .encryption: entry.localFlags = 1
                case .method: entry.localMethod = 8
                case .size: entry.localSize = 6
                case .checksum: entry.localCRC = 1
                case .brokenExtraFields: entry.localExtra = [1, 2, 255, 255]
                }
            }
        }
    }

    @Test(arguments: Disagreement.allCases)
    func headerThatDisagreesWithTheDirectoryIsRefused(disagreement: Disagreement) throws {
        let scratch = try Scratch()
        let path = try scratch.write(ZipBuilder(disagreement.entry()).bytes, "a.zip")
        let archive = try ZipArchive(path: path, passphrase: nil)
        let error = #expect(throws: ArchiveError.self) { try archive.read(archive.entries[0]) }
        #expect(error?.code == .corrupt)
    }

    /// What makes no sense in a directory or its end.
    enum Nonsense: CaseIterable, Sendable {
        case directoryElsewhere, directoryOfAnotherSize, secondDisk, folderWithContent, cutExtraFields, silentAES

        var builder: ZipBuilder {
            var zip = ZipBuilder(.init("a"))
            switch self {
            case .directoryElsewhere: zip.directoryOffset = 3
            case .directoryOfAnotherSize: zip.directorySize = 46
            case .secondDisk: zip.disk = 1
            case .folderWithContent:
                zip.entries[0].name = Array("f/".utf8)
                zip.entries[0].attributes = 0
            case .cutExtraFields: zip.entries[0].extra = [1, 2, 3, 4, 5]
            case .silentAES: zip.entries[0].method = 99
            }
            return zip
        }
    }

    @Test(arguments: Nonsense.allCases)
    func directoryThatMakesNoSenseIsRefused(nonsense: Nonsense) throws {
        #expect(try code(of: nonsense.builder) == (nonsense == .secondDisk ? .unsupportedMethod : .corrupt))
    }

    @Test func numbersOf64BitsAreRead() throws {
        var builder = ZipBuilder(.init("a"), .init("b"))
        builder.isWide = true
        builder.comment = Array("a comment".utf8)
        builder.gap = Content.noise(100)
        let scratch = try Scratch()
        let archive = try ZipArchive(path: scratch.write(builder.bytes, "a.zip"), passphrase: nil)
        #expect(try archive.entries.map { try archive.read($0) } == [Array("content".utf8), Array("content".utf8)])
    }

    /// A file with holes: 5 GiB that take a few blocks.
    @Test func entryBeyond4GiBIsRead() throws {
        let scratch = try Scratch()
        let bytes = ZipBuilder(.init("far")).bytes
        let local = Array(bytes.prefix(30 + 3 + 7))
        var record = Array(bytes[local.count..<(bytes.count - 22)])
        let far = UInt64(5) << 30
        record.replaceSubrange(42..<46, with: little(UInt32.max))
        record.replaceSubrange(30..<32, with: little(UInt16(12)))
        record += field(1, little(far))
        let start = far + UInt64(local.count)
        var end: [UInt8] = [0x50, 0x4b, 6, 6] + little(UInt64(44)) + little(UInt32(0)) + little(UInt64(0))
        end += little(UInt64(1)) + little(UInt64(1)) + little(UInt64(record.count)) + little(start)
        end += [0x50, 0x4b, 6, 7] + little(UInt32(0)) + little(start + UInt64(record.count)) + little(UInt32(1))
        end += [0x50, 0x4b, 5, 6] + little(UInt32(0)) + little(UInt16.max) + little(UInt16.max)
        end += little(UInt32.max) + little(UInt32.max) + [0, 0]
        let path = try scratch.write([0x50, 0x4b], "a.zip")
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.seek(toOffset: far)
        try file.write(contentsOf: local + record + end)
        try file.close()
        let archive = try ZipArchive(path: path, passphrase: nil)
        #expect(try archive.read(archive.entries[0]) == Array("content".utf8))
    }

    private func code(of builder: ZipBuilder) throws -> ArchiveError.Code? {
        let scratch = try Scratch()
        let path = try scratch.write(builder.bytes, "a.zip")
        let before = scratch.names
        let error = #expect(throws: ArchiveError.self) {
            let archive = try ZipArchive(path: path, passphrase: nil)
            for entry in archive.entries { _ = try archive.read(entry) }
        }
        #expect(scratch.names == before, "nothing is written")
        return error?.code
    }
}
