// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceText

/// Checks the values of one row after another; knows nothing of other rows, photos or devices.
public struct RowValidator: Sendable {
    /// The longest value a device takes, in Unicode scalars (interface P5).
    public static let maximumLength = 256
    /// The longest name or identity code that devices are known to take.
    public static let knownLength = 64
    /// The longest address that devices are known to take.
    public static let knownAddressLength = 128

    /// Makes a validator; it keeps no state.
    public init() {}

    /// Checks one row against the grammar and the limits (interface B1, B2, P1, P3, P5).
    ///
    /// - Parameter row: The row as Scan found it; one that is rejected already stays so.
    /// - Returns: The values in the form in which they travel, or all that is wrong with them: no fault hides another.
    public func validate(_ row: ScannedRow) -> Result<ValidRow, InvalidRow> {
        var faults = row.rejection.map { [$0] } ?? []
        var warnings: [Rejection] = []
        let values = row.hasItsValuesInPlace ? ReadValues(of: row) : nil
        if let values {
            faults += values.faults
            warnings = Self.warnings(about: values.attributes, &faults) + values.warnings
        }
        guard faults.isEmpty, let values else {
            let known = Self.bestKnown(row)
            return .failure(
                InvalidRow(row: row, imgID: known.imgID, name: known.name, faults: faults, warnings: warnings)
            )
        }
        return .success(ValidRow(row: row, id: values.id, attributes: values.attributes, warnings: warnings))
    }

    /// What a report can say of a row that goes no further; a damaged id is nobody's.
    private static func bestKnown(_ row: ScannedRow) -> (imgID: String, name: String) {
        switch row.values {
        case .cells(let cells):
            let id = row.cleanID ?? ""
            return (cells.isExact || CellDamage(of: id) == nil ? id : "", CleanText.clean(cells.name))
        case .fileName(let stem):
            guard let parts = FileNameParts.six(of: stem) else { return ("", "") }
            let isNobodys = parts[1] == "#" || CellDamage(of: parts[1]) != nil
            return (isNobodys ? "" : parts[1], parts[0] == "#" ? "" : parts[0])
        }
    }

    private static func warnings(about attributes: PersonAttributes, _ faults: inout [Rejection]) -> [Rejection] {
        let fields = [
            ("name", attributes.name, knownLength),
            ("identity code", attributes.identity, knownLength),
            ("address", attributes.address, knownAddressLength),
        ]
        var warnings: [Rejection] = []
        for (field, value, known) in fields {
            let length = value.unicodeScalars.count
            if length > maximumLength {
                let detail = "the \(field) has \(length) characters, at most \(maximumLength) are taken"
                faults.append(Rejection(.attributeLength, detail))
            } else if length > known {
                let detail = "the \(field) has \(length) characters, devices are known to take \(known)"
                warnings.append(Rejection(.attributeLength, detail))
            }
            if Mask.covers(value) {
                faults.append(Rejection(.attributeMasked, "the \(field) is a mask of asterisks"))
            }
            if value.utf8.contains(UInt8(ascii: ",")) {
                warnings.append(Rejection(.attributeComma, "the \(field) holds a comma"))
            }
        }
        return warnings
    }
}
