// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceModel
import Foundation
import Testing

@Suite struct ZipJoinerTests {
    @Test(arguments: [nil, Secret("pass")])
    func joinedArchiveHoldsAllEntries(passphrase: Secret?) throws {
        let scratch = try Scratch()
        var expected: [String: [UInt8]] = [:]
        var parts: [String] = []
        for part in 0..<4 {
            let path = scratch.path("part\(part).zip")
            var writer = try ZipWriter(path: path, passphrase: passphrase)
            // The third part holds nothing.
            for index in 0..<(part == 2 ? 0 : 5) {
                let name = "p\(part)/张三-\(index).\(index == 0 ? "csv" : "jpg")"
                expected[name] = Content.noise(10_000 * index, seed: UInt64(part * 10 + index))
                try writer.add(name, expected[name] ?? [])
            }
            try writer.add("streamed \(part)") { () -> [UInt8]? in nil }
            expected["streamed \(part)"] = []
            try writer.finish()
            parts.append(path)
        }
        try scratch.write([0], "whole.zip")
        try ZipJoiner.join(parts, into: scratch.path("whole.zip"))
        #expect(scratch.names == ["part0.zip", "part1.zip", "part2.zip", "part3.zip", "whole.zip"])
        let archive = try ZipArchive(path: scratch.path("whole.zip"), passphrase: passphrase)
        #expect(Set(archive.entries.map(\.name)) == Set(expected.keys))
        for entry in archive.entries { #expect(try archive.read(entry) == expected[entry.name]) }
        try scratch.run("/usr/bin/7z", ["t", "-ppass", "whole.zip"])
        #expect(try scratch.run("/usr/bin/bsdtar", ["-t", "-f", "whole.zip"]).split(separator: "\n").count == 19)
        if passphrase == nil {
            _ = try scratch.python("import zipfile; assert zipfile.ZipFile('whole.zip').testzip() is None")
        }
    }

    @Test func moreEntriesThan16BitsCountAreJoined() throws {
        let scratch = try Scratch()
        var parts: [String] = []
        for part in 0..<2 {
            let entries = (0..<40_000).map { ZipBuilder.Entry("\(part)-\($0)", [UInt8(truncatingIfNeeded: $0)]) }
            parts.append(try scratch.write(ZipBuilder(entries: entries).bytes, "part\(part).zip"))
        }
        try ZipJoiner.join(parts, into: scratch.path("whole.zip"))
        let archive = try ZipArchive(path: scratch.path("whole.zip"), passphrase: nil)
        #expect(archive.entries.count == 80_000)
        #expect(archive.entries.last?.name == "1-39999")
        for index in [0, 39_999, 40_000, 79_999] {
            #expect(try archive.read(archive.entries[index]) == [UInt8(truncatingIfNeeded: index % 40_000)])
        }
        #expect(try scratch.run("/usr/bin/7z", ["t", "whole.zip"]).contains("Files: 80000"))
        _ = try scratch.python("import zipfile; assert len(zipfile.ZipFile('whole.zip').namelist()) == 80000")
    }

    @Test func nothingJoinedIsAnEmptyArchive() throws {
        let scratch = try Scratch()
        try ZipJoiner.join([], into: scratch.path("a.zip"))
        #expect(try ZipArchive(path: scratch.path("a.zip"), passphrase: nil).entries.isEmpty)
    }

    @Test func nameInTwoPartsIsRefusedAndNothingStays() throws {
        let scratch = try Scratch()
        let parts = try ["1.zip", "2.zip"].map { try scratch.write(ZipBuilder(.init("same")).bytes, $0) }
        let error = #expect(throws: ArchiveError.self) { try ZipJoiner.join(parts, into: scratch.path("a.zip")) }
        #expect(error?.code == .unsafeName)
        #expect(error?.message.hasPrefix(parts[1]) == true)
        #expect(scratch.names == ["1.zip", "2.zip"])
    }

    @Test(arguments: [0, 1, 30, 90, 106])
    func partThatWasCutIsRefusedAndNothingStays(count: Int) throws {
        let scratch = try Scratch()
        let parts = [
            try scratch.write(ZipBuilder(.init("a")).bytes, "1.zip"),
            try scratch.write(ZipBuilder(.init("b")).bytes.prefix(count), "2.zip"),
        ]
        let error = #expect(throws: ArchiveError.self) { try ZipJoiner.join(parts, into: scratch.path("a.zip")) }
        #expect(error?.code == .truncated || error?.code == .notAnArchive)
        #expect(scratch.names == ["1.zip", "2.zip"])
    }
}
