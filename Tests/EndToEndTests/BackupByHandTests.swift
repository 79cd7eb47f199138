// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Backups are opened with OpenSSL, 7-Zip and a text editor, by somebody who does not have facelib.
@Suite(.serialized, .timeLimit(.minutes(40))) struct BackupByHandTests {
    /// What is typed to get the passphrase of the archives out of `repository.json`.
    private static let unwrapping = """
        set -eu
        value() { sed -n "s/.*\\"$1\\" : \\"\\{0,1\\}\\([0-9a-z]*\\)\\"\\{0,1\\},\\{0,1\\}$/\\1/p" repo/repository.json; }
        key=$(openssl kdf -keylen 32 -kdfopt "pass:$(cat pass)" -kdfopt "hexsalt:$(value salt)" \
            -kdfopt "n:$(value n)" -kdfopt "r:$(value r)" -kdfopt "p:$(value p)" \
            -kdfopt maxmem_bytes:1100000000 SCRYPT | tr -d ':\\n')
        value wrapped | python3 -c 'import sys; sys.stdout.buffer.write(bytes.fromhex(sys.stdin.read().strip()))' |
            openssl enc -d -id-aes256-wrap -K "$key" -iv A6A6A6A6A6A6A6A6
        """

    @Test func everythingComesOutWithOpenSSLAndSevenZip() async throws {
        try await BackupPlace.with { place in
            let photos = try await LargePhotos(12, in: place.folder.appending(path: "photos"))
            var people = try (0..<12).map { try photos.person($0) }
            (people[3].name, people[3].address) = ("Smith, \"Ann\"", "Line\nEnd; 5")
            try await place.store(people, at: "hq")
            try await place.opened("backup create hq: repo")
            let first = try await place.state("hq").portraits(of: "Staff")
            people[5].photo = try photos.another(of: people[5], 1)
            people[6].address = "Elsewhere"
            try await place.store(Array(people[5...6]), at: "hq")
            try await place.delete(["P-9"], at: "hq")
            try await place.opened("backup create hq: repo --reread 100%")
            let second = try await place.state("hq").portraits(of: "Staff")

            let shell = try await Program.start("/bin/sh", ["-c", Self.unwrapping], in: place.folder).wait()
            #expect(shell.status == 0, "\(shell.errors)")
            let passphrase = shell.output
            #expect(passphrase.wholeMatch(of: #/[0-9a-f]{48}/#) != nil, "\(passphrase)")
            #expect(try await place.opened("backup recovery-key repo").output == passphrase + "\n")

            let repository = place.folder.appending(path: "repo")
            let opened = try await RepositoryByHand(repository, passphrase: passphrase)
            let ids = opened.snapshots.keys.sorted { $0 < $1 }
            try #require(ids.count == 2)
            let listed = try await place.snapshots().map(\.id)
            #expect(ids.sorted() == listed.sorted())
            #expect(opened.differences(of: listed[0], from: first) == [])
            #expect(opened.differences(of: listed[1], from: second) == [])
            // Twelve, and another picture of one of them; nothing is stored twice.
            #expect(opened.images.count == 13)
            #expect(Set(opened.images.values) == Set((first + second).map(\.sha256)))

            // What was taken out can be imported: a table with the pictures beside it.
            let manifest = try #require(try RepositoryFiles(repository).finished(in: "manifests").first)
            let folder = place.folder.appending(path: "by-hand")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let unpacked = opened.folder.appending(path: "manifests/\(manifest)/people-00001.csv")
            try FileManager.default.copyItem(at: unpacked, to: folder.appending(path: "people.csv"))
            for pack in try RepositoryFiles(repository).finished(in: "packs") {
                let images = opened.folder.appending(path: "packs/\(pack)")
                for name in try FileManager.default.contentsOfDirectory(atPath: images.path) {
                    try FileManager.default.copyItem(
                        at: images.appending(path: name),
                        to: folder.appending(path: name)
                    )
                }
            }
            let imported = try await place.facelib("import by-hand hq:Again --create whitelist --quality off --json")
            // A picture of the other snapshot is a picture without a row.
            let again = try await place.state("hq").portraits(of: "Again")
            #expect([first, second].map { $0.map(\.content) }.contains(again.map(\.content)), "\(imported.output)")
        }
    }
}
