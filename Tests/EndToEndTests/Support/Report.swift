// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation
import Testing

/// What `--json` printed.
struct Report: Sendable {
    /// The rows in the order of the source.
    let rows: [Row]
    /// The last line.
    let summary: Summary

    struct Row: Decodable, Sendable {
        let source: String
        let line: Int?
        let imgID: String
        let name: String
        let outcome: String
        let reason: String?
        let detail: String
        let deviceCode: Int?
        enum CodingKeys: String, CodingKey {
            case source, line, imgID = "img_id", name, outcome, reason, detail, deviceCode = "device_code"
        }
    }

    struct Summary: Decodable, Sendable {
        let job: String
        let total: Int
        let outcomes: [String: Int]
    }

    /// Reads the lines of a run.
    init(_ ended: Program.Ended) throws {
        let lines = ended.output.split(separator: "\n").map { Data($0.utf8) }
        let last = try #require(lines.last, "nothing on standard output; standard error: \(ended.errors)")
        summary = try JSONDecoder().decode(Summary.self, from: last)
        rows = try lines.dropLast().map { try JSONDecoder().decode(Row.self, from: $0) }
    }

    private init(rows: [Row], summary: Summary) {
        self.rows = rows
        self.summary = summary
    }

    /// Reads the lines of a run of several jobs, one report for each job that came to its end.
    static func all(_ ended: Program.Ended) throws -> [Report] {
        var reports: [Report] = []
        var rows: [Row] = []
        for line in ended.output.split(separator: "\n").map({ Data($0.utf8) }) {
            if let row = try? JSONDecoder().decode(Row.self, from: line) {
                rows.append(row)
            } else {
                reports.append(Report(rows: rows, summary: try JSONDecoder().decode(Summary.self, from: line)))
                rows = []
            }
        }
        return reports
    }

    /// The outcomes that rows have.
    var outcomes: [String: Int] { summary.outcomes.filter { $0.value > 0 } }

    /// How many rows have this outcome.
    func count(_ outcome: String) -> Int { summary.outcomes[outcome] ?? 0 }
}

/// Holds a report, the truth of a set and the device's own account against each other.
struct Reckoning {
    let set: PortraitSet
    let report: Report
    let portraits: [DeviceState.Portrait]

    /// Every row whose outcome or reason is not the truth; a clear `device.contradicts` may be allowed.
    ///
    /// In a rehearsal what is good is not stored but ready.
    func wrongRows(allowingContradictions: Bool = false, rehearsed: Bool = false) -> [String] {
        let truth = Dictionary(set.truth.map { ($0.source, $0) }) { first, _ in first }
        var unseen = Set(truth.keys)
        var wrong: [String] = []
        for row in report.rows {
            let source = set.relative(row.source)
            guard let expected = truth[source] else {
                wrong.append("\(source): not in the truth")
                continue
            }
            unseen.remove(source)
            if allowingContradictions && row.reason == "device.contradicts" { continue }
            let wanted = rehearsed && expected.outcome == "stored" ? "ready" : expected.outcome
            let outcomeIsRight = row.outcome == wanted
            let reasonIsRight = expected.outcome == "stored" || row.reason == expected.reason
            if !outcomeIsRight || !reasonIsRight {
                wrong.append(
                    "\(source): \(row.outcome) \(row.reason ?? "-") (\(row.detail)), truth \(expected.outcome) \(expected.reason)"
                )
            }
        }
        return wrong + unseen.sorted().map { "\($0): not reported" }
    }

    /// Every difference between what was reported as stored and what the device holds.
    func wrongPortraits() throws -> [String] {
        let truth = Dictionary(set.truth.map { ($0.source, $0) }) { first, _ in first }
        var held = Dictionary(portraits.map { ($0.id, $0) }) { first, _ in first }
        var wrong: [String] = []
        for row in report.rows where row.outcome == "stored" {
            guard let portrait = held.removeValue(forKey: row.imgID) else {
                wrong.append("\(row.source): reported as stored, not on the device")
                continue
            }
            guard let expected = truth[set.relative(row.source)] else { continue }
            let values = [portrait.name, portrait.identity, portrait.gender, portrait.age, portrait.address]
            let wanted = [expected.name, expected.identity, expected.gender, expected.age, expected.address]
                .map { PortraitSet.cleaned($0) }
            if values != wanted { wrong.append("\(row.source): stored as \(values), not \(wanted)") }
            if expected.passesThrough {
                let bytes = try Data(contentsOf: set.source.appending(path: expected.source))
                if portrait.receivedSHA256 != Self.sha256(bytes) {
                    wrong.append("\(row.source): should have passed byte for byte")
                }
            }
        }
        return wrong + held.keys.sorted().map { "\($0): on the device, not reported" }
    }

    private static func sha256(_ bytes: Data) -> String {
        SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension PortraitSet {
    /// A reported source as the truth names it: below the set's folder.
    func relative(_ reported: String) -> String {
        let prefix = source.path + "/"
        return reported.hasPrefix(prefix) ? String(reported.dropFirst(prefix.count)) : reported
    }

    /// A value as it is stored: trimmed, control characters as blanks.
    static func cleaned(_ value: String) -> String {
        String(String.UnicodeScalarView(value.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
            .trimmingCharacters(in: .whitespaces)
    }
}
