// SPDX-License-Identifier: Apache-2.0
internal import FaceLedger
internal import FaceModel

/// A job as `job list` and `job show` print it.
struct JobAnswer: Answer {
    let job: JobRecord
    /// How many rows ended in each outcome, empty in a list.
    let outcomes: [Outcome: Int]
    /// Whether everything is told, not only one line.
    var isWhole = false

    /// Whether nothing was to be changed: every command keeps that under the same key.
    private var isRehearsal: Bool { (try? JSONReader.value(in: job.options))?["dry_run"] == .bool(true) }

    /// Whether taking the job up again has anything to do.
    private var canBeContinued: Bool {
        switch job.state {
        case .running, .interrupted: true
        case .stopped, .finished: open > 0 || outcomes[.failed, default: 0] > 0
        }
    }

    /// How many rows have no outcome.
    private var open: Int { job.rows - outcomes.values.reduce(0, +) }

    var lines: [String] {
        let target = job.target.isEmpty ? "" : " → \(job.target)"
        let command = job.command + (isRehearsal ? " (dry run)" : "")
        let head = "\(job.id)  \(command)  \(job.state.rawValue)  \(count(job.rows, "row"))  \(job.source)\(target)"
        guard isWhole else { return [head] }
        var lines = [head, "  started in \(job.directory), worked \(MeasureText.number(job.seconds)) s"]
        for outcome in Outcome.allCases {
            if let count = outcomes[outcome], count > 0 { lines.append("  \(count) \(outcome.rawValue)") }
        }
        if open > 0 { lines.append("  \(open) without an outcome") }
        if !job.message.isEmpty { lines.append("  stopped: \(job.message)") }
        if canBeContinued { lines.append("  facelib job resume \(job.id) continues it") }
        return lines
    }

    var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init(key: "type", value: "job"), .init(key: "job", value: .string(job.id)),
            .init(key: "command", value: .string(job.command)), .init(key: "dry_run", value: .bool(isRehearsal)),
            .init(key: "state", value: .string(job.state.rawValue)),
            .init(key: "source", value: .string(job.source)),
            .init(key: "target", value: JSONValue(job.target.isEmpty ? nil : job.target)),
            .init(key: "total", value: JSONValue(job.rows)), .init(key: "message", value: .string(job.message)),
            .init(key: "seconds", value: .number(String((job.seconds * 10).rounded() / 10))),
        ]
        if isWhole {
            let counts = Outcome.allCases.map {
                JSONValue.Member(key: $0.rawValue, value: JSONValue(outcomes[$0, default: 0]))
            }
            members.append(.init(key: "outcomes", value: .object(counts)))
        }
        return .object(members)
    }
}
