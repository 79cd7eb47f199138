// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// What the device remembers of batch uuids, where a quirk makes it remember them (B5).
final class BatchRegister: Sendable {
    private let seen = Mutex<Set<String>>([])
    private let rows = Mutex<[String: [ResultCSV.Row]]>([:])

    /// Notes a uuid; `false` when it was used before.
    func takeUUID(_ uuid: String) -> Bool { seen.withLock { $0.insert(uuid).inserted } }

    /// Adds rows to those of earlier batches with the same uuid and returns all of them.
    func accumulate(_ new: [ResultCSV.Row], uuid: String) -> [ResultCSV.Row] {
        rows.withLock { rows in
            rows[uuid, default: []] += new
            return rows[uuid] ?? new
        }
    }
}
