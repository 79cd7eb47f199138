// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceImaging
import FaceLedger
import FaceModel

/// Takes up what a process that died left behind in a library, before anything new is sent to it.
///
/// Batches that were opened and never closed: what the device has of them, exactly as it was sent,
/// is settled as stored in the job it belonged to; the rest stays without an outcome and goes through
/// again. Replacements that were interrupted: the old portrait is put back unless the new one is there.
struct Recovery: Sendable {
    let destination: Destination
    let ledger: any Ledger
    let comparison: Comparison
    let replacement: Replacement

    /// Recovers with the means of an uploader.
    init(of uploader: Uploader) {
        destination = uploader.destination
        ledger = uploader.ledger
        comparison = uploader.comparison
        replacement = Replacement(uploader: uploader)
    }

    /// Brings ledger and device together again.
    func run() async throws {
        let kept = try await ledger.pendingSafe(in: destination.key)
        let replaced = Set(kept.filter { $0.purpose == .replacement }.map(\.imgID))
        for batch in try await ledger.openBatches(in: destination.key) { try await settle(batch, replaced) }
        for entry in kept {
            switch entry.purpose {
            case .replacement: try await finishReplacement(of: entry.imgID)
            case .removal: try await finishRemoval(of: entry)
            case .attributes:
                // A change in place took nothing away, carried out or not: the row is compared again in its turn.
                try await ledger.resolve(entry.imgID, in: destination.key, as: .replaced)
            }
        }
    }

    private func settle(_ batch: BatchRecord, _ replaced: Set<PortraitID>) async throws {
        var settlements: [Settlement] = []
        var known: [KnownPortrait] = []
        // A device may take its time with what it took in (B7).
        let there = try await replacement.uploader.readback.find(
            batch.items.map(\.imgID),
            patience: Uploader.patience
        )
        for item in batch.items where there[item.imgID] != nil {
            let isReplacement = replaced.contains(item.imgID)
            guard let portrait = try await stored(item, isReplacement) else { continue }
            let outcome: Outcome = isReplacement ? .updated : .stored
            settlements.append(
                Settlement(key: item.key, outcome: outcome, reasons: item.warnings, remark: item.remark)
            )
            known.append(
                KnownPortrait(
                    imgID: item.imgID,
                    stamp: portrait.stamp,
                    fingerprint: item.fingerprint,
                    readAt: Moment.now
                )
            )
        }
        try await ledger.learn(known, in: destination.key)
        try await ledger.settle(settlements, in: batch.job)
        try await ledger.close(batches: [batch.id])
    }

    /// The portrait of a batch when the device has it as it was sent.
    private func stored(_ item: BatchItem, _ isReplacement: Bool) async throws -> ListedPortrait? {
        guard let found = try await destination.device.portrait(item.imgID, in: destination.id) else { return nil }
        var clear: ListedPortrait? = found.listed
        if found.listed.isMasked {
            clear = try await destination.device.clearAttributes(of: item.imgID, in: destination.id)
        }
        if let attributes = clear?.clearAttributes, FaceModel.Digest(of: attributes) != item.fingerprint.attributes {
            return nil
        }
        // Without a hash the device's own encoding cannot be told from another picture; but only of a
        // replacement is another one to be expected.
        if item.fingerprint.hash.isEmpty && !isReplacement { return found.listed }
        return comparison.shows(found.image, item.fingerprint) ? found.listed : nil
    }

    private func finishReplacement(of id: PortraitID) async throws {
        if try await destination.device.portrait(id, in: destination.id) != nil {
            // Old or new, a portrait stands under the id: the row is compared again in its turn.
            try await ledger.resolve(id, in: destination.key, as: .replaced)
            return
        }
        guard let kept = try await ledger.safePortrait(id, in: destination.key) else { return }
        do {
            try await replacement.putBack(
                SafeCopy.Contents(id: kept.imgID, attributes: kept.attributes, image: kept.image)
            )
        } catch let error as DeviceError where error.code == .refused {
            // It stays in the safe, and each run tries again: one portrait must not keep the others out.
        }
    }

    private func finishRemoval(of entry: SafeEntry) async throws {
        let id = entry.imgID
        guard try await destination.device.portrait(id, in: destination.id) == nil else {
            return try await ledger.resolve(id, in: destination.key, as: .putBack)
        }
        let title = try await ledger.job(entry.job)?.target ?? destination.library.name
        let name = try await ledger.safePortrait(id, in: destination.key)?.attributes.name ?? ""
        try await ledger.append([LeaverRemoval.removed(id, name: name, from: title)], in: entry.job)
        try await ledger.resolve(id, in: destination.key, as: .removed)
        try await ledger.forget([id], in: destination.key)
    }
}
