// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Somebody who does not exist, as one row of a table.
struct DrawnPerson: Sendable {
    var id: String
    var name: String
    var identity: String
    var gender: String
    var age: String
    var address: String
    /// The file of the photo.
    var photo: String

    /// The table of some people.
    static func table(_ people: [DrawnPerson]) -> String {
        func cell(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }
        let rows = people.map { person in
            [person.photo, person.id, person.name, person.identity, person.gender, person.age, person.address, "yes"]
                .map(cell).joined(separator: ",")
        }
        return (["photo,img_id,name,identity,gender,age,address,exact"] + rows).joined(separator: "\n") + "\n"
    }
}

/// Devices with libraries in them, made once and copied for each test.
///
/// The hub has `Staff` with ``hub`` and `Guests`. Each branch has something else: `b1` a part of `Staff` with other
/// attributes, other pictures and portraits of its own, and a library of its own; `b2` another part, and a few guests;
/// `b3` nothing. ``mirrored`` is what becomes of them by a first mirror with `--remove`.
struct MirrorStock: Sendable {
    /// Everybody in `Staff` at the hub, those first who can be said in a batch file name.
    let hub: [DrawnPerson]
    /// How many of them can be said in a batch file name.
    let plainCount: Int
    /// Photos that nobody in the stock has, of people who look like nobody in it.
    let otherPhotos: [String]
    private let folder: URL
    private let devices: URL
    private let state: URL?

    /// Somebody who is in no library of the stock.
    func newcomer(_ id: String) -> DrawnPerson {
        var person = hub[0]
        (person.id, person.name, person.photo) = (id, "New " + id, otherPhotos[otherPhotos.count - 1])
        return person
    }

    /// Gives a test its copy of a device.
    func copyDevice(_ name: String, to target: URL) throws {
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        let number = try #require(["hq", "b1", "b2", "b3"].firstIndex(of: name)) + 1
        try FileManager.default.copyItem(at: devices.appending(path: "\(number)"), to: target)
    }

    /// Gives a test its copy of the ledger.
    func copyState(to target: URL) throws {
        if let state { try FileManager.default.copyItem(at: state, to: target) }
    }

    /// The command that makes a hub and branches equal.
    static let mirror = "mirror hq: b1: b2: b3: --remove --max-delete 100% --create"

    // MARK: Making it

    /// Hub and branches that differ, with so many people drawn for the hub.
    static func different(_ count: Int = StockedDevice.count) async throws -> MirrorStock {
        let set = try await PortraitSet.drawn(
            "--count",
            "\(count + 10)",
            "--bad",
            "0",
            "--seed",
            "61",
            "--jpeg-only",
            "--size",
            "300x400",
            "--distinct",
            "\(min(count + 10, 60))",
            "--folder"
        )
        let folder = set.source.deletingLastPathComponent()
        let photos = folder.appending(path: "photos")
        try FileManager.default.createDirectory(at: photos, withIntermediateDirectories: true)
        var hub = set.truth.prefix(count).enumerated().map { number, truth in
            DrawnPerson(
                id: truth.imgID.isEmpty ? "blank-\(number)" : truth.imgID,
                name: truth.name,
                identity: truth.identity,
                gender: truth.gender,
                age: truth.age,
                address: truth.address,
                photo: set.source.appending(path: truth.source).path
            )
        }
        for (number, name) in StockedDevice.oddNames.enumerated() {
            var odd = hub[number]
            (odd.id, odd.name, odd.address) = ("odd-\(number)", name, name)
            odd.photo = try photo(of: odd, in: photos)
            hub.append(odd)
        }
        let stock = MirrorStock(
            hub: hub,
            plainCount: count,
            otherPhotos: set.truth.suffix(10).map { set.source.appending(path: $0.source).path },
            folder: folder,
            devices: folder.appending(path: "devices"),
            state: nil
        )
        if !FileManager.default.fileExists(atPath: stock.devices.path) { try await stock.fill() }
        return stock
    }

