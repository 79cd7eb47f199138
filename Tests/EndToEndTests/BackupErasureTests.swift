// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// After an erasure nobody finds anything of the person in a repository, whatever they open it with.
@Suite(.serialized, .timeLimit(.minutes(40))) struct BackupErasureTests {
    /// Somebody who must go: what tells of them, and what stands in their pictures.
    private struct Person {
        var drawn: DrawnPerson
        /// What stands in the bytes of each of their pictures.
        let marks: [String]
        var texts: [String] { [drawn.id, drawn.name, drawn.identity, drawn.address] + marks }
    }

    @Test func whoWasErasedByIDOrIdentityCodeIsNowhere() async throws {
        try await BackupPlace.with { place in
            let photos = try await LargePhotos(10, in: place.folder.appending(path: "photos"))
            let others = try (0..<8).map { try photos.person($0) }
            let byID = try person("Quendel", photos, 20)
            let byCode = try person("Zwirbel", photos, 30)
            var guest = byCode.drawn
            (guest.id, guest.photo) = ("zwirbel-as-guest", try photos.photo(31, name: "guest", mark: byCode.marks[1]))
            try await place.store(others + [byID.drawn, byCode.drawn], at: "hq")
            try await place.store(Array(others.prefix(2)) + [guest], at: "hq", "Guests")
            try await place.opened("backup create hq: repo")
            var changed = byID.drawn
            changed.photo = try photos.photo(21, name: "changed", mark: byID.marks[1])
            try await place.store([changed], at: "hq")
            try await place.opened("backup create hq: repo")
            // Whoever is gone from the device is in older snapshots still.
            try await place.delete(["zwirbel-77341"], at: "hq")
            try await place.opened("backup create hq:Staff repo")
            let state = try await place.state("hq")

            let repository = place.folder.appending(path: "repo")
            let passphrase = try await place.passphrase(of: "repo")
            let before = try await RepositoryByHand(repository, passphrase: passphrase)
            for text in byID.texts + byCode.texts {
                #expect(try await before.places(of: [text], in: repository) != [], "\(text) would not be found")
            }
            let code = byCode.drawn.identity
            let first = try await place.opened(
                "backup erase repo --img-id \(byID.drawn.id) --reference R-1 --yes --json"
            )
            #expect(try first.objects().map { $0["portraits"] as? Int } == [3])
            let second = try await place.opened("backup erase repo --identity - --yes --json", input: "\(code)\n")
            #expect(try second.objects().map { $0["portraits"] as? Int } == [4])
            #expect(!(second.output + second.errors).contains(code))

            let after = try await RepositoryByHand(repository, passphrase: passphrase)
            let texts = byID.texts + byCode.texts + ["zwirbel-as-guest"]
            #expect(try await after.places(of: texts, in: repository) == [])
            let gone = Set(before.images.values).subtracting(after.images.values)
            #expect(gone.count == 4 && after.images.count == 8)
            // All others are as they were, in every snapshot.
            for snapshot in try await place.snapshots() {
                let rest = state.portraits(of: snapshot.library).filter { !texts.contains($0.id) }
                #expect(after.differences(of: snapshot.id, from: rest) == [])
            }
            try await place.opened("backup verify repo --read-all")
            let audit = try await place.opened("backup list repo").output
            #expect(audit.contains("erased by img-id (R-1): 3 portraits in 3 snapshots, 2 images"), "\(audit)")
            #expect(audit.contains("erased by identity: 4 portraits in 4 snapshots, 2 images"), "\(audit)")
            #expect(!texts.contains(where: audit.contains))
            let nobody = try await place.opened("backup erase repo --img-id \(byID.drawn.id) --yes")
            #expect(nobody.output.contains("No snapshot"), "\(nobody.output)")
        }
    }

    @Test func aPictureThatNoSnapshotHasAnyMoreIsErasedToo() async throws {
        try await BackupPlace.with { place in
            let photos = try await LargePhotos(10, in: place.folder.appending(path: "photos"))
            let others = try (0..<12).map { try photos.person($0) }
            let person = try person("Quendel", photos, 20)
            try await place.store(others + [person.drawn], at: "hq")
            try await place.opened("backup create hq: repo")
            var changed = person.drawn
            changed.photo = try photos.photo(21, name: "changed", mark: person.marks[1])
            try await place.store([changed], at: "hq")
            try await place.opened("backup create hq: repo")
            // Two small packs become one; then the first picture is not needed any more, but the pack not worth the work.
            try await place.opened("backup prune repo --keep-last 2")
            try await place.opened("backup prune repo --keep-last 1")
            try await place.opened("backup erase repo --img-id \(person.drawn.id) --yes")
            let repository = place.folder.appending(path: "repo")
            let passphrase = try await place.passphrase(of: "repo")
            let after = try await RepositoryByHand(repository, passphrase: passphrase)
            #expect(try await after.places(of: person.texts, in: repository) == [])
            #expect(after.images.count == 12)
            try await place.opened("backup verify repo --read-all")
        }
    }

    @Test func whoIsInNoSnapshotAnyMoreLeavesNoPictureBehind() async throws {
        try await BackupPlace.with { place in
            let photos = try await LargePhotos(10, in: place.folder.appending(path: "photos"))
            let person = try person("Quendel", photos, 20)
            try await place.store(try (0..<12).map { try photos.person($0) } + [person.drawn], at: "hq")
            try await place.opened("backup create hq: repo")
            try await place.delete([person.drawn.id], at: "hq")
            try await place.opened("backup create hq: repo")
            try await place.opened("backup prune repo --keep-last 1")
            try await place.opened("backup erase repo --img-id \(person.drawn.id) --yes")
            let repository = place.folder.appending(path: "repo")
            let passphrase = try await place.passphrase(of: "repo")
            let after = try await RepositoryByHand(repository, passphrase: passphrase)
            #expect(try await after.places(of: person.texts, in: repository) == [])
            #expect(after.images.count == 12)
        }
    }

    @Test func whoIsOnlyInABackupThatWasStoppedIsErasedToo() async throws {
        try await BackupPlace.with(quirks: ["hq": ["slow=100"]]) { place in
            let photos = try await LargePhotos(10, in: place.folder.appending(path: "photos"))
            try await place.store(try (0..<12).map { try photos.person($0) }, at: "hq")
            try await place.opened("backup create hq: repo")
            let person = try person("Quendel", photos, 20)
            try await place.store([person.drawn], at: "hq")
            let repository = place.folder.appending(path: "repo")
            // The picture is in a pack; now the device is asked, slowly, for what it masks.
            try await place.stopReadingAttributes("backup create hq: repo --reread 100%", in: repository)
            let passphrase = try await place.passphrase(of: "repo")
            try await place.opened("backup erase repo --img-id \(person.drawn.id) --yes")
            let after = try await RepositoryByHand(repository, passphrase: passphrase)
            #expect(try await after.places(of: person.texts, in: repository) == [])
            #expect(after.images.count == 12)
        }
    }

    /// Somebody by whom nobody else is called, with a picture that has the first of their marks.
    private func person(_ name: String, _ photos: LargePhotos, _ number: Int) throws -> Person {
        let marks = [1, 2].map { "the face of \(name), picture \($0)" }
        var drawn = try photos.person(number, id: "\(name.lowercased())-77341")
        (drawn.name, drawn.identity, drawn.address) = ("Ann \(name)", "99887766554\(number)", "\(name) Lane 4711")
        drawn.photo = try photos.photo(number, name: name, mark: marks[0])
        return Person(drawn: drawn, marks: marks)
    }
}

extension MirrorPlace {
    /// What opens the archives of a repository.
    func passphrase(of repository: String) async throws -> String {
        String(try await opened("backup recovery-key \(repository)").output.dropLast())
    }

    /// Kills a backup while it reads attributes, after all that is new.
    fileprivate func stopReadingAttributes(_ line: String, in repository: URL) async throws {
        let running = try opening(line)
        while running.process.isRunning, try RepositoryFiles(repository).finished(in: "unfinished").isEmpty {
            try await Task.sleep(for: .milliseconds(10))
        }
        try await Task.sleep(for: .milliseconds(150))
        running.kill()
        #expect(try await running.wait().status == -SIGKILL, "it came to its end too soon")
    }
}
