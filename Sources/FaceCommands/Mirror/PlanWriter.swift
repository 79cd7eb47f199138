// SPDX-License-Identifier: Apache-2.0
internal import FaceTransfer
internal import Synchronization

/// Writes a plan as it is told; the file has its name only once the plan is whole.
final class PlanWriter: Sendable {
    private let path: String
    private let state: Mutex<State>

    private struct State {
        var file: LineFile
        var targets = 0
        var changes = 0
    }

    /// Begins a plan.
    ///
    /// - Parameters:
    ///   - path: The file, absolute or as seen from where the command runs.
    ///   - head: What was asked for.
    /// - Throws: ``CommandError`` when the file cannot be written.
    init(_ path: String, _ head: PlanFile.Head) throws {
        self.path = path
        var file = try LineFile(path)
        try file.write(PlanFile.line(head))
        state = Mutex(State(file: file))
    }

    /// Adds to the plan.
    func write(_ line: MirrorJob.PlanLine) throws {
        try state.withLock { state in
            switch line {
            case .target(let target):
                state.targets += 1
                try state.file.write(PlanFile.line(target))
            case .changes(let changes):
                state.changes += changes.count
                for change in changes { try state.file.write(PlanFile.line(change)) }
            }
        }
    }

    /// Ends the plan and gives the file its name.
    ///
    /// - Returns: How many changes it has.
    /// - Throws: ``CommandError`` when the file cannot be written.
    func finish() throws -> Int {
        try state.withLock { state in
            try state.file.write(PlanFile.line(targets: state.targets, changes: state.changes))
            try state.file.finish()
            return state.changes
        }
    }
}
