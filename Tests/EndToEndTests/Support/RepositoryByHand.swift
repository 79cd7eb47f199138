// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation
import Testing

/// A repository as a person opens it who does not have facelib: with 7-Zip and its passphrase.
struct RepositoryByHand: Sendable {
    /// Where everything was unpacked to: a folder for each archive, named after it.
    let folder: URL
    /// The snapshots by their ids.
    let snapshots: [String: Snapshot]
    /// The SHA-256 of the images by their names.
    let images: [String: String]

    struct Snapshot: Sendable {
        let library: String
        /// The rows of its tables by img_id.
        let rows: [String: [String: String]]
    }

    /// Unpacks all archives of a repository.
    init(_ repository: URL, passphrase: String) async throws {
        folder = repository.appendingPathExtension("unpacked-\(UUID().uuidString)")
        let zips = try RepositoryFiles(repository).sizes.keys.filter { $0.hasSuffix(".zip") }
        for path in zips {
            let ended = try await Program.start(
                "/usr/bin/7z",
                ["x", "-y", "-bd", "-p\(passphrase)", "-o\(folder.appending(path: path).path)", path],
                in: repository
            ).wait()
            try #require(ended.status == 0, "\(path): \(ended.output)\(ended.errors)")
        }
        var snapshots: [String: Snapshot] = [:]
        for path in zips where path.hasPrefix("manifests/") {
            let (id, snapshot) = try Self.snapshot(in: folder.appending(path: path))
            snapshots[id] = snapshot
        }
        self.snapshots = snapshots
        var images: [String: String] = [:]
        for path in zips where path.hasPrefix("packs/") {
            let pack = folder.appending(path: path)
            for name in try FileManager.default.contentsOfDirectory(atPath: pack.path) {
                let bytes = try Data(contentsOf: pack.appending(path: name))
                images[name] = SHA256.hash(data: bytes).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
                    .joined()
            }
        }
        self.images = images
    }

    private static func snapshot(in folder: URL) throws -> (String, Snapshot) {
        let about = try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appending(path: "snapshot.json")))
        let told = try #require(about as? [String: Any])
        let library = try #require((told["library"] as? [String: Any])?["name"] as? String)
        var rows: [String: [String: String]] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".csv") {
            let table = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            for row in CSVText.rows(of: table) { rows[row["img_id"] ?? ""] = row }
        }
        return (try #require(told["id"] as? String), Snapshot(library: library, rows: rows))
    }

    /// Every difference of a snapshot from what the device held.
    func differences(of id: String, from portraits: [DeviceState.Portrait]) -> [String] {
        guard let snapshot = snapshots[id] else { return ["no snapshot \(id)"] }
        var wrong: [String] = []
        var unseen = Set(snapshot.rows.keys)
        for portrait in portraits {
            guard let row = snapshot.rows[portrait.id] else {
                wrong.append("\(portrait.id): not in the snapshot")
                continue
            }
            unseen.remove(portrait.id)
            if images[row["photo"] ?? ""] != portrait.sha256 { wrong.append("\(portrait.id): another image or none") }
            let told = ["name", "identity", "gender", "age", "address"].map { row[$0] ?? "" }
            if told != portrait.values { wrong.append("\(portrait.id): \(told), the device had \(portrait.values)") }
        }
        return wrong + unseen.sorted().map { "\($0): was not on the device" }
    }

    /// Where any of some texts stands, in the contents of files or in their paths, unpacked or as they are in a repository.
    func places(of texts: [String], in repository: URL) async throws -> [String] {
        var found: [String] = []
        for root in [folder, repository] {
            let ended = try await Program.start(
                "/usr/bin/grep",
                ["-r", "-l", "-a", "-F"] + texts.flatMap { ["-e", $0] } + [root.path],
                in: root
            ).wait()
            try #require(ended.status < 2, "\(ended.errors)")
            found += ended.output.split(separator: "\n").map(String.init)
            let all = FileManager.default.enumerator(atPath: root.path)
            while let path = all?.nextObject() as? String {
                if texts.contains(where: path.contains) { found.append("the name \(path)") }
            }
        }
        return found
    }

    /// Gives up what was unpacked.
    func remove() { try? FileManager.default.removeItem(at: folder) }
}
