// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceLibraries
import FaceModel
import FacePipeline
import FaceSources
import FaceUpload

/// Scan and Validate: reads the source, registers its rows, and lets through those with work to do.
///
/// Rows are registered in groups, one transaction each.
struct Admission: Sendable {
    let source: any PortraitSource
    let ledger: any Ledger
    let job: String
    let index: DestinationIndex
    /// The destination's library, `nil` for `check`.
    let library: LibraryKey?
    let progress: ProgressBoard

    /// How many rows are registered together.
    private static let groupLength = 128

    /// Reads the source to its end.
    ///
    /// - Parameter output: Where rows with work to do go; finished at the end.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    func run(to output: Channel<Admitted>) async throws {
        defer { output.finish() }
        let validator = RowValidator()
        var group: [JudgedRow] = []
        var ordinal = 0
        for try await scanned in source.rows() {
            group.append(JudgedRow(scanned, validator))
            if group.count == Self.groupLength {
                try await admit(group, from: ordinal, to: output)
                ordinal += group.count
                group.removeAll(keepingCapacity: true)
            }
        }
        try await admit(group, from: ordinal, to: output)
    }

    /// The rows of a source, group by group, for the search for leavers.
    ///
    /// - Parameter note: Takes the rows of each group.
    /// - Returns: What the source has.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    func identify(_ note: ([NewRow]) async throws -> Void) async throws -> LeaverGuard.SourceCount {
        let validator = RowValidator()
        var count = LeaverGuard.SourceCount()
        var names = NamesByID()
        var group: [NewRow] = []
        for try await scanned in source.rows() {
            let row = JudgedRow(scanned, validator).newRow(0)
            count.take(row)
            if names.isShared(row) { count.shared.add(row.source) }
            group.append(row)
            if group.count == Self.groupLength {
                try await note(group)
                group.removeAll(keepingCapacity: true)
            }
        }
        try await note(group)
        count.gap = source.gap
        return count
    }

    private func admit(_ group: [JudgedRow], from ordinal: Int, to output: Channel<Admitted>) async throws {
        guard !group.isEmpty else { return }
        let rows = group.enumerated().map { $1.newRow(ordinal + $0) }
        let registrations = try await ledger.register(rows, in: job)
        var open: [(ValidRow, PortraitID)] = []
        var refused: [RefusedRow] = []
        var ended: [Outcome] = []
        for (judged, registration) in zip(group, registrations) {
            switch (judged, registration) {
            case (.valid(let row, let id), .open): open.append((row, id))
            case (.invalid(let row), .rejected), (.invalid(let row), .settled(.rejected)):
                // Also where an earlier attempt refused it: that may have ended before the photo was judged.
                if let row = RefusedRow(row) { refused.append(row) } else { ended.append(.rejected) }
            case (_, .settled(let outcome)): ended.append(outcome)
            case (_, .rejected), (_, .duplicate): ended.append(.rejected)
            case (.invalid, .open): preconditionFailure("a row with a rejection is not open")
            }
        }
        progress.note { counts in
            counts.found += group.count
            for outcome in ended { counts.note(outcome) }
        }
        for row in refused { try await output.send(.refused(row)) }
        try await handOn(open, to: output)
    }

    private func handOn(_ rows: [(ValidRow, PortraitID)], to output: Channel<Admitted>) async throws {
        let ids = rows.map(\.1)
        let existing = try await index.existing(ids)
        let known = if let library { try await ledger.known(ids, in: library) } else { [PortraitID: KnownPortrait]() }
        for (row, id) in rows {
            guard let photo = row.row.photo else { preconditionFailure("a valid row has a photo") }
            let admitted = AdmittedRow(
                key: row.row.key,
                source: row.row.source,
                id: id,
                hasDerivedID: row.id == nil,
                attributes: row.attributes,
                photo: photo,
                warnings: row.warnings,
                existing: existing[id] ?? .unknown,
                known: known[id]
            )
            try await output.send(.open(admitted))
        }
    }
}
