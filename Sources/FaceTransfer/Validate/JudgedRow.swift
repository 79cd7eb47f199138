// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import SystemPackage

/// A row after validation: a portrait with its id, or what is wrong with it.
enum JudgedRow: Sendable {
    case valid(ValidRow, PortraitID)
    case invalid(InvalidRow)

    /// Judges a row; a row without an id gets the one that its photo's content gives.
    init(_ scanned: ScannedRow, _ validator: RowValidator) {
        switch validator.validate(scanned) {
        case .failure(let invalid): self = .invalid(invalid)
        case .success(let row):
            if let refusal = Self.refusal(of: row) {
                self = .invalid(refusal)
                return
            }
            if let id = row.id {
                self = .valid(row, id)
                return
            }
            do throws(Rejection) {
                self = .valid(row, try Self.derivedID(of: row.row))
            } catch {
                self = .invalid(
                    InvalidRow(
                        row: scanned,
                        imgID: "",
                        name: row.attributes.name,
                        faults: [error],
                        warnings: row.warnings
                    )
                )
            }
        }
    }

    /// The id as far as it can be told.
    var id: PortraitID? {
        switch self {
        case .valid(_, let id): id
        case .invalid(let row): try? PortraitID(row.imgID)
        }
    }

    /// The row as it enters the ledger.
    ///
    /// - Parameter ordinal: Its place in the order of the source.
    /// - Returns: The row, with a rejection where it is no portrait.
    func newRow(_ ordinal: Int) -> NewRow {
        switch self {
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
            invalid.newRow(ordinal)
        }
    }

    /// A row whose photo this user may not read: known before anything is sent or anybody is taken for gone.
    private static func refusal(of row: ValidRow) -> InvalidRow? {
        guard case .file(let path)? = row.row.photo, let error = path.refusal else { return nil }
        var scanned = row.row
        let rejection = Rejection(.sourceUnreadable, "the photo cannot be opened: \(error)")
        scanned.rejection = rejection
        return InvalidRow(
            row: scanned,
            imgID: row.id?.text ?? "",
            name: row.attributes.name,
            faults: [rejection],
            warnings: row.warnings
        )
    }

    private static func derivedID(of row: ScannedRow) throws(Rejection) -> PortraitID {
        guard let photo = row.photo else { throw Rejection(.sourceMissingPhoto) }
        return PortraitID.derived(from: try PhotoFile.read(photo))
    }
}

extension InvalidRow {
    /// The row as it enters the ledger.
    fileprivate func newRow(_ ordinal: Int) -> NewRow {
        let reasons = reasons
        return NewRow(
            key: row.key,
            ordinal: ordinal,
            source: row.source,
            line: row.line,
            imgID: imgID,
            name: name,
            rejection: reasons.first,
            further: Array(reasons.dropFirst())
        )
    }
}
