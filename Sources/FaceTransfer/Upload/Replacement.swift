// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel

/// Changes portraits that are on the device already.
///
/// Attributes change in place (1033). An image cannot: the old portrait is fetched and kept in the
/// ledger's safe, deleted, and the new one stored; if the device refuses the new one, the old one is
/// put back (design rule 4).
struct Replacement: Sendable {
    let uploader: Uploader

    private var destination: Destination { uploader.destination }
    private var device: any Device { uploader.destination.device }
    private var ledger: any Ledger { uploader.ledger }

    /// Makes a portrait on the device what the row says.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - difference: What differs.
    /// - Returns: What came of it.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    func change(_ row: PreparedRow, _ difference: Difference) async throws -> Delivery {
        do {
            if difference.image { return try await replace(row) }
            if let change = difference.attributes {
                try await device.updateAttributes(of: row.row.id, in: destination.id, to: change)
            }
            return Delivery(claimed: [row.sent])
        } catch let error as DeviceError where error.code == .refused {
            return .settled([row], .failed, DeviceRefusal.rejection(error.deviceCode ?? -1, error.message))
        } catch let error as DeviceError where error.mayPass {
            return .settled([row], .failed, DeviceRefusal.unreachable(error)) + Delivery(fatal: error)
        }
    }

    private func replace(_ row: PreparedRow) async throws -> Delivery {
        let id = row.row.id
        if let refusal = try await deviceRefuses(row.image) { return .settled([row], .rejected, refusal) }
        guard let old = try await SafeCopy(destination: destination).fetch(id) else {
            let detail = "the stored portrait could not be fetched whole, so it was not replaced"
            return .settled([row], .failed, Rejection(.deviceRefused, detail))
        }
        try await ledger.keep(old.forSafe(in: destination.key, job: uploader.job, purpose: .replacement))
        try await device.deletePortraits([id], in: destination.id)
        let delivery = try await uploader.send(single: row)
        guard delivery.claimed.isEmpty else {
            // The old image is given up only when the new one has been seen.
            if !(try await uploader.readback.find([id], patience: Uploader.patience)).isEmpty {
                try await ledger.resolve(id, in: destination.key, as: .replaced)
            }
            return delivery
        }
        if delivery.fatal == nil { try await putBack(old) }
        return delivery
    }

    /// What the device says of the new image before the old one is touched (779).
    private func deviceRefuses(_ image: OutgoingImage) async throws -> Rejection? {
        do {
            _ = try await device.detectFace(in: image)
            return nil
        } catch let error as DeviceError where error.code == .refused {
            let code = error.deviceCode ?? -1
            let reason = Reason(deviceCode: code)
            // A device that does not know the message at all says nothing about the image.
            return reason == .deviceRefused ? nil : Rejection(reason, error.message, deviceCode: code)
        }
    }

    /// Stores an old portrait again and sees that it is there.
    ///
    /// - Parameter old: The portrait as it was.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    func putBack(_ old: SafeCopy.Contents) async throws {
        let portrait = OutgoingPortrait(
            id: old.id,
            attributes: old.attributes,
            image: OutgoingImage(bytes: old.image, fileExtension: old.fileExtension)
        )
        try await device.store(portrait, in: destination.id)
        if !(try await uploader.readback.find([old.id], patience: Uploader.patience)).isEmpty {
            try await ledger.resolve(old.id, in: destination.key, as: .putBack)
        }
    }
}
