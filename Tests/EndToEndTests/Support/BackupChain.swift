// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A repository of some nights, and a device that has changed since the last of them.
struct BackupChain: Sendable {
    /// Whom erasures are about; they are in every snapshot, with two pictures, in two libraries.
    static let erased = "erase-me-55419"
    /// What stands in their attributes and pictures, besides the id.
    static let erasedTexts = [erased, "Ann Quendel", "998877665544332", "Quendel Lane 4711", "the face of Quendel"]
    /// The repository; it is copied and not touched.
    let repository: URL
    /// What opens its archives.
    let passphrase: String
    /// What the device held when each snapshot was taken, by its id.
    let truth: [String: [DeviceState.Portrait]]
    /// The snapshots, oldest first.
    let snapshots: [ListedSnapshot]
    /// What the device holds now, by library.
    let now: [String: [DeviceState.Portrait]]

    private static let nights = 3
    private static let libraries = ["Guests", "Staff"]

    /// Takes the snapshots of a device named `hq`.
    init(_ place: MirrorPlace) async throws {
        let photos = try await LargePhotos(12, in: place.folder.appending(path: "photos"))
        var staff = try (0..<16).map { try photos.person($0) }
        var guests = try (40..<46).map { try photos.person($0) }
        var person = try photos.person(60, id: Self.erased)
        (person.name, person.identity, person.address) = (Self.erasedTexts[1], Self.erasedTexts[2], Self.erasedTexts[3])
        person.photo = try photos.photo(60, name: "erased-1", mark: Self.erasedTexts[4])
        staff.append(person)
        person.photo = try photos.photo(61, name: "erased-2", mark: Self.erasedTexts[4])
        guests.append(person)
        try await place.store(guests, at: "hq", "Guests", type: "key-personnel")
        try await place.store(staff, at: "hq")
        var truth: [String: [DeviceState.Portrait]] = [:]
        for night in 1...Self.nights {
            try await place.opened("backup create hq: chain --quiet")
            let state = try await place.state("hq")
            for snapshot in try await place.snapshots("chain") where truth[snapshot.id] == nil {
                truth[snapshot.id] = state.portraits(of: snapshot.library)
            }
            try await place.delete([staff.remove(at: night).id], at: "hq", library: 2)
            // One is gone, five have another picture, and one is new.
            for index in 0..<5 {
                let number = (night * 5 + index) % 14
                staff[number].photo = try photos.another(of: staff[number], night)
            }
            staff.append(try photos.person(20 + night))
            try await place.store(staff, at: "hq")
        }
        repository = place.folder.appending(path: "chain")
        passphrase = String(try await place.opened("backup recovery-key chain").output.dropLast())
        snapshots = try await place.snapshots("chain")
        self.truth = truth
        let state = try await place.state("hq")
        now = Dictionary(uniqueKeysWithValues: Self.libraries.map { ($0, state.portraits(of: $0)) })
        try #require(snapshots.count == Self.nights * 2 && truth.count == snapshots.count)
        // Each night has pictures of its own, or nothing could be lost.
        let pictures = Set((Array(truth.values) + Array(now.values)).flatMap { $0 }.map(\.sha256))
        try #require(pictures.count == 24 + Self.nights * 6)
    }

    /// The newest snapshots of each library.
    func newest(_ count: Int) -> Set<String> {
        Set(Self.libraries.flatMap { library in snapshots.filter { $0.library == library }.suffix(count).map(\.id) })
    }
}

/// What stood in a repository when a command was killed.
struct KillStage: Hashable, Comparable, CustomStringConvertible, Sendable {
    let description: String

    /// Looks at a repository after a kill.
    ///
    /// - Parameters:
    ///   - files: What is there.
    ///   - before: What was there when the command began.
    ///   - ended: Whether the command had come to its end.
    ///   - isCatalogNew: Whether the catalog was replaced.
    init(_ files: RepositoryFiles, since before: RepositoryFiles, ended: Bool, isCatalogNew: Bool) {
        var parts: [String] = []
        for folder in ["packs", "unfinished", "manifests"] {
            let (now, then) = (files.finished(in: folder), before.finished(in: folder))
            let changes = [("+", now.subtracting(then).count), ("-", then.subtracting(now).count)]
                .filter { $0.1 > 0 }.map { "\($0.0)\($0.1)" }
            let writing = files.isWriting(in: folder) ? ["writing"] : []
            if !(changes + writing).isEmpty { parts.append(folder + " " + (changes + writing).joined(separator: " ")) }
        }
        if isCatalogNew { parts.append("catalog new") }
        if files.sizes["repository.json"] == nil { parts.append("no key") }
        description = ended ? "ended" : parts.isEmpty ? "nothing yet" : parts.joined(separator: ", ")
    }

    static func < (one: KillStage, other: KillStage) -> Bool { one.description < other.description }
}
