// SPDX-License-Identifier: Apache-2.0
import FaceModel

extension JobSummary {
    /// Whether nothing was to be changed: `check`, or a run with `--dry-run`.
    var isRehearsal: Bool { command == "check" || outcomes[.ready] != nil }

    /// The rows that did not go through.
    var held: Int { [.duplicate, .rejected, .failed].reduce(0) { $0 + (outcomes[$1] ?? 0) } }

    /// When the job began, as its id says it: `2026-11-22 10:15`; `nil` for an id of another form.
    var began: String? {
        let parts = job.split(separator: "-").map(String.init)
        guard parts.count >= 2, Self.isNumber(parts[0], digits: 8), Self.isNumber(parts[1], digits: 6) else {
            return nil
        }
        let day = Array(parts[0])
        let time = Array(parts[1])
        return "\(String(day[0..<4]))-\(String(day[4..<6]))-\(String(day[6..<8])) "
            + "\(String(time[0..<2])):\(String(time[2..<4]))"
    }

    private static func isNumber(_ text: String, digits: Int) -> Bool {
        text.utf8.count == digits && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

extension Outcome {
    /// The order in which people read the outcomes: what went through, then what did not.
    static let readingOrder: [Outcome] = [
        .stored, .updated, .unchanged, .ready, .removed, .duplicate, .rejected, .failed,
    ]

    /// What a count of this outcome counts, in a few words.
    var gloss: String {
        switch self {
        case .stored: "new, confirmed"
        case .updated: "changed, confirmed"
        case .unchanged: "already there, the same"
        case .duplicate: "id of an earlier row"
        case .rejected: "must be put right first"
        case .failed: "may work another time"
        case .removed: "no longer in the source, deleted"
        case .ready: "would go through"
        }
    }
}
