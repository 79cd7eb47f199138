// SPDX-License-Identifier: Apache-2.0
internal import FaceImaging
internal import FaceLedger
internal import FaceTransfer

/// Tells what came of each target of a mirror, and what that makes of all together.
final class MirrorTeller {
    private let invocation: Invocation
    private let report: String?
    private let ledger: SQLiteLedger
    /// Whether each target's report gets a folder of its own.
    private let folders: Bool
    private var combined = CombinedStatus()

    init(invocation: Invocation, report: String?, ledger: SQLiteLedger, folders: Bool) {
        self.invocation = invocation
        self.report = report
        self.ledger = ledger
        self.folders = folders
    }

    /// The status that all targets together stand for.
    var status: ExitStatus { combined.status }

    /// Says how a job is continued that stopped on the way.
    static func resuming(_ record: JobRecord) -> String {
        "Job \(record.id) to \(record.target) stopped; facelib job resume \(record.id) continues it."
    }

    /// Tells what came of a target.
    func tell(_ record: JobRecord, _ result: MirrorResult) async throws {
        let console = invocation.console
        if console.format == .text { try console.print("\(record.source) → \(record.target)") }
        switch result.end {
        case .failure(let error):
            let status = ExitStatus(endingWith: error)
            combined.add(status)
            console.fail(TargetFailure(target: record.target, error: error), status: status)
            if status.mayPass { console.notice(Self.resuming(record)) }
        case .success(let end):
            let outcome = JobReport(invocation: invocation, directory: directory(record))
            try outcome.prepare()
            let workshop = ImageWorkshop(limits: ImageLimits(), profile: .off)
            var status = try await outcome.tell(record.id, nil, ledger, workshop)
            if end.isSourceEmpty {
                console.fail(CommandError.nothingTaken(from: record.source), status: .failed)
                status = .failed
            }
            if let doubt = end.doubt {
                console.warn("\(record.source) may have portraits that were not mirrored: \(doubt)")
                status = .failed
            }
            if let uncertainty = end.uncertainty {
                console.warn("\(record.target) could not be compared for certain after the work: \(uncertainty)")
                status = .failed
            }
            if end.differences > 0 {
                console.warn(
                    "\(record.target) was compared after the work: \(count(end.differences, "portrait")) "
                        + "\(end.differences == 1 ? "differs" : "differ")"
                )
                status = .different
            }
            combined.add(status)
            try tellAge(end.oldestReading, of: record.source)
        }
    }

    /// Says how long ago the masked attributes were read that were read longest ago.
    private func tellAge(_ oldest: Double?, of source: String) throws {
        guard let oldest, oldest > 0 else { return }
        let days = max(0, invocation.context.now() - Int(oldest)) / 86_400
        let age = days == 0 ? "less than a day" : count(days, "day")
        let line = "Of what the device of \(source) masks, the oldest reading is \(age) old; --reread reads it again."
        switch invocation.console.format {
        case .text: try invocation.console.print(line)
        case .json: invocation.console.notice(line)
        }
    }

    private func directory(_ record: JobRecord) -> String? {
        JobReport.directory(report, part: folders ? record.target : nil)
    }
}

/// Why one target ended before its end.
private struct TargetFailure: Error, CustomStringConvertible {
    let target: String
    let error: any Error

    var description: String { "\(target): \(error)" }
}
