// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation
import Testing

/// A device's folder with a library in it, made once and copied for each test.
enum StockedDevice {
    /// How many drawn portraits the library has; more than a page of any message for a run at length.
    static let count = Int(ProcessInfo.processInfo.environment["FACELIB_TEST_PORTRAITS"] ?? "") ?? 130

    /// Values that no batch file name can say, each in a portrait of its own.
    static let oddNames = [
        "Smith, Ann", "a_b", "#", "Ann/Lee", "\"Ann\"", "Ann\nLee", ".hidden", "..", "'", "a;b",
        "名字" + String(repeating: "很", count: 58),
    ]

    /// Starts a device that holds the library `Staff`, with further flags.
    static func with(
        _ flags: [String] = [],
        settings: String = "",
        _ body: (Workplace) async throws -> Void
    ) async throws {
        let stock = try await stock()
        try await Workplace.with(flags, stock: stock, settings: settings, body)
    }

    private static func stock() async throws -> URL {
        let set = try await PortraitSet.drawn(
            "--count",
            "\(count)",
            "--bad",
            "0",
            "--seed",
            "51",
            "--jpeg-only",
            "--folder"
        )
        let folder = set.source.deletingLastPathComponent().appending(path: "device")
        if FileManager.default.fileExists(atPath: folder.path) { return folder }
        let draft = folder.appendingPathExtension("draft-\(UUID().uuidString)")
        try await Workplace.with { place in
            let photos = try await place.runImport(of: set.source.path, "--quality", "off")
            try #require(photos.status == 0, "\(photos.errors)")
            let photo = try #require(set.truth.first).source
            var table = "photo,img_id,name,identity,gender,age,address,exact\n"
            for (number, name) in oddNames.enumerated() {
                let cell = "\"" + name.replacing("\"", with: "\"\"") + "\""
                table += "odd-\(number).jpg,odd-\(number),\(cell),,1,30,\(cell),yes\n"
                // Not quite the same picture, or the rows would be told to be twins.
                let bytes = try Data(contentsOf: set.source.appending(path: photo)) + Data("\(number)".utf8)
                try bytes.write(to: place.folder.appending(path: "odd-\(number).jpg"))
            }
            try Data(table.utf8).write(to: place.folder.appending(path: "odd.csv"))
            let odd = try await place.runImport(of: "odd.csv", "--quality", "off")
            try #require(odd.status == 0, "\(odd.errors)")
            place.device.stop()
            try FileManager.default.copyItem(at: place.folder.appending(path: "device"), to: draft)
        }
        // Whoever is first wins; the libraries are the same.
        try? FileManager.default.moveItem(at: draft, to: folder)
        try? FileManager.default.removeItem(at: draft)
        return folder
    }
}

/// What an export wrote, read by the tests' own means.
struct Exported: Sendable {
    /// The rows of its people.csv by img_id.
    let rows: [String: [String: String]]
    /// The SHA-256 of every photo, by img_id.
    let photos: [String: String]
    /// Files that no row names.
    let strays: [String]

    /// Reads a folder.
    init(folder: URL) throws {
        let table = try String(contentsOf: folder.appending(path: "people.csv"), encoding: .utf8)
        let all = CSVText.rows(of: table)
        rows = Dictionary(all.map { ($0["img_id"] ?? "", $0) }) { first, _ in first }
        try #require(rows.count == all.count)
        var photos: [String: String] = [:]
        for (id, row) in rows {
            guard let photo = row["photo"], !photo.isEmpty else { continue }
            let bytes = try Data(contentsOf: folder.appending(path: photo))
            photos[id] = SHA256.hash(data: bytes).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
                .joined()
        }
        self.photos = photos
        let named = Set(all.compactMap { $0["photo"] } + ["people.csv"])
        strays = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !named.contains($0) }
    }

    /// Unpacks an archive with 7-Zip and reads what was in it.
    init(archive: URL, passphrase: String) async throws {
        let folder = archive.appendingPathExtension("unpacked")
        let ended = try await Program.start(
            "/usr/bin/7z",
            ["x", "-y", "-p\(passphrase)", "-o\(folder.path)", archive.path],
            in: archive.deletingLastPathComponent()
        ).wait()
        try #require(ended.status == 0, "\(ended.output)\(ended.errors)")
        try self.init(folder: folder)
    }

    /// Every difference from what the device holds.
    func differences(from portraits: [DeviceState.Portrait]) -> [String] {
        var wrong = strays.map { "\($0): not named in people.csv" }
        var unseen = Set(rows.keys)
        for portrait in portraits {
            guard let row = rows[portrait.id] else {
                wrong.append("\(portrait.id): not exported")
                continue
            }
            unseen.remove(portrait.id)
            if photos[portrait.id] != portrait.sha256 { wrong.append("\(portrait.id): another image") }
            let told = ["name", "identity", "gender", "age", "address"].map { row[$0] }
            let held = [portrait.name, portrait.identity, portrait.gender, portrait.age, portrait.address]
            if told != held { wrong.append("\(portrait.id): \(told), the device has \(held)") }
        }
        return wrong + unseen.map { "\($0): not on the device" }
    }
}
