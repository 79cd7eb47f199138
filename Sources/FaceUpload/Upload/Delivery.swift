// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel

/// What came of sending some rows; several deliveries add up.
package struct Delivery: Sendable {
    /// Rows that the device claims to have; they are read back before they count.
    var claimed: [SentRow] = []
    /// Rows that are settled without being read back.
    var settled: [Settlement] = []
    /// Batches whose claimed rows are still to be read back; they stay open in the ledger until then.
    var openBatches: [String] = []
    /// What ends the run after this delivery has been recorded.
    var fatal: DeviceError?

    static func + (left: Delivery, right: Delivery) -> Delivery {
        Delivery(
            claimed: left.claimed + right.claimed,
            settled: left.settled + right.settled,
            openBatches: left.openBatches + right.openBatches,
            fatal: left.fatal ?? right.fatal
        )
    }

    /// Rows that did not go through for one and the same reason.
    static func settled(_ rows: [PreparedRow], _ outcome: Outcome, _ rejection: Rejection) -> Delivery {
        Delivery(settled: rows.map { $0.settled(outcome, rejection) })
    }
}
