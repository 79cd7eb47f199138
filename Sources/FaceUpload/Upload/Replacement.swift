// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceLibraries
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
            guard let change = difference.attributes else { return Delivery(claimed: [row.sent]) }
            try await update(row.row.id, to: change)
            guard change.clearsAny, try await keepsOther(than: row.row) else { return Delivery(claimed: [row.sent]) }
            try await ledger.resolve(row.row.id, in: destination.key, as: .replaced)
            let detail = "the device has other values than were sent; some were to be cleared, which it may not do"
            return .settled([row], .failed, Rejection(.deviceContradicts, detail))
        } catch let error as DeviceError where error.code == .refused {
            return .settled([row], .failed, DeviceRefusal.rejection(error.deviceCode ?? -1, error.message))
        } catch let error as DeviceError where error.mayPass {
            return .settled([row], .failed, DeviceRefusal.unreachable(error)) + Delivery(fatal: error)
        }
    }

    /// Changes attributes in place, those that were there kept in the safe as far as the device tells them.
    private func update(_ id: PortraitID, to change: AttributeChange) async throws {
        if let old = try await SafeCopy(destination: destination).fetchAttributes(of: id) {
            try await ledger.keep(old.forSafe(in: destination.key, job: uploader.job, purpose: .attributes))
        }
        do {
            try await repeating(pacedBy: uploader.clock) {
                try await device.updateAttributes(of: id, in: destination.id, to: change)
            }
        } catch let error as DeviceError where error.code == .refused {
            // What was sent before a lost answer may have been carried out all the same: the trash keeps what was there.
            try await ledger.resolve(id, in: destination.key, as: .replaced)
            throw error
        }
    }

    /// Whether a portrait says in clear anything else than it was changed to: a device may take an empty value for
    /// none (interface P7), and its lists mask what it did.
    private func keepsOther(than wanted: WantedPortrait) async throws -> Bool {
        let now = try await SafeCopy(destination: destination).fetchAttributes(of: wanted.id)
        return now.map { $0.attributes != wanted.attributes } ?? false
    }

    private func replace(_ given: PreparedRow) async throws -> Delivery {
        let (rows, tooLarge) = uploader.fitted([given])
        guard var row = rows.first else { return tooLarge }
        let id = row.row.id
        if row.detection == nil {
            // The old portrait is still there: a new one that does not get through is made smaller first.
            do {
                let asked = try await uploader.fitting.asking(row) { try await deviceRefuses($0.image) }
                guard let asked else { return .settled([row], .rejected, uploader.fitting.tooLarge(row)) }
                if let refusal = asked.answer { return .settled([asked.row], .rejected, refusal) }
                row = asked.row
            } catch let error as DeviceError where error.code == .cutOff {
                return .settled([row], .failed, DeviceRefusal.unreachable(error))
            }
        }
        guard let old = try await SafeCopy(destination: destination).fetch(id) else {
            let detail = "the stored portrait could not be fetched whole, so it was not replaced"
            return .settled([row], .failed, Rejection(.deviceRefused, detail))
        }
        try await ledger.keep(old.forSafe(in: destination.key, job: uploader.job, purpose: .replacement))
        try await repeating(pacedBy: uploader.clock) { try await device.deletePortraits([id], in: destination.id) }
        let delivery = try await uploader.send(single: row)
        // The old portrait waits in the safe until the new one has been read back, or the device is there again.
        guard delivery.claimed.isEmpty, delivery.fatal == nil else { return delivery }
        do {
            try await putBack(old)
        } catch let error as DeviceError where error.code == .refused {
            return delivery.with(
                "the old portrait could not be put back (\(error.message)) and waits in the safe for the next run"
            )
        }
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
        try await store(portrait)
        if !(try await uploader.readback.find([old.id], patience: Uploader.patience)).isEmpty {
            try await ledger.resolve(old.id, in: destination.key, as: .putBack)
        }
    }

    private func store(_ portrait: OutgoingPortrait) async throws {
        for attempt in 1...Uploader.attempts {
            do {
                return try await device.store(portrait, in: destination.id)
            } catch let error as DeviceError where error.mayPass {
                try await uploader.clock.sleep(for: .milliseconds(500 * attempt))
                let found = try await uploader.readback.find([portrait.id], patience: .seconds(attempt))
                if !found.isEmpty { return }
                if attempt == Uploader.attempts { throw error }
            } catch let error as DeviceError where error.deviceCode.map(Reason.init(deviceCode:)) == .imgIDTaken {
                // A portrait stands under the id: the delete before was not carried out.
                return
            }
        }
    }
}

extension Delivery {
    /// The delivery of a replacement that failed altogether: nothing of the row is on the device.
    fileprivate func with(_ detail: String) -> Delivery {
        var delivery = self
        for place in delivery.settled.indices {
            delivery.settled[place].outcome = .failed
            delivery.settled[place].detail += "; \(detail)"
        }
        return delivery
    }
}

extension AttributeChange {
    /// Whether any field is to be empty afterwards.
    fileprivate var clearsAny: Bool { [name, identity, gender, age, address].contains("") }
}
