// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Synchronization

/// Why portraits could not be read, for the reports of those that cannot be judged.
final class ReadFailures: Sendable {
    /// Why a portrait could not be read, and what that means for its row.
    struct Failure: Sendable {
        let outcome: Outcome
        let rejection: Rejection
    }

    private let reasons = Mutex<[PortraitID: Failure]>([:])

    /// Of so many portraits the reason is kept; a library of which none can be read must not fill the memory.
    private static let limit = 10_000

    /// Notes why a portrait could not be read.
    func note(_ id: PortraitID, _ rejection: Rejection, as outcome: Outcome = .rejected) {
        reasons.withLock { reasons in
            if reasons.count < Self.limit { reasons[id] = Failure(outcome: outcome, rejection: rejection) }
        }
    }

    /// Why a portrait could not be read.
    func reason(_ id: PortraitID) -> Failure {
        reasons.withLock { $0[id] }
            ?? Failure(outcome: .failed, rejection: Rejection(.sourceUnreadable, "the portrait could not be read"))
    }
}
