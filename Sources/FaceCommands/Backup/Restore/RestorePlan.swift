// SPDX-License-Identifier: Apache-2.0
internal import FaceTransfer
internal import Synchronization

/// Counts the changes of a plan.
final class PlanCounts: Sendable {
    private let counts = Mutex<[PlannedChange.Kind: Int]>([:])

    /// How many there are of each kind.
    var all: [PlannedChange.Kind: Int] { counts.withLock { $0 } }

    /// Takes a line of the plan.
    func take(_ line: MirrorJob.PlanLine) {
        guard case .changes(let changes) = line else { return }
        counts.withLock { counts in
            for change in changes { counts[change.kind, default: 0] += 1 }
        }
    }
}

/// What a restore would do in one library.
struct RestorePlan: Answer {
    /// The snapshot.
    let source: String
    /// The library.
    let target: String
    /// How many changes there are of each kind.
    let counts: [PlannedChange.Kind: Int]

    /// Whether anything that is on the device would be another afterwards.
    var changesWhatIsThere: Bool { count(.replace) + count(.attributes) + count(.remove) > 0 }

    private func count(_ kind: PlannedChange.Kind) -> Int { counts[kind, default: 0] }

    var lines: [String] {
        [
            "Plan: \(source) → \(target)",
            "  to store: \(count(.store)), with another picture: \(count(.replace)), with other attributes: "
                + "\(count(.attributes)), to remove: \(count(.remove))",
        ]
    }

    var json: JSONValue {
        [
            "type": "plan", "source": .string(source), "target": .string(target), "store": JSONValue(count(.store)),
            "replace": JSONValue(count(.replace)), "attributes": JSONValue(count(.attributes)),
            "remove": JSONValue(count(.remove)),
        ]
    }
}
