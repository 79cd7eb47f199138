// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import FaceCommands

@Suite struct ScheduledCommandTests {
    private static let there = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path

    @Test(arguments: [
        ("create hq: repo", "hq: /d/repo"),
        ("create hq:Staff ./a/../repo", "hq:Staff /d/repo"),
        ("verify /srv/r@latest", "/srv/r@latest"),
        ("create hq: repo --passphrase-file p --key-file=k", "hq: /d/repo --passphrase-file /d/p --key-file /d/k"),
        ("create hq: --metrics m.prom --report out repo", "hq: --metrics /d/m.prom --report /d/out /d/repo"),
        ("create hq: --quiet repo", "hq: --quiet /d/repo"),
        ("prune repo --keep-daily 7 --json", "/d/repo --keep-daily 7 --json"),
        ("prune --keep-daily=7 repo", "--keep-daily=7 /d/repo"),
        ("create hq: repo --on-failure notify.sh", "hq: /d/repo --on-failure notify.sh"),
        ("copy a b --to-passphrase-file q", "/d/a /d/b --to-passphrase-file /d/q"),
    ])
    func pathsBecomeAbsolute(_ typed: String, _ expected: String) throws {
        let words = typed.split(separator: " ").map(String.init)
        let command = try ScheduledCommand(words, seenFrom: "/d")
        #expect(command.arguments.joined(separator: " ") == expected)
    }

    @Test func wordBehindAnUnknownOptionIsAPathIfItIsThere() throws {
        let folder = Self.there
        let name = try #require(folder.split(separator: "/").last.map(String.init))
        let above = "/" + folder.split(separator: "/").dropLast().joined(separator: "/")
        let command = try ScheduledCommand(["verify", "--new", name], seenFrom: above)
        #expect(command.repositories == [folder])
        #expect(throws: CommandError.self) { try ScheduledCommand(["verify", "--new", "no-such"], seenFrom: above) }
    }

    @Test func surroundingsAreAddedUnlessTheyAreTyped() throws {
        let plain = try ScheduledCommand(["verify", "/r"], seenFrom: "/d")
        #expect(
            plain.arguments(config: "/c", state: "/s") == ["backup", "verify", "--config", "/c", "--state", "/s", "/r"]
        )
        let own = try ScheduledCommand(["verify", "/r", "--state", "x", "--config=y"], seenFrom: "/d")
        #expect(
            own.arguments(config: "/c", state: "/s")
                == ["backup", "verify", "/r", "--state", "/d/x", "--config", "/d/y"]
        )
    }

    @Test func devicesAreTold() throws {
        #expect(try ScheduledCommand(["create", "hq:A: b", "/r"], seenFrom: "/d").devices == ["hq"])
        #expect(try ScheduledCommand(["verify", "/r"], seenFrom: "/d").devices.isEmpty)
    }

    @Test func onlyTheOutermostFoldersAreWritable() throws {
        let folder = Self.there
        let access = try ServiceAccess(
            reads: [],
            writes: [folder, "\(folder)/new/", "\(folder)/m.prom", "/usr", "/usr/lib"],
            runsShell: false
        )
        #expect(access.writable == [folder, "/usr"].sorted())
    }

    @Test(arguments: [
        (["/usr/bin/facelib", "/etc/passwd"], false, "yes", true),
        (["/root/facelib/config.toml"], false, "read-only", true),
        (["/home/ann/pw"], false, "read-only", true),
        (["/run/user/1000/pw"], false, "read-only", true),
        (["/homely/pw", "/tmpfile"], false, "yes", true),
        (["/usr/bin/facelib"], true, "read-only", true),
        (["/tmp/pw"], false, "yes", false),
        (["/var/tmp/pw"], false, "yes", false),
    ])
    func homesAndTemporaryFilesAreSeenOnlyWhereTheyAreNeeded(
        _ reads: [String],
        _ runsShell: Bool,
        _ home: String,
        _ hasPrivateTmp: Bool
    ) throws {
        let access = try ServiceAccess(reads: reads, writes: ["/usr"], runsShell: runsShell)
        #expect(access.protectHome == home)
        #expect(access.hasPrivateTmp == hasPrivateTmp)
    }

    @Test func aLinkIntoAHomeIsSeen() throws {
        let link = "\(Self.there)/facelib-link-\(UUID().uuidString)"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/root")
        defer { try? FileManager.default.removeItem(atPath: link) }
        #expect(try ServiceAccess(reads: ["\(link)/pw"], writes: ["/usr"], runsShell: false).protectHome == "read-only")
    }

    @Test func aControlCharacterInAPathIsRefused() {
        #expect(throws: CommandError.self) { try ServiceAccess(reads: ["/a\nb"], writes: [], runsShell: false) }
    }

    @Test(arguments: [
        ("plain/path-1.2:3=4,5@6+7", "plain/path-1.2:3=4,5@6+7"), ("", "\"\""), ("a b", "\"a b\""), ("ä", "ä"),
        ("50%", "\"50%%\""), ("$HOME", "\"$$HOME\""), ("a\\b", "\"a\\\\b\""), ("say \"hi\"", "\"say \\\"hi\\\"\""),
        ("it's", "\"it's\""), (";", "\";\""), ("a\nb\tc\u{1}", "\"a\\nb\\tc\\x01\""), ("#x", "\"#x\""),
    ])
    func argumentsAreQuotedForSystemd(_ text: String, _ expected: String) {
        #expect(UnitText.argument(text) == expected)
    }

    @Test(arguments: ["*-*-* 02:00:00", "Mon..Fri 22:30", "weekly", "*-*~07/1 4:00 Europe/Berlin", "*:0/15"])
    func calendarsAreTaken(_ text: String) { #expect(TimerUnit.mayBeCalendar(text)) }

    @Test(arguments: ["", "   ", "daily\nUnit=x.service", "%h", "täglich", "\"daily\""])
    func whatCannotBeACalendarIsNot(_ text: String) { #expect(!TimerUnit.mayBeCalendar(text)) }
}
