// SPDX-License-Identifier: Apache-2.0
internal import FaceModel
internal import FaceReport

/// Prints a comparison while it goes on, and writes its report.
final class ComparisonTeller {
    private let console: Console
    private let report: String?
    private let writer: ComparisonWriter?
    private var summary: ComparisonSummary
    private let started = ContinuousClock.now

    init(console: Console, summary: ComparisonSummary, report: String?) throws {
        self.console = console
        self.summary = summary
        self.report = report
        writer = try report.map { try ComparisonWriter(directory: $0) }
    }

    /// Tells one portrait.
    func tell(_ portrait: ComparedPortrait) throws {
        summary.marks[portrait.mark, default: 0] += 1
        try writer?.add(portrait)
        switch console.format {
        case .json: try console.print(ComparisonReport.json(portrait))
        case .text:
            if portrait.mark == .same && console.isQuiet { return }
            try console.print(ComparisonReport.text(portrait))
        }
    }

    /// Tells the numbers.
    func finish() throws -> ComparisonSummary {
        summary.seconds = (ContinuousClock.now - started) / .seconds(1)
        try writer?.finish(summary)
        switch console.format {
        case .json: try console.print(ComparisonReport.json(summary, report: report))
        case .text: try console.print(ComparisonReport.text(summary))
        }
        return summary
    }
}
