// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceFiles
import FaceLedger
import FaceLibraries
import FaceModel

/// Takes up what a process that died left behind in a library, before anything new is sent to it.
///
/// Batches that were opened and never closed: what the device has of them, exactly as it was sent,
/// is settled as stored in the job it belonged to; the rest stays without an outcome and goes through
/// again. Replacements that were interrupted: the old portrait is put back unless the new one is there.
package struct Recovery: Sendable {
    let destination: Destination
    let ledger: any Ledger
    let comparison: Comparison
    let replacement: Replacement

    /// Recovers with the means of an uploader.
    package init(of uploader: Uploader) {
        destination = uploader.destination
        ledger = uploader.ledger
        comparison = uploader.comparison
        replacement = Replacement(uploader: uploader)
    }

    /// Brings ledger and device together again.
    package func run() async throws {
        let kept = try await ledger.pendingSafe(in: destination.key)
        let replaced = Set(kept.filter { $0.purpose == .replacement }.map(\.imgID))
        try await settle(try await ledger.openBatches(in: destination.key), replaced)
        let standing = try await standing(kept.filter { $0.purpose != .attributes }.map(\.imgID))
        for entry in kept {
            switch entry.purpose {
            case .replacement: try await finishReplacement(of: entry.imgID, isThere: standing.contains(entry.imgID))
            case .removal: try await finishRemoval(of: entry, isThere: standing.contains(entry.imgID))
            case .attributes:
                // A change in place took nothing away, carried out or not: the row is compared again in its turn.
                try await ledger.resolve(entry.imgID, in: destination.key, as: .replaced)
            }
        }
    }

    /// Which of some portraits the device has, by listing it or asking for each, whichever takes fewer calls.
    private func standing(_ ids: [PortraitID]) async throws -> Set<PortraitID> {
        guard !ids.isEmpty else { return [] }
        let index = try await DestinationIndex.make(
            for: destination,
            rows: ids.count,
            needsListing: false,
            ledger: ledger
        )
        var standing: Set<PortraitID> = []
        for (id, existing) in try await index.existing(ids) {
            switch existing {
            case .absent: continue
            case .listed: standing.insert(id)
            case .unknown:
                if try await destination.device.portrait(id, in: destination.id) != nil { standing.insert(id) }
            }
        }
        await index.close()
        return standing
    }

    /// Settles what the device has of some batches; all their rows are looked for together.
    private func settle(_ batches: [BatchRecord], _ replaced: Set<PortraitID>) async throws {
        let there = try await find(batches.flatMap(\.items).map(\.imgID))
        for (job, batches) in Dictionary(grouping: batches, by: \.job) {
            let items = batches.flatMap(\.items)
            // What the device said of a row before the run broke off stands.
            let settled = try await ledger.settledKeys(among: items.map(\.key), of: job)
            let held = try await held(items.filter { !settled.contains($0.key) }, there, replaced)
            let known = held.map { item, portrait in
                KnownPortrait(
                    imgID: item.imgID,
                    stamp: portrait.stamp,
                    fingerprint: item.fingerprint,
                    readAt: Moment.now
                )
            }
            let settlements = held.map { item, _ in
                Settlement(
                    key: item.key,
                    outcome: replaced.contains(item.imgID) ? .updated : .stored,
                    reasons: item.warnings,
                    remark: item.remark
                )
            }
            try await ledger.learn(known, in: destination.key)
            try await ledger.settle(settlements, in: job)
            try await ledger.close(batches: batches.map(\.id))
        }
    }

    /// Looks for portraits, and once more for those that are missing: a device may take its time with what it took in (B7).
    private func find(_ ids: [PortraitID]) async throws -> [PortraitID: ListedPortrait] {
        let uploader = replacement.uploader
        let found = try await uploader.readback.find(ids)
        let missing = ids.filter { found[$0] == nil }
        if missing.isEmpty { return found }
        try await uploader.clock.sleep(for: Uploader.patience)
        return try await found.merging(uploader.readback.find(missing)) { first, _ in first }
    }

    /// Those of a job's portraits that the device has as they were sent.
    ///
    /// A device stores portraits in the order in which they were sent. So the newest is looked at whole (1032, 1067), and
    /// if it is ours, those that are older need only not contradict what was sent. What somebody stored by hand after the
    /// run broke off is newer than all of them.
    private func held(
        _ items: [BatchItem],
        _ there: [PortraitID: ListedPortrait],
        _ replaced: Set<PortraitID>
    ) async throws -> [(BatchItem, ListedPortrait)] {
        let found = items.enumerated().compactMap { place, item in
            there[item.imgID].map { (place: place, item: item, listed: $0) }
        }
        var held: [(BatchItem, ListedPortrait)] = []
        for (_, item, listed) in found.sorted(by: {
            ($1.listed.createTime, $1.place) < ($0.listed.createTime, $0.place)
        }) {
            let isReplacement = replaced.contains(item.imgID)
            if held.isEmpty || isReplacement {
                if let portrait = try await stored(item, isReplacement) { held.append((item, portrait)) }
            } else if listed.clearAttributes.map({ FaceModel.Digest(of: $0) == item.fingerprint.attributes }) ?? true {
                held.append((item, listed))
            }
        }
        return held
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

    private func finishReplacement(of id: PortraitID, isThere: Bool) async throws {
        if isThere {
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

    private func finishRemoval(of entry: SafeEntry, isThere: Bool) async throws {
        let id = entry.imgID
        if isThere {
            return try await ledger.resolve(id, in: destination.key, as: .putBack)
        }
        let title = try await ledger.job(entry.job)?.target ?? destination.library.name
        let name = try await ledger.safePortrait(id, in: destination.key)?.attributes.name ?? ""
        try await ledger.append([LeaverRemoval.removed(id, name: name, from: title)], in: entry.job)
        try await ledger.resolve(id, in: destination.key, as: .removed)
        try await ledger.forget([id], in: destination.key)
    }
}
