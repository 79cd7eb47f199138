// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceLibraries
import FaceModel

extension Uploader {
    /// Sends one new portrait with its attributes as fields (1051).
    ///
    /// For rows that cannot be said in a file name, and for rows of a batch of which the device did
    /// not say what is wrong with them.
    ///
    /// - Parameters:
    ///   - given: The row.
    ///   - attempt: Which attempt this is, counted from 1.
    ///   - suspect: The bytes of the row's photo at which the connection broke every time, when this is a smaller one.
    /// - Returns: What came of it.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    package func send(single given: PreparedRow, attempt: Int = 1, suspect: Int? = nil) async throws -> Delivery {
        // A replacement takes the room of the portrait that it replaces.
        if bounds.isFull, case .store = given.action { return .settled([given], .failed, Self.full) }
        let (rows, refused) = fitted([given])
        guard let row = rows.first else { return refused }
        let batch = try await open([row])
        do {
            try await destination.device.store(row.outgoing, in: destination.id)
            // That a smaller one goes through is what tells a size that is refused from a bad network.
            if let suspect { bounds.refused(photo: suspect) }
            bounds.accepted(photo: row.image.bytes.count)
            return Delivery(claimed: [row.sent], openBatches: [batch])
        } catch let error as DeviceError where error.mayPass || error.code == .malformedReply {
            return try await sendAgain(row, batch, after: error, attempt: attempt)
        } catch let error as DeviceError where error.code == .tooLarge {
            // Nothing of it was carried out.
            try await ledger.close(batches: [batch])
            return try await send(smaller: row)
        } catch let error as DeviceError where error.code == .cutOff {
            try await ledger.close(batches: [batch])
            return try await sendAgain(cutOff: row, after: error, attempt: attempt, suspect: suspect)
        } catch let error as DeviceError where error.code == .refused {
            return try await judge(row, code: error.deviceCode ?? -1, message: error.message)
                + Delivery(openBatches: [batch])
        }
    }

    /// Decides on a row that the device refused with a code of its own.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - code: The device's code.
    ///   - message: Its text.
    /// - Returns: The row's settlement, or its claim when the device has it all the same.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    func judge(_ row: PreparedRow, code: Int, message: String) async throws -> Delivery {
        let rejection = DeviceRefusal.rejection(code, message)
        switch rejection.reason {
        case .imgIDTaken:
            return try await judgeTaken(row, rejection)
        case .libraryFull:
            bounds.markFull()
            return .settled([row], .failed, Self.full)
        case .libraryMissing:
            return .settled([row], .failed, rejection)
                + Delivery(fatal: DeviceError(.refused, rejection.detail, deviceCode: code))
        default:
            return try await judgeRefused(row, rejection)
        }
    }

    /// The device says that it refused the row; what it has decides (design rule 2).
    private func judgeRefused(_ row: PreparedRow, _ rejection: Rejection) async throws -> Delivery {
        guard try await destination.device.portrait(row.row.id, in: destination.id) != nil else {
            return .settled([row], .rejected, rejection)
        }
        let contradiction = Rejection(
            .deviceContradicts,
            "\(rejection.detail), yet it has a portrait under this img_id",
            deviceCode: rejection.deviceCode
        )
        if try await holds(row) {
            return Delivery(claimed: [row.sent(also: contradiction)])
        }
        return .settled([row], .failed, contradiction)
    }

    /// The id is taken: by this very row when an earlier reply was lost, or by somebody else.
    private func judgeTaken(_ row: PreparedRow, _ rejection: Rejection) async throws -> Delivery {
        let found = try await readback.find([row.row.id], patience: .seconds(1))
        if found.isEmpty {
            let elsewhere = Rejection(
                .imgIDTaken,
                "the device has this img_id or this picture in another library",
                deviceCode: rejection.deviceCode
            )
            return .settled([row], .rejected, elsewhere)
        }
        if try await holds(row) {
            return Delivery(claimed: [row.sent])
        }
        return .settled([row], .rejected, rejection)
    }

    private func sendAgain(
        _ row: PreparedRow,
        _ batch: String,
        after error: DeviceError,
        attempt: Int
    ) async throws -> Delivery {
        do {
            try await clock.sleep(for: .milliseconds(500 * attempt))
            let found = try await readback.find([row.row.id], patience: .seconds(attempt))
            if !found.isEmpty { return Delivery(claimed: [row.sent], openBatches: [batch]) }
        } catch let lookup as DeviceError where lookup.mayPass {
            return .settled([row], .failed, DeviceRefusal.unreachable(lookup)) + Delivery(fatal: lookup)
        }
        guard attempt < Self.attempts else {
            // The batch stays open: a device may take in what it got so late that only the next run sees it.
            return .settled([row], .failed, DeviceRefusal.unreachable(error))
        }
        return try await Delivery(openBatches: [batch]) + send(single: row, attempt: attempt + 1)
    }
}
