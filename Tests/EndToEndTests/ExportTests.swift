// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Exports of a whole library, and what other programs and imports find in them.
@Suite(.serialized, .timeLimit(.minutes(40))) struct ExportTests {
    @Test func aFolderGoesOutAndInAgain() async throws {
        try await StockedDevice.with { place in
            let out = try await place.facelib("export", "hq:Staff", "out", "--json")
            #expect(out.status == 0, "\(out.errors)")
            #expect(out.peakMemory < 128 << 20)
            let state = try await place.device.state()
            #expect(
                try Exported(folder: place.folder.appending(path: "out")).differences(
                    from: state.portraits(of: "Staff")
                ) == []
            )
            try await comesBack(place, "out")
        }
    }

    @Test func anArchiveGoesOutAndInAgain() async throws {
        try await StockedDevice.with { place in
            try Data("correct horse battery\n".utf8).write(to: place.folder.appending(path: "pass"))
            let out = try await place.facelib("export", "hq:Staff", "out.zip", "--passphrase-file", "pass", "--json")
            #expect(out.status == 0, "\(out.errors)")
            let state = try await place.device.state()
            let archive = place.folder.appending(path: "out.zip")
            let exported = try await Exported(archive: archive, passphrase: "correct horse battery")
            #expect(exported.differences(from: state.portraits(of: "Staff")) == [])
            try await comesBack(place, "out.zip", "--passphrase-file", "pass")
            let refused = try await place.facelib("check", "out.zip")
            #expect(refused.status == 64 && refused.errors.contains("--passphrase-file"))
        }
    }

    /// Imports into an empty library and holds the two against each other.
    private func comesBack(_ place: Workplace, _ source: String, _ flags: String...) async throws {
        let check = try await place.start(["check", source, "--quality", "off", "--json"] + flags).wait()
        #expect(check.status == 0, "\(check.errors)")
        let command = ["import", source, "hq:Copy", "--create", "whitelist", "--quality", "off", "--json"] + flags
        let back = try await place.start(command).wait()
        #expect(back.status == 0, "\(back.errors)")
        let state = try await place.device.state()
        func portraits(_ library: String) -> [String: [String]] {
            Dictionary(
                uniqueKeysWithValues: state.portraits(of: library).map {
                    ($0.id, [$0.name, $0.identity, $0.gender, $0.age, $0.address, $0.sha256])
                }
            )
        }
        #expect(portraits("Copy") == portraits("Staff"))
        #expect(portraits("Copy").count == StockedDevice.count + StockedDevice.oddNames.count)
    }

    @Test func aGeneratedPassphraseIsToldOnceAndKeptNowhere() async throws {
        try await StockedDevice.with { place in
            let out = try await place.facelib("export", "hq:Staff", "out.zip", "--json", "--quiet")
            let line = try #require(out.errors.split(separator: "\n").first { $0.contains("The passphrase of") })
            let passphrase = String(try #require(line.split(separator: " ").last))
            let archive = place.folder.appending(path: "out.zip")
            let exported = try await Exported(archive: archive, passphrase: passphrase)
            #expect(exported.rows.count == StockedDevice.count + StockedDevice.oddNames.count)
            let state = try FileManager.default.contentsOfDirectory(atPath: place.folder.appending(path: "state").path)
            #expect(!state.contains { $0.hasPrefix("passphrase") })
            #expect(!out.output.contains(passphrase))
        }
    }

    @Test func chosenPortraitsComeAlone() async throws {
        try await StockedDevice.with { place in
            let out = try await place.facelib("export", "hq:Staff", "out", "--ids", "odd-3,odd-5,nobody", "--json")
            #expect(out.status == 3, "\(out.errors)")
            let exported = try Exported(folder: place.folder.appending(path: "out"))
            #expect(exported.rows.keys.sorted() == ["odd-3", "odd-5"])
            #expect(exported.rows["odd-5"]?["name"] == "Ann\nLee")
            #expect(try Report(out).rows.first { $0.imgID == "nobody" }?.reason == "portrait.missing")
            let none = try await place.facelib("export", "hq:Staff", "later", "--since", "2099-01-01", "--json")
            #expect(none.status == 0, "\(none.errors)")
            #expect(try Report(none).summary.total == 0)
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let status: Int32
        let says: String
        var arguments: [String] { testDescription.split(separator: " ").map(String.init) }

        init(_ command: String, _ status: Int32, _ says: String) {
            (testDescription, self.status, self.says) = (command, status, says)
        }
    }

    @Test func whatCannotBeExportedIsSaidInOneSentence() async throws {
        let cases = [
            Case("export hq:Nobody out", 64, "has no library \"Nobody\""),
            Case("export hq: out", 64, "names no library"),
            Case("export nowhere:Staff out", 64, "no device \"nowhere\""),
            Case("export hq:Staff full", 64, "not empty"),
            Case("export hq:Staff file.txt", 64, "no folder"),
            Case("export hq:Staff hq:Copy", 64, "is a device"),
            Case("export hq:Staff out --passphrase-file p", 64, ".zip"),
            Case("export hq:Staff out.zip --passphrase-file p", 64, "cannot be read"),
            Case("export hq:Staff out --ids a,,b", 64, "img_ids separated by commas"),
            Case("export hq:Staff out --ids a --since 2026-01-01", 64, "exclude each other"),
            Case("export hq:Staff out --since yesterday", 64, "takes a day"),
            Case("export hq:Staff nowhere/at/all", 64, "cannot be made"),
        ]
        try await StockedDevice.with { place in
            try FileManager.default.createDirectory(
                at: place.folder.appending(path: "full"),
                withIntermediateDirectories: false
            )
            try Data("x".utf8).write(to: place.folder.appending(path: "full/mine.txt"))
            try Data("x".utf8).write(to: place.folder.appending(path: "file.txt"))
            for row in cases {
                let ended = try await place.start(row.arguments).wait()
                #expect(ended.status == row.status && ended.errors.contains(row.says), "\(row): \(ended.errors)")
                #expect(!FileManager.default.fileExists(atPath: place.folder.appending(path: "out").path))
                #expect(!FileManager.default.fileExists(atPath: place.folder.appending(path: "out.zip").path))
            }
        }
    }
}
