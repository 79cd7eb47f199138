// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import FaceCommands

@Suite struct BackupCommandTests {
    /// Command lines that make no sense, and what is said about them.
    static let nonsense: [(line: String, words: String)] = [
        ("backup", "needs one of the verbs create"),
        ("backup create new/ repo --passphrase-file p", "new/ is no device"),
        ("backup create hq: repo --passphrase-file p --key-file k", "exclude each other"),
        ("backup create hq: repo", "--passphrase-file FILE or --key-file FILE"),
        ("backup create hq: repo --reread 2", "--reread takes a share"),
        ("backup prune repo --passphrase-file p", "Without a policy every snapshot would be removed"),
        ("backup prune repo --keep-last -1 --passphrase-file p", "keep-last"),
        ("backup erase repo --passphrase-file p", "erase needs --img-id or --identity"),
        ("backup restore nothing hq: --passphrase-file p", "nothing is no repository"),
        ("backup restore nothing hq: --max-delete 5 --passphrase-file p", "only makes sense with --remove"),
        ("backup verify nothing --passphrase-file p", "nothing is no repository"),
        ("backup verify nothing --read-all --sample 5% --passphrase-file p", "exclude each other"),
        ("backup schedule -- create hq: repo --passphrase-file p --kepp 3", "Unknown option '--kepp'"),
        ("backup schedule -- erase repo --img-id E-1", "cannot run unattended"),
    ]

    @Test(arguments: nonsense) func whatMakesNoSenseIsSaid(line: String, words: String) async throws {
        let harness = try CommandHarness()
        try harness.configure("hq")
        let result = await harness.run(line.split(separator: " ").map(String.init))
        #expect(result.status == 64)
        #expect(result.errors.contains(words), "\(result.errors)")
    }

    @Test(
        arguments: [
            ("repo", .snapshot(repository: "repo", name: nil)), ("repo@E", .snapshot(repository: "repo", name: "E")),
            ("repo@hq:Staff", .snapshot(repository: "repo", name: "hq:Staff")), ("other@E", nil),
            ("a@b@c", .snapshot(repository: "a@b", name: "c")), ("repo@", .snapshot(repository: "repo", name: "")),
        ] as [(String, Address?)]
    )
    func aSnapshotIsNamedBehindItsRepository(text: String, address: Address?) {
        #expect(Address.snapshot(text) { ["repo", "a@b"].contains($0) } == address)
    }

    @Test func aKeyFileMustBeLongEnoughToBeNoPassword() async throws {
        let harness = try CommandHarness()
        try harness.configure("hq")
        let key = try harness.write("short", to: "key")
        let result = await harness.run("backup", "create", "hq:", "\(harness.folder)/repo", "--key-file", key)
        #expect(result.status == 1)
        #expect(result.errors.contains("needs 32 random ones at least"))
        #expect(!FileManager.default.fileExists(atPath: "\(harness.folder)/repo"))
    }
}
