// SPDX-License-Identifier: Apache-2.0
package import FaceModel
import Synchronization

/// Why portraits could not be read, for the reports of those that cannot be judged.
package final class ReadFailures: Sendable {
    /// Why a portrait could not be read, and what that means for its row.
    package struct Failure: Sendable {
        package let outcome: Outcome
        package let rejection: Rejection
    }

    private let reasons = Mutex<[PortraitID: Failure]>([:])

    package init() {
    }

    /// Of so many portraits the reason is kept; a library of which none can be read must not fill the memory.
    private static let limit = 10_000

    /// Notes why a portrait could not be read.
    package func note(_ id: PortraitID, _ rejection: Rejection, as outcome: Outcome = .rejected) {
        reasons.withLock { reasons in
            if reasons.count < Self.limit { reasons[id] = Failure(outcome: outcome, rejection: rejection) }
        }
    }

    /// Why a portrait could not be read.
    package func reason(_ id: PortraitID) -> Failure {
        reasons.withLock { $0[id] }
            ?? Failure(outcome: .failed, rejection: Rejection(.sourceUnreadable, "the portrait could not be read"))
    }
}
