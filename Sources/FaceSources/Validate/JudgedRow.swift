// SPDX-License-Identifier: Apache-2.0
import FaceFiles
package import FaceModel
import SystemPackage

/// A row after validation: a portrait with its id, or what is wrong with it.
package enum JudgedRow: Sendable {
    case valid(ValidRow, PortraitID)
    case invalid(InvalidRow)

    /// Judges a row; a row without an id gets the one that its photo's content gives.
    package init(_ scanned: ScannedRow, _ validator: RowValidator) {
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
    package var id: PortraitID? {
        switch self {
        case .valid(_, let id): id
        case .invalid(let row): try? PortraitID(row.imgID)
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
