// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceLibraries
import FaceModel
import FacePipeline
import FaceRepository
import FaceUpload

/// Writes a snapshot from what is known and was read, makes it part of the repository, and accounts for every portrait.
struct SnapshotWriting: Sendable {
    let merge: SnapshotMerge
    let readsEverything: Bool
    /// Whether rows end as ready and nothing is written.
    let isRehearsal: Bool
    /// Why portraits could not be read.
    let failures: ReadFailures
    let ledger: any Ledger
    let record: JobRecord
    let progress: ProgressBoard

    /// What becomes of one portrait.
    private struct Verdict {
        /// What the snapshot says of it, `nil` where it has nothing.
        var row: SnapshotRow?
        var outcome: Outcome
        /// What it lacks, the gravest first.
        var reasons: [Rejection] = []
    }

    /// Writes the snapshot.
    ///
    /// - Parameter snapshot: The snapshot; gets its counts and the file of its rows.
    /// - Returns: Whether there is a snapshot now.
    /// - Throws: `LedgerError`, `ArchiveError`, ``RepositoryError``, ``TargetError``.
    func run(_ snapshot: inout Snapshot) async throws -> Bool {
        var counted = snapshot
        var ordinal = 0
        guard !isRehearsal else {
            _ = try await merge.run { pairs in try await account(for: pairs, &counted, &ordinal) { _ in } }
            return false
        }
        var manifest = try ManifestWriting(merge.repository, in: RepositoryLayout.manifests)
        _ = try await merge.run { pairs in
            var rows: [SnapshotRow] = []
            try await account(for: pairs, &counted, &ordinal) { rows.append($0) }
            for row in rows { try manifest.add(row) }
        }
        counted.manifest = try manifest.finish(counted)
        let finished = counted
        try merge.repository.commit { catalog in
            catalog.snapshots.append(finished)
            catalog.unfinished.removeAll {
                $0.device == finished.device.serial && $0.library == finished.library.name
            }
        }
        try merge.repository.sweep()
        snapshot = finished
        return true
    }

    private func account(
        for pairs: [SnapshotPair],
        _ snapshot: inout Snapshot,
        _ ordinal: inout Int,
        _ write: (SnapshotRow) -> Void
    ) async throws {
        var rows: [Outcome: [NewRow]] = [:]
        // What was read was counted when it was read.
        var uncounted: [Outcome] = []
        var removed: [RowResult] = []
        for pair in pairs {
            guard let entry = pair.entry else {
                if let row = pair.previous { removed.append(gone(row)) }
                continue
            }
            let verdict = verdict(on: pair, entry)
            if let row = verdict.row {
                write(row)
                snapshot.portraits += 1
                if row.isIncomplete { snapshot.incomplete += 1 }
            } else if verdict.outcome == .failed {
                snapshot.failed += 1
            }
            if pair.fresh == nil || !verdict.reasons.isEmpty { uncounted.append(verdict.outcome) }
            rows[verdict.outcome, default: []].append(newRow(entry, verdict.reasons, ordinal))
            ordinal += 1
        }
        for (outcome, group) in rows {
            try await ledger.record(group, as: outcome, in: record.id)
        }
        progress.note { counts in for outcome in uncounted { counts.note(outcome) } }
        if !removed.isEmpty { try await ledger.append(removed, in: record.id) }
    }

    private func verdict(on pair: SnapshotPair, _ entry: ListingEntry) -> Verdict {
        switch pair.step(for: entry, readsEverything: readsEverything) {
        case .known(let row): return verdict(on: row, since: pair.previous)
        case .attributes(let row):
            if isRehearsal { return Verdict(row: row, outcome: .ready) }
            // What is shown has changed, and nobody is shown the rest.
            var shown = row
            shown.listed = ListedPortrait(entry.imgID, entry)
            return verdict(on: shown, since: pair.previous)
        case .whole:
            if isRehearsal { return Verdict(row: nil, outcome: .ready) }
            let failure = failures.reason(entry.imgID)
            // The same version as in the last snapshot is as good as it was.
            return Verdict(row: pair.unmoved, outcome: failure.outcome, reasons: [failure.rejection])
        }
    }

    private func verdict(on row: SnapshotRow, since previous: SnapshotRow?) -> Verdict {
        var lacks: [Rejection] = []
        if row.listed.isMasked {
            let masked = row.listed.maskedFields.joined(separator: ", ")
            lacks.append(Rejection(.attributeMasked, "the device shows the \(masked) only as a mask"))
        }
        if row.image.isEmpty {
            lacks.append(Rejection(.imageMissing, "the device lists the portrait without an image"))
        }
        guard lacks.isEmpty else {
            return Verdict(row: row, outcome: .rejected, reasons: Rejection.gravestFirst(lacks))
        }
        guard let previous else { return Verdict(row: row, outcome: isRehearsal ? .ready : .stored) }
        if previous.isSame(as: row) { return Verdict(row: row, outcome: .unchanged) }
        return Verdict(row: row, outcome: isRehearsal ? .ready : .updated)
    }

    private func newRow(_ entry: ListingEntry, _ reasons: [Rejection], _ ordinal: Int) -> NewRow {
        NewRow(
            key: entry.imgID.text,
            ordinal: ordinal,
            source: "\(record.source)/\(entry.imgID)",
            line: nil,
            imgID: entry.imgID.text,
            name: entry.name ?? "",
            rejection: reasons.first,
            further: Array(reasons.dropFirst())
        )
    }

    private func gone(_ row: SnapshotRow) -> RowResult {
        RowResult(
            source: "\(record.source)/\(row.id)",
            imgID: row.id.text,
            name: row.listed.name ?? "",
            outcome: .removed,
            detail: "in the snapshot before and not in the library any more"
        )
    }
}