    /// Hub and branches after a first mirror, with its ledger; made anew for every build of facelib.
    static func mirrored(_ count: Int = StockedDevice.count) async throws -> MirrorStock {
        let stock = try await different(count)
        let program = Program.products.appending(path: "facelib").path
        let built = try FileManager.default.attributesOfItem(atPath: program)[.modificationDate] as? Date
        let folder = stock.folder.appending(path: "mirrored-\(Int(built?.timeIntervalSince1970 ?? 0))")
        let mirrored = MirrorStock(
            hub: stock.hub,
            plainCount: stock.plainCount,
            otherPhotos: stock.otherPhotos,
            folder: stock.folder,
            devices: folder.appending(path: "devices"),
            state: folder.appending(path: "state")
        )
        if FileManager.default.fileExists(atPath: folder.path) { return mirrored }
        for old in try FileManager.default.contentsOfDirectory(atPath: stock.folder.path)
        where old.hasPrefix("mirrored-") {
            try? FileManager.default.removeItem(at: stock.folder.appending(path: old))
        }
        let draft = folder.appendingPathExtension("draft-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: draft, withIntermediateDirectories: true)
        try await MirrorPlace.with([["hq", "b1", "b2", "b3"]], stock: stock) { place in
            let ended = try await place.facelib(mirror)
            try #require(ended.status == 0, "\(ended.errors)")
            try #require(try await place.differences("hq", "b1") == [])
            try await place.copy(to: draft)
        }
        // Whoever is first wins; the libraries are the same.
        try? FileManager.default.moveItem(at: draft, to: folder)
        try? FileManager.default.removeItem(at: draft)
        return mirrored
    }

    private func fill() async throws {
        let draft = folder.appending(path: "draft-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: draft, withIntermediateDirectories: true)
        try await MirrorPlace.with([["hq", "b1", "b2", "b3"]]) { place in
            let guests = try guests()
            try await place.store(hub, at: "hq")
            try await place.store(guests, at: "hq", "Guests", type: "key-personnel")
            try await place.store(firstBranch(), at: "b1")
            try await place.store(Array(guests.prefix(5)), at: "b1", "Own")
            try await place.store(secondBranch(), at: "b2")
            try await place.store(Array(guests.prefix(3)) + [newcomer("own-guest")], at: "b2", "Guests")
            try await place.copy(to: draft)
        }
        try? FileManager.default.moveItem(at: draft.appending(path: "devices"), to: devices)
        try? FileManager.default.removeItem(at: draft)
    }

    /// Three in five, of them some changed, and three more.
    private func firstBranch() -> [DrawnPerson] {
        var people: [DrawnPerson] = []
        for (number, original) in hub.prefix(plainCount).enumerated() where number % 5 < 3 {
            var person = original
            switch number % 10 {
            case 0: person.age = person.age == "44" ? "45" : "44"
            case 1: person.identity += "9"
            case 5: person.photo = otherPhotos[number / 10 % 8]
            default: break
            }
            people.append(person)
        }
        return people + ["own-1", "own-2", "own-3"].map(newcomer)
    }

    /// Every second, of them some with another name, and two more.
    private func secondBranch() -> [DrawnPerson] {
        var people: [DrawnPerson] = []
        for (number, original) in hub.enumerated() where number % 2 == 1 {
            var person = original
            if number % 10 == 3 && number < plainCount { person.name = "Other " + person.name.prefix(40) }
            people.append(person)
        }
        return people + ["own-4", "own-5"].map(newcomer)
    }

    private func guests() throws -> [DrawnPerson] {
        let photos = folder.appending(path: "photos")
        return try hub.prefix(12).enumerated().map { number, original in
            var guest = original
            guest.id = "G-\(number)"
            guest.photo = try Self.photo(of: guest, in: photos)
            return guest
        }
    }

    /// Not quite the same picture, or the rows would be told to be twins.
    private static func photo(of person: DrawnPerson, in folder: URL) throws -> String {
        let file = folder.appending(path: "\(person.id).jpg")
        try (Data(contentsOf: URL(filePath: person.photo)) + Data(person.id.utf8)).write(to: file)
        return file.path
    }
}

extension MirrorPlace {
    /// Copies the devices of the only process, which ends, and the ledger.
    fileprivate func copy(to target: URL) async throws {
        let process = try process(of: "hq")
        process.kill()
        _ = try await process.wait()
        try FileManager.default.copyItem(
            at: folder.appending(path: "devices-0"),
            to: target.appending(path: "devices")
        )
        let state = folder.appending(path: "state")
        if FileManager.default.fileExists(atPath: state.path) {
            try FileManager.default.copyItem(at: state, to: target.appending(path: "state"))
        }
    }
}
