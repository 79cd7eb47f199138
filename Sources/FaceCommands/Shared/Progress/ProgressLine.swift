// SPDX-License-Identifier: Apache-2.0
internal import FacePipeline

/// The one line that says how far a job is.
struct ProgressLine {
    private struct Part {
        let text: String
        /// Parts of a low weight go first when the line is too long.
        let weight: Int
    }

    private let parts: [Part]

    /// Says how far a job is.
    ///
    /// - Parameters:
    ///   - counts: How far it is.
    ///   - rate: Rows done a second, `nil` when unknown.
    ///   - waited: How many seconds of the work on the next rows are over.
    init(_ counts: ProgressCounts, rate: Double?, waited: Double = 0) {
        var parts: [Part] = []
        if let total = counts.total, total > 0 {
            parts.append(Part(text: "\(Self.percent(counts, of: total))%", weight: 9))
            parts.append(Part(text: "\(counts.found) of \(total) found", weight: 3))
        } else {
            parts.append(Part(text: "\(counts.found) found", weight: 6))
        }
        parts.append(Part(text: "\(counts.prepared) prepared", weight: 1))
        parts.append(Part(text: "\(counts.sent) sent", weight: 2))
        parts.append(Part(text: "\(counts.confirmed) confirmed", weight: 8))
        if counts.unchanged > 0 { parts.append(Part(text: "\(counts.unchanged) unchanged", weight: 4)) }
        parts.append(Part(text: "\(counts.rejected) rejected", weight: 7))
        if counts.failed > 0 { parts.append(Part(text: "\(counts.failed) failed", weight: 7)) }
        if let rate {
            parts.append(Part(text: Self.text(rate: rate), weight: 4))
            if let total = counts.total, total > counts.finished {
                let seconds = max(0, Double(total - counts.reached) / rate - waited)
                parts.append(Part(text: "\(Self.text(seconds: seconds)) left", weight: 5))
            }
        }
        self.parts = parts
    }

    /// The line, shortened until it fits.
    ///
    /// - Parameter width: How many columns there are.
    /// - Returns: At most that many columns.
    func text(fitting width: Int = .max) -> String {
        var parts = parts
        while parts.count > 1, Self.joined(parts).displayWidth > width {
            guard let least = parts.indices.min(by: { parts[$0].weight < parts[$1].weight }) else { break }
            parts.remove(at: least)
        }
        return Self.joined(parts).clipped(to: width)
    }

    /// The share that is done; all of it only when every row has its outcome.
    private static func percent(_ counts: ProgressCounts, of total: Int) -> Int {
        let reached = counts.reached * 100 / total
        return counts.finished < total ? min(99, reached) : reached
    }

    private static func joined(_ parts: [Part]) -> String {
        parts.map(\.text).joined(separator: ", ")
    }

    private static func text(rate: Double) -> String {
        if rate >= 10 { return "\(Int(rate.rounded()))/s" }
        let tenths = Int((rate * 10).rounded())
        return tenths >= 1 ? "\(tenths / 10).\(tenths % 10)/s" : "\(max(1, Int((rate * 60).rounded())))/min"
    }

    private static func text(seconds: Double) -> String {
        guard seconds < 360_000 else { return "days" }
        let seconds = Int(seconds.rounded(.up))
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
        return hours > 0
            ? "\(hours):\(twoDigits(minutes)):\(twoDigits(seconds % 60))" : "\(minutes):\(twoDigits(seconds % 60))"
    }
}

/// A number from 0 to 99 in two digits.
func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : String(number)
}
