// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Foundation
import GRDB
import Testing

@testable import FaceLedger

/// What a ledger remembers of repositories, and of passphrases while a job is under way.
@Suite(.timeLimit(.minutes(20))) struct RepositoryTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func aRepositoryIsKnownByItsPlace() async throws {
        do {
            let ledger = try SQLiteLedger.open(directory: folder.path)
            #expect(try await ledger.knownRepository(at: "/srv/backup") == nil)
            try await ledger.note(KnownRepository(path: "/srv/backup", id: "a", seen: 1))
            try await ledger.note(KnownRepository(path: "/srv/backup", id: "b", seen: 2))
        }
        let ledger = try SQLiteLedger.open(directory: folder.path)
        #expect(try await ledger.knownRepository(at: "/srv/backup") == .init(path: "/srv/backup", id: "b", seen: 2))
        #expect(try await ledger.knownRepository(at: "/srv/backup2") == nil)
    }

    @Test func backupsOfEarlierFormatsTellWhereARepositoryWas() async throws {
        let file = try DatabaseQueue(path: folder.path + "/ledger.sqlite")
        let jobs = [
            ("b1", "backup", "mnt/disk/repo", "/home/ann/"), ("b2", "backup", "/srv/backup", "/"),
            ("e1", "export", "/srv/out", "/"),
        ]
        try await file.write { database in
            try database.execute(sql: FormatFixtures.first)
            for (id, command, target, directory) in jobs {
                try database.execute(
                    sql: """
                        INSERT INTO job (id, command, source, target, directory, options, state, message, started, seconds)
                        VALUES (?, ?, 'hq:', ?, ?, '{}', 'finished', '', 7, 1)
                        """,
                    arguments: [id, command, target, directory]
                )
            }
        }
        try file.close()
        let ledger = try SQLiteLedger.open(directory: folder.path)
        for path in ["/home/ann/mnt/disk/repo", "/srv/backup"] {
            #expect(try await ledger.knownRepository(at: path) == .init(path: path, id: "", seen: 7))
        }
        #expect(try await ledger.knownRepository(at: "/srv/out") == nil)
    }

    @Test func aPassphraseIsKeptSealedUntilItIsForgotten() async throws {
        let words = "abcde-fghij-kmnpq"
        do {
            let ledger = try SQLiteLedger.open(directory: folder.path)
            try await ledger.keep(Secret(words), of: "20261122-101502-3f")
            #expect(try folder.findings(of: [words]) == [])
        }
        let ledger = try SQLiteLedger.open(directory: folder.path)
        #expect(try await ledger.secret(of: "20261122-101502-3f") == Secret(words))
        #expect(try await ledger.secret(of: "20261122-101502-40") == nil)
        #expect(try await ledger.jobsWithSecrets() == ["20261122-101502-3f"])
        try await ledger.forgetSecret(of: "20261122-101502-3f")
        #expect(try await ledger.jobsWithSecrets() == [])
    }
}
