// SPDX-License-Identifier: Apache-2.0
import FaceModel

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
    /// - Returns: The values in the form in which they travel, or why they cannot.
    public func validate(_ row: ScannedRow) -> Result<ValidRow, InvalidRow> {
        let known = Self.bestKnown(row)
        do throws(Rejection) {
            if let rejection = row.rejection { throw rejection }
            let (idText, attributes) = try Self.attributes(of: row)
            let id: PortraitID? = if let idText { try PortraitID(idText) } else { nil }
            let warnings = try Self.warnings(about: attributes) + Self.warnings(aboutNameOf: row)
            return .success(ValidRow(row: row, id: id, attributes: attributes, warnings: warnings))
        } catch {
            return .failure(InvalidRow(row: row, imgID: known.imgID, name: known.name, rejection: error))
        }
    }

    private static func attributes(of row: ScannedRow) throws(Rejection) -> (String?, PersonAttributes) {
        switch row.values {
        case .fileName(let stem):
            let plain = FileNameLeftovers.withoutPictureExtension(stem) ?? stem
            // The parts are cleaned first: " " is as blank as "", and "0 " is the gender 0.
            let name = try BatchFileName(stem: FileNameParts.split(plain).joined(separator: "_"))
            if let mark = FileNameLeftovers.copyMark(of: plain) {
                throw Rejection(.nameCopy, "the file name holds \"\(mark)\", as copies do")
            }
            try refuseDamage(to: name.attributes, id: name.imgID)
            return (name.imgID, name.attributes)
        case .cells(let cells):
            return try attributes(of: cells, imgID: imgID(row.imgID))
        }
    }

    private static func attributes(
        of cells: RowCells,
        imgID id: String?
    ) throws(Rejection) -> (String?, PersonAttributes) {
        func text(_ cell: String) -> String { cells.isExact ? cell : CleanText.clean(cell) }
        var attributes = PersonAttributes(
            name: text(cells.name),
            identity: text(cells.identity),
            address: text(cells.address)
        )
        let (gender, age) = (CleanText.clean(cells.gender), CleanText.clean(cells.age))
        if !cells.isExact {
            try refuseDamage(to: attributes, id: id)
            try refuse(CellDamage(of: gender, isCode: false), of: "the gender")
            try refuse(CellDamage(of: age, isCode: false), of: "the age")
        }
        // The id first: of several faults it is the one that keeps a row from being found again.
        if let id { _ = try PortraitID(id) }
        if !gender.isEmpty { attributes.gender = try Gender(reading: gender) }
        if !age.isEmpty { attributes.age = try PersonAttributes.age(reading: age) }
        return (id, attributes)
    }

    /// Refuses values that are not what was written; an identity code or an address is not repeated.
    private static func refuseDamage(to attributes: PersonAttributes, id: String?) throws(Rejection) {
        if let id { try refuse(CellDamage(of: id, isCode: true), of: "the img_id \"\(id)\"") }
        try refuse(CellDamage(of: attributes.identity, isCode: true), of: "the identity code")
        try refuse(CellDamage(of: attributes.name, isCode: false), of: "the name")
        try refuse(CellDamage(of: attributes.address, isCode: false), of: "the address")
    }

    private static func refuse(_ damage: CellDamage?, of value: String) throws(Rejection) {
        if let damage { throw Rejection(.cellDamaged, "\(value) \(damage.rawValue)") }
    }

    /// What a report can say of a row that goes no further.
    private static func bestKnown(_ row: ScannedRow) -> (imgID: String, name: String) {
        switch row.values {
        case .cells(let cells):
            return (imgID(row.imgID) ?? "", CleanText.clean(cells.name))
        case .fileName(let stem):
            guard let parts = FileNameParts.six(of: stem) else { return ("", "") }
            return (parts[1] == "#" ? "" : parts[1], parts[0] == "#" ? "" : parts[0])
        }
    }

    /// An id as text, or `nil` where the source leaves it open: `#` can be no id, so it is empty in a CSV too.
    private static func imgID(_ text: String?) -> String? {
        let cleaned = CleanText.clean(text ?? "")
        return cleaned.isEmpty || cleaned == "#" ? nil : cleaned
    }

    private static func warnings(aboutNameOf row: ScannedRow) -> [Rejection] {
        guard case .fileName(let stem) = row.values, FileNameLeftovers.withoutPictureExtension(stem) != nil else {
            return []
        }
        return [Rejection(.nameExtension, "a second picture extension was left out of the values")]
    }

    private static func warnings(about attributes: PersonAttributes) throws(Rejection) -> [Rejection] {
        let fields = [
            ("name", attributes.name, knownLength),
            ("identity code", attributes.identity, knownLength),
            ("address", attributes.address, knownAddressLength),
        ]
        var warnings: [Rejection] = []
        for (field, value, known) in fields {
            let length = value.unicodeScalars.count
            if length > maximumLength {
                throw Rejection(
                    .attributeLength,
                    "the \(field) has \(length) characters, at most \(maximumLength) are taken"
                )
            }
            if Mask.covers(value) {
                throw Rejection(.attributeMasked, "the \(field) is a mask of asterisks")
            }
            if length > known {
                let detail = "the \(field) has \(length) characters, devices are known to take \(known)"
                warnings.append(Rejection(.attributeLength, detail))
            }
            if value.utf8.contains(UInt8(ascii: ",")) {
                warnings.append(Rejection(.attributeComma, "the \(field) holds a comma"))
            }
        }
        return warnings
    }
}
