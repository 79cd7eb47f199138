// SPDX-License-Identifier: Apache-2.0
internal import FaceImaging
internal import FaceLedger
internal import FaceModel
internal import FaceReport
import FaceSources
import FaceText
internal import SystemPackage

/// Tells what came of a job, from the ledger: on standard output and, when asked for, in a folder.
struct JobReport {
    let invocation: Invocation
    /// The folder of the report, `nil` when none is written.
    let directory: String?

    /// The folder of a report that has a folder for each part of a run.
    ///
    /// - Parameters:
    ///   - report: The folder of all reports as it was typed, `nil` when none is written.
    ///   - part: What the part is called, `nil` where there is only one.
    /// - Returns: The folder, `nil` when none is written.
    static func directory(_ report: String?, part: String?) -> String? {
        guard let report, let part else { return report }
        let name = part.map { $0.isLetter || $0.isNumber || "-._".contains($0) ? $0 : "-" }
        return WorkingDirectory.absolute(String(name), seenFrom: WorkingDirectory.absolute(report))
    }

    /// Sees to it that the report can be written, before the job begins.
    func prepare() throws {
        if let directory { try ReportWriter.prove(directory: directory) }
    }

    /// Tells what came of a job.
    ///
    /// - Parameters:
    ///   - id: The job.
    ///   - source: Where its rows came from, when that was opened in this run.
    ///   - ledger: The ledger.
    ///   - workshop: Makes the pictures of the report.
    /// - Returns: The status the outcomes stand for.
    /// - Throws: `LedgerError` or `ReportError` when the rows cannot be read or the report not be written.
    func tell(
        _ id: String,
        _ source: (any PortraitSource)?,
        _ ledger: any Ledger,
        _ workshop: ImageWorkshop
    ) async throws -> ExitStatus {
        guard let record = try await ledger.job(id) else {
            throw CommandError.usage("There is no job \(id); facelib job list shows those there are.")
        }
        var outcomes = try await ledger.outcomes(of: id)
        let plan = try JobPlan(reading: record.options)
        if record.command == "check" || plan.isRehearsal { outcomes[.ready, default: 0] += 0 }
        let summary = JobSummary(
            job: id,
            command: record.command,
            source: source?.origin.source ?? record.source,
            target: record.target.isEmpty ? nil : record.target,
            directory: source?.origin.directory ?? record.directory,
            encoding: (source?.origin.encoding ?? plan.encoding)?.name,
            outcomes: outcomes,
            seconds: record.seconds
        )
        let rows = LedgerRows(ledger: ledger, job: id)
        if let directory {
            let folder = FilePath(summary.directory)
            try await ReportWriter(directory: directory).write(summary: summary, rows: rows) { row in
                let file = PhotoPlace.file(folder.pushing(FilePath(row.source)))
                return Thumbnail.make(of: source?.photo(reportedAs: row.source) ?? file, workshop)
            }
        }
        switch invocation.console.format {
        case .json:
            for try await row in rows { try invocation.console.print(JSONLine.row(row)) }
            try invocation.console.print(JSONLine.summary(summary, report: directory))
        case .text:
            var text = TextReport()
            for try await row in rows { text.add(row) }
            try invocation.console.print(text.text(summary: summary, report: directory))
        }
        return Self.status(outcomes)
    }

    /// Tells what came of a job that took something out of a device.
    ///
    /// - Parameters:
    ///   - id: The job.
    ///   - doubt: Why there may be more than the job had, `""` when it had all there is.
    ///   - what: What it took out, for a sentence.
    ///   - ledger: The ledger.
    /// - Returns: The status the outcomes stand for; never success where there is a doubt.
    /// - Throws: `LedgerError` or `ReportError` when the rows cannot be read or the report not be written.
    func tell(_ id: String, doubt: String, of what: String, _ ledger: any Ledger) async throws -> ExitStatus {
        let workshop = ImageWorkshop(limits: ImageLimits(), profile: .off)
        let status = try await tell(id, nil, ledger, workshop)
        if doubt.isEmpty { return status }
        invocation.console.warn("there may be \(what) that were not exported: \(doubt)")
        return .failed
    }

    /// 0 only when every row went through.
    private static func status(_ outcomes: [Outcome: Int]) -> ExitStatus {
        func has(_ outcome: Outcome) -> Bool { outcomes[outcome, default: 0] > 0 }
        if has(.failed) { return .failed }
        return has(.rejected) || has(.duplicate) ? .rowsRejected : .success
    }
}

/// The small picture of a photo in a report.
private enum Thumbnail {
    /// The longer side, in pixels.
    static let side = 160

    static func make(of place: PhotoPlace, _ workshop: ImageWorkshop) -> [UInt8]? {
        // A photo that cannot be read any more has no picture; its row says why.
        guard let photo = try? PhotoFile.read(place) else { return nil }
        return workshop.thumbnail(of: photo, side: side)
    }
}
