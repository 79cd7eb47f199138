// SPDX-License-Identifier: Apache-2.0

/// What several runs of one command stand for together: the status of those that did not go through, where they agree.
struct CombinedStatus {
    private var statuses: Set<ExitStatus> = []

    /// Adds how one ended.
    mutating func add(_ status: ExitStatus) { statuses.insert(status) }

    /// Whether others need not be tried.
    var isHopeless: Bool { statuses.contains(.unreachable) || statuses.contains(.refused) }

    /// The status of all.
    var status: ExitStatus {
        let bad = statuses.subtracting([.success])
        guard let only = bad.first else { return .success }
        return bad.count == 1 ? only : .failed
    }
}
