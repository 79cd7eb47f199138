// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A drawn set of portraits with the truth about each, made once and kept in the build folder.
struct PortraitSet: Sendable {
    /// The folder facelib is given.
    let source: URL
    /// What must become of each row, by the source's path below the folder.
    let truth: [Truth]

    /// The truth about one row.
    struct Truth: Sendable {
        let source: String
        let imgID: String
        let name: String
        let identity: String
        let gender: String
        let age: String
        let address: String
        let outcome: String
        let reason: String
        let passesThrough: Bool
    }

    /// Draws a set, or takes the one that was drawn before with the same script and arguments.
    ///
    /// - Parameter arguments: Arguments of `draw_portraits.py set`, such as `--count 200 --folder`.
    /// - Returns: The set and its truth.
    /// - Throws: What the script said when it failed.
    static func drawn(_ arguments: String...) async throws -> PortraitSet {
        let script = Program.root.appending(path: "scripts/draw_portraits.py")
        let version = try Data(contentsOf: script).reduce(into: UInt64(14_695_981_039_346_656_037)) {
            $0 = ($0 ^ UInt64($1)) &* 1_099_511_628_211
        }
        let name =
            arguments.joined(separator: " ").filter { $0.isLetter || $0.isNumber } + "-" + String(version, radix: 16)
        let folder = Program.root.appending(path: ".build/portrait-sets/\(name)")
        if !FileManager.default.fileExists(atPath: folder.appending(path: "truth.csv").path) {
            let draft = folder.appendingPathExtension("draft-\(UUID().uuidString)")
            let ended = try await Program.start(
                "/usr/bin/python3",
                [script.path, "set", draft.path] + arguments,
                in: Program.root
            ).wait()
            guard ended.status == 0 else { throw SimulatedDevice.Failure(text: ended.errors) }
            // Whoever is first wins; the sets are the same.
            try? FileManager.default.moveItem(at: draft, to: folder)
            try? FileManager.default.removeItem(at: draft)
        }
        let rows = try CSVText.rows(of: String(contentsOf: folder.appending(path: "truth.csv"), encoding: .utf8))
        return PortraitSet(source: folder.appending(path: "source"), truth: rows.map(Truth.init))
    }
}

extension PortraitSet.Truth {
    init(_ row: [String: String]) {
        self.init(
            source: row["source"] ?? "",
            imgID: row["img_id"] ?? "",
            name: row["name"] ?? "",
            identity: row["identity"] ?? "",
            gender: row["gender"] ?? "",
            age: row["age"] ?? "",
            address: row["address"] ?? "",
            outcome: row["outcome"] ?? "",
            reason: row["reason"] ?? "",
            passesThrough: row["passes_through"] == "1"
        )
    }
}

/// A small CSV reader of the tests' own.
enum CSVText {
    /// The rows of a CSV by column name.
    static func rows(of text: String) -> [[String: String]] {
        var records: [[String]] = [[]]
        var cell = ""
        var quoted = false
        var scalars = Array(text.unicodeScalars)[...]
        if scalars.first == "\u{FEFF}" { scalars = scalars.dropFirst() }
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\"" where quoted && scalars.first == "\"":
                cell.unicodeScalars.append("\"")
                scalars.removeFirst()
            case "\"": quoted.toggle()
            case "," where !quoted:
                records[records.count - 1].append(cell)
                cell = ""
            case "\r" where !quoted: break
            case "\n" where !quoted:
                records[records.count - 1].append(cell)
                cell = ""
                records.append([])
            default: cell.unicodeScalars.append(scalar)
            }
        }
        if !cell.isEmpty || !records[records.count - 1].isEmpty { records[records.count - 1].append(cell) }
        guard let header = records.first else { return [] }
        return records.dropFirst().filter { !$0.isEmpty }.map { record in
            Dictionary(zip(header, record)) { first, _ in first }
        }
    }
}
