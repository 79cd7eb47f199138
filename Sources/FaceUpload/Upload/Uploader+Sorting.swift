// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLibraries
import FaceModel

extension Uploader {
    /// Holds what the device said of each row of a batch against what it has.
    ///
    /// - Parameters:
    ///   - rows: The rows of the batch, in the order in which they were sent.
    ///   - batch: The batch.
    ///   - reply: What the device said; `nil` when it refused the whole call.
    ///   - attempt: Which attempt this is, counted from 1.
    /// - Returns: What came of every row.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    func sort(_ rows: [PreparedRow], _ batch: String, _ reply: BatchReply?, attempt: Int) async throws -> Delivery {
        let verdicts = reply?.verdicts ?? [:]
        let refused = rows.filter { (verdicts[$0.row.id]?.code ?? 0) != 0 }
        let silent = rows.filter { (verdicts[$0.row.id]?.code ?? 0) == 0 }
        let accepted = reply == nil ? 0 : max(0, rows.count - max(reply?.errorCount ?? 0, refused.count))
        let found = try await look(for: silent, of: rows, accepted: accepted, refused: refused)
        // More are there than the device says it took: somebody else's may be among them.
        let isDoubtful = found.count > accepted
        var delivery = Delivery(openBatches: [batch])
        var untold: [PreparedRow] = []
        var alone: [PreparedRow] = []
        for row in rows where delivery.fatal == nil {
            if found[row.row.id] != nil {
                let isOurs = isDoubtful ? try await holds(row) : true
                if isOurs { delivery.claimed.append(row.sent) } else { alone.append(row) }
            } else if let verdict = verdicts[row.row.id], verdict.code != 0 {
                if DeviceRefusal.deservesASecondTry(verdict.code) {
                    alone.append(row)
                } else {
                    delivery = try await delivery + judge(row, code: verdict.code, message: verdict.message)
                }
            } else {
                untold.append(row)
            }
        }
        // What was never tried is left for the next run.
        guard delivery.fatal == nil else { return delivery }
        // A refusal among the others means that each round gets further; without one, only the single
        // message tells what is wrong with a row.
        if refused.isEmpty {
            alone += untold
        } else {
            delivery = try await delivery + send(batch: untold, attempt: attempt)
            guard delivery.fatal == nil else { return delivery }
        }
        return try await delivery + send(alone: alone)
    }

    /// Looks for the rows of which the device did not say that it refused them, and waits for as many as it took.
    private func look(
        for silent: [PreparedRow],
        of rows: [PreparedRow],
        accepted: Int,
        refused: [PreparedRow]
    ) async throws -> [PortraitID: ListedPortrait] {
        let ids = silent.map(\.row.id)
        let found = try await readback.find(ids)
        if found.count >= min(accepted, ids.count) { return found }
        if let first = refused.first, stopped(at: first, rows, found) { return found }
        return try await readback.find(ids, patience: Self.patience, enough: accepted)
    }

    /// Whether the device left the batch at its first refusal (B6): all before it is there, nothing after it.
    private func stopped(
        at refused: PreparedRow,
        _ rows: [PreparedRow],
        _ found: [PortraitID: ListedPortrait]
    ) -> Bool {
        guard let place = rows.firstIndex(where: { $0.row.id == refused.row.id }), place > 0 else { return false }
        return rows[..<place].allSatisfy { found[$0.row.id] != nil }
            && rows[place...].allSatisfy { found[$0.row.id] == nil }
    }

    /// Whether the device has a row exactly as it was sent.
    func holds(_ row: PreparedRow) async throws -> Bool {
        try await comparison.stored(row.row.attributes, row.fingerprint, row.image, under: row.row.id) != nil
    }
}
