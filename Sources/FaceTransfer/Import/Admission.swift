// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import FacePipeline

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

    /// A row after validation.
    private enum Judged {
        case valid(ValidRow, PortraitID)
        case invalid(InvalidRow)
    }

    /// Reads the source to its end.
    ///
    /// - Parameter output: Where rows with work to do go; finished at the end.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    func run(to output: Channel<AdmittedRow>) async throws {
        defer { output.finish() }
        let validator = RowValidator()
        var group: [Judged] = []
        var ordinal = 0
        for try await scanned in source.rows() {
            group.append(Self.judge(scanned, validator))
            if group.count == Self.groupLength {
                try await admit(group, from: ordinal, to: output)
                ordinal += group.count
                group.removeAll(keepingCapacity: true)
            }
        }
        try await admit(group, from: ordinal, to: output)
    }

    /// The ids of a source, group by group, for the search for leavers.
    ///
    /// - Parameter note: Takes the ids of each group.
    /// - Returns: What the source has.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    func identify(_ note: ([PortraitID]) async throws -> Void) async throws -> LeaverGuard.SourceCount {
        let validator = RowValidator()
        var count = LeaverGuard.SourceCount()
        var group: [PortraitID] = []
        for try await scanned in source.rows() {
            count.rows += 1
            switch Self.judge(scanned, validator) {
            case .valid(_, let id): group.append(id)
            case .invalid(let row):
                if let id = try? PortraitID(row.imgID) {
                    group.append(id)
                } else {
                    count.unidentified.append(row.row.source)
                }
            }
            if group.count == Self.groupLength {
                try await note(group)
                group.removeAll(keepingCapacity: true)
            }
        }
        try await note(group)
        return count
    }

    private static func judge(_ scanned: ScannedRow, _ validator: RowValidator) -> Judged {
        switch validator.validate(scanned) {
        case .failure(let invalid): return .invalid(invalid)
        case .success(let row):
            if let id = row.id { return .valid(row, id) }
            do {
                return .valid(row, try derivedID(of: row.row))
            } catch {
                return .invalid(InvalidRow(row: scanned, imgID: "", name: row.attributes.name, rejection: error))
            }
        }
    }

    private static func derivedID(of row: ScannedRow) throws(Rejection) -> PortraitID {
        guard let photo = row.photo else { throw Rejection(.sourceMissingPhoto) }
        return PortraitID.derived(from: try PhotoFile.read(photo))
    }

    private func admit(_ group: [Judged], from ordinal: Int, to output: Channel<AdmittedRow>) async throws {
        guard !group.isEmpty else { return }
        let rows = group.enumerated().map { newRow($1, ordinal + $0) }
        let registrations = try await ledger.register(rows, in: job)
        let open = zip(group, registrations).compactMap { judged, registration -> (ValidRow, PortraitID)? in
            guard case .valid(let row, let id) = judged, case .open = registration else { return nil }
            return (row, id)
        }
        progress.note { counts in
            counts.found += group.count
            for registration in registrations {
                switch registration {
                case .open: break
                case .settled(let outcome): counts.note(outcome)
                case .rejected, .duplicate: counts.note(.rejected)
                }
            }
        }
        try await handOn(open, to: output)
    }

    private func handOn(_ rows: [(ValidRow, PortraitID)], to output: Channel<AdmittedRow>) async throws {
        let ids = rows.map(\.1)
        let existing = try await index.existing(ids)
        let known = if let library { try await ledger.known(ids, in: library) } else { [PortraitID: KnownPortrait]() }
        for (row, id) in rows {
            guard let photo = row.row.photo else { preconditionFailure("a valid row has a photo") }
            try await output.send(
                AdmittedRow(
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
            )
        }
    }

    private func newRow(_ judged: Judged, _ ordinal: Int) -> NewRow {
        switch judged {
        case .valid(let valid, let id):
            NewRow(
                key: valid.row.key,
                ordinal: ordinal,
                source: valid.row.source,
                line: valid.row.line,
                imgID: id.text,
                name: valid.attributes.name,
                rejection: nil
            )
        case .invalid(let invalid):
            NewRow(
                key: invalid.row.key,
                ordinal: ordinal,
                source: invalid.row.source,
                line: invalid.row.line,
                imgID: invalid.imgID,
                name: invalid.name,
                rejection: invalid.rejection
            )
        }
    }
}
