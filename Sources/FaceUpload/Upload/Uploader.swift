// SPDX-License-Identifier: Apache-2.0
import FaceDevice
package import FaceImaging
package import FaceLedger
package import FaceLibraries
import FaceModel
import Foundation

/// Sends prepared rows and finds out what became of each, whatever the device says or leaves out.
///
/// Every request stands in the ledger, synced, before it leaves (design rule 1). After a reply that
/// is lost, partial or unclear the rows are looked up on the device before anything is sent again.
package struct Uploader: Sendable {
    package let destination: Destination
    let ledger: any Ledger
    let job: String
    package let bounds: BatchBounds
    let readback: Readback
    let comparison: Comparison
    let clock: any Clock<Duration>

    /// How often rows are sent in all when replies get lost.
    static let attempts = 3
    /// How long a device may take to show what it took in (B7).
    static let patience = Duration.seconds(6)

    /// Sends to a library for a job.
    package init(
        to destination: Destination,
        of job: String,
        _ ledger: any Ledger,
        _ workshop: ImageWorkshop,
        _ clock: any Clock<Duration>
    ) {
        self.destination = destination
        self.ledger = ledger
        self.job = job
        bounds = BatchBounds(destination.settings)
        readback = Readback(destination, clock: clock)
        comparison = Comparison(destination: destination, workshop: workshop, digests: ledger.digests)
        self.clock = clock
    }

    /// Sends new portraits in one batch, or in smaller ones where the device wants that.
    ///
    /// - Parameters:
    ///   - given: Rows that can be said in batch file names.
    ///   - attempt: Which attempt this is, counted from 1.
    /// - Returns: What came of every row.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    func send(batch given: [PreparedRow], attempt: Int = 1) async throws -> Delivery {
        let (rows, refused) = fitted(given)
        guard !rows.isEmpty else { return refused }
        guard refused.settled.isEmpty else { return try await refused + send(batch: rows, attempt: attempt) }
        if bounds.isFull { return .settled(rows, .failed, Self.full) }
        if rows.count > bounds.count { return try await sendHalves(of: rows, attempt: attempt) }
        let batch = try await open(rows)
        let reply: BatchReply
        do {
            let outgoing = OutgoingBatch(uuid: batch, portraits: rows.map(\.outgoing))
            reply = try await destination.device.storeBatch(outgoing, in: destination.id)
        } catch let error as DeviceError where error.code == .tooLarge || error.code == .cutOff {
            return try await shrink(rows, batch, because: error, attempt: attempt)
        } catch let error as DeviceError where error.mayPass || error.code == .malformedReply {
            return try await sendAgain(rows, batch, after: error, attempt: attempt)
        }
        return try await accept(reply, for: rows, batch, attempt: attempt)
    }

    /// Records a request and the rows it carries, synced, before it leaves.
    func open(_ rows: [PreparedRow]) async throws -> String {
        let batch = UUID().uuidString.lowercased()
        let items = rows.map(\.batchItem)
        try await ledger.open(BatchRecord(id: batch, job: job, library: destination.key, items: items))
        return batch
    }

    private func accept(
        _ reply: BatchReply,
        for rows: [PreparedRow],
        _ batch: String,
        attempt: Int
    ) async throws -> Delivery {
        let refusals = reply.verdicts.values.filter { $0.code != 0 }
        if reply.code == 0 { bounds.accepted(count: rows.count) }
        if reply.errorCount == nil && refusals.isEmpty && reply.code != 0 {
            return try await refuse(reply, rows, batch, attempt: attempt)
        }
        if reply.code == 0 && (reply.errorCount ?? 0) == 0 && refusals.isEmpty {
            return Delivery(claimed: rows.map(\.sent), openBatches: [batch])
        }
        return try await sort(rows, batch, reply, attempt: attempt)
    }

    /// The device refused the whole call.
    private func refuse(
        _ reply: BatchReply,
        _ rows: [PreparedRow],
        _ batch: String,
        attempt: Int
    ) async throws -> Delivery {
        let error = DeviceError(.refused, DeviceRefusal.sentence(reply.code, reply.message), deviceCode: reply.code)
        if [-3596, -1110].contains(reply.code) {
            return try await shrink(rows, batch, because: error, attempt: attempt)
        }
        if Reason(deviceCode: reply.code) == .libraryMissing {
            try await ledger.close(batches: [batch])
            return Delivery.settled(rows, .failed, DeviceRefusal.rejection(reply.code, reply.message))
                + Delivery(fatal: error)
        }
        if reply.code == -122 { bounds.markFull() }
        if error.mayPass { return try await sendAgain(rows, batch, after: error, attempt: attempt) }
        return try await sort(rows, batch, nil, attempt: attempt)
    }

    /// The batch was too large; nothing of it was carried out.
    private func shrink(
        _ rows: [PreparedRow],
        _ batch: String,
        because error: DeviceError,
        attempt: Int
    ) async throws -> Delivery {
        try await ledger.close(batches: [batch])
        guard rows.count > 1 else { return try await send(single: rows[0]) }
        bounds.refused(count: rows.count)
        return try await sendHalves(of: rows, attempt: attempt)
    }

    private func sendHalves(of rows: [PreparedRow], attempt: Int) async throws -> Delivery {
        let middle = (rows.count + 1) / 2
        let first = try await send(batch: Array(rows[..<middle]), attempt: attempt)
        if first.fatal != nil {
            // What was never tried is left for the next run.
            return first
        }
        return try await first + send(batch: Array(rows[middle...]), attempt: attempt)
    }

    /// Nobody knows what the device did: what it has is claimed, the rest is sent again.
    private func sendAgain(
        _ rows: [PreparedRow],
        _ batch: String,
        after error: DeviceError,
        attempt: Int
    ) async throws -> Delivery {
        let found: [PortraitID: ListedPortrait]
        do {
            try await clock.sleep(for: .milliseconds(500 * attempt))
            found = try await readback.find(rows.map(\.row.id), patience: .seconds(attempt))
        } catch let lookup as DeviceError where lookup.mayPass {
            // The batch stays open: the next run looks its rows up.
            return .settled(rows, .failed, DeviceRefusal.unreachable(lookup)) + Delivery(fatal: lookup)
        }
        let claimed = Delivery(claimed: rows.filter { found[$0.row.id] != nil }.map(\.sent), openBatches: [batch])
        let missing = rows.filter { found[$0.row.id] == nil }
        if missing.count == rows.count && rows.count > 1 && error.code != .refused {
            // A device may cut what is too large for it without a word (B3).
            bounds.refused(count: rows.count)
            return try await claimed + sendHalves(of: missing, attempt: attempt)
        }
        guard attempt < Self.attempts else {
            guard error.code == .refused, missing.count > 1 else {
                // A device may take in what it got so late that only the next run sees it.
                if !missing.isEmpty { _ = try await open(missing) }
                return claimed + .settled(missing, .failed, DeviceRefusal.unreachable(error))
            }
            // One row may be what the device stumbles over: alone, it takes no other along.
            return try await claimed + send(alone: missing, attempt: attempt)
        }
        // Smaller batches get past a row that breaks every call it is in (B3).
        if missing.count == rows.count { return try await claimed + sendHalves(of: missing, attempt: attempt + 1) }
        return try await claimed + send(batch: missing, attempt: attempt + 1)
    }

    /// Sends rows one by one, as long as the device is there.
    func send(alone rows: [PreparedRow], attempt: Int = 1) async throws -> Delivery {
        var delivery = Delivery()
        for row in rows where delivery.fatal == nil {
            delivery = try await delivery + send(single: row, attempt: attempt)
        }
        return delivery
    }

    static let full = Rejection(.libraryFull, "the device takes no more portraits", deviceCode: -122)
}
