// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceText

/// The values of a row as they travel, as far as they can be read, and every fault of those that cannot.
struct ReadValues {
    /// The portrait's id; `nil` where the source gives none, or none that can be taken.
    private(set) var id: PortraitID?
    /// The values, cleaned.
    private(set) var attributes = PersonAttributes()
    /// What is wrong with the values.
    private(set) var faults: [Rejection] = []
    /// What was noticed and does not stop the row.
    private(set) var warnings: [Rejection] = []

    /// Reads the values of a row.
    init(of row: ScannedRow) {
        switch row.values {
        case .cells(let cells): take(cells, id: row.cleanID)
        case .fileName(let stem): take(name: stem)
        }
    }

    private mutating func take(name stem: String) {
        let plain = FileNameLeftovers.withoutPictureExtension(stem)
        if plain != nil {
            warnings.append(Rejection(.nameExtension, "a second picture extension was left out of the values"))
        }
        // The parts are cleaned first: " " is as blank as "", and "0 " is the gender 0.
        let parts = FileNameParts.split(plain ?? stem)
        do throws(Rejection) {
            let name = try BatchFileName(stem: parts.joined(separator: "_"))
            attributes = name.attributes
            takeID(name.imgID)
            refuseDamagedTexts()
        } catch {
            guard error.isAboutOneValue else { return faults.append(error) }
            // The name is as it should be apart from its values: all of them are looked at.
            let values = parts.map { $0 == "#" ? "" : $0 }
            let cells = RowCells(
                name: values[0],
                identity: values[2],
                gender: values[3],
                age: values[4],
                address: values[5]
            )
            take(cells, id: values[1].isEmpty ? nil : values[1])
        }
        if let mark = FileNameLeftovers.copyMark(of: plain ?? stem) {
            faults.append(Rejection(.nameCopy, "the file name holds \"\(mark)\", as copies do"))
        }
    }

    private mutating func take(_ cells: RowCells, id text: String?) {
        func clean(_ cell: String) -> String { cells.isExact ? cell : CleanText.clean(cell) }
        attributes = PersonAttributes(
            name: clean(cells.name),
            identity: clean(cells.identity),
            address: clean(cells.address)
        )
        let (gender, age) = (CleanText.clean(cells.gender), CleanText.clean(cells.age))
        takeID(text, isExact: cells.isExact)
        if !cells.isExact { refuseDamagedTexts() }
        if !gender.isEmpty, cells.isExact || isWhole(gender, "the gender", isFree: true) {
            do throws(Rejection) { attributes.gender = try Gender(reading: gender) } catch { faults.append(error) }
        }
        if !age.isEmpty, cells.isExact || isWhole(age, "the age", isFree: true) {
            do throws(Rejection) { attributes.age = try PersonAttributes.age(reading: age) } catch {
                faults.append(error)
            }
        }
    }

    private mutating func takeID(_ text: String?, isExact: Bool = false) {
        guard let text, isExact || isWhole(text, "the img_id \"\(text)\"") else { return }
        do throws(Rejection) { id = try PortraitID(text) } catch { faults.append(error) }
    }

    /// Refuses values that are not what was written; an identity code or an address is not repeated.
    private mutating func refuseDamagedTexts() {
        _ = isWhole(attributes.identity, "the identity code")
        _ = isWhole(attributes.name, "the name")
        _ = isWhole(attributes.address, "the address", isFree: true)
    }

    /// Whether a value is what was written; what a spreadsheet made of it is a fault, and no further ones are looked for.
    private mutating func isWhole(_ value: String, _ what: String, isFree: Bool = false) -> Bool {
        guard let damage = CellDamage(of: value, isFree: isFree) else { return true }
        faults.append(Rejection(.cellDamaged, "\(what) \(damage.rawValue)"))
        return false
    }
}

extension ScannedRow {
    /// The id as text, or `nil` where the source leaves it open: `#` can be no id, so it is empty in a CSV too.
    var cleanID: String? {
        let cleaned = CleanText.clean(imgID ?? "")
        return cleaned.isEmpty || cleaned == "#" ? nil : cleaned
    }

    /// Whether each value stands where it belongs: those of a row that was torn apart would be blamed for what others are.
    var hasItsValuesInPlace: Bool {
        guard let rejection else { return true }
        if rejection.reason == .nameFields || rejection.reason == .nameSeparator { return false }
        // What is no photo is mostly not named like one either; that is no further fault.
        if case .fileName(let stem) = values { return FileNameParts.six(of: stem) != nil }
        return true
    }
}

extension Rejection {
    /// Whether a batch file name has its six parts and one of them cannot be taken.
    fileprivate var isAboutOneValue: Bool { reason == .genderValue || reason == .ageRange }
}
