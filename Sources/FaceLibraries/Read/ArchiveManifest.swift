// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceSources
import FaceText

/// A table found in a device's archive, whatever its encoding, delimiter and columns (interface E4).
struct ArchiveManifest {
    /// One line of it.
    struct Line {
        /// All cells as they stand.
        let cells: [String]
        /// The values under headers that are known; `nil` where the line does not fit its header (interface P6).
        let attributes: ArchiveAttributes?
    }

    /// The lines behind the header.
    let lines: [Line]

    /// Reads a table; one that cannot be read is no help, and none is needed.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - name: Its name, for errors.
    /// - Throws: ``SourceError`` when it is no table.
    init(_ bytes: [UInt8], name: String) throws(SourceError) {
        let reader = try CSVReader(bytes: bytes, title: name, told: .gb18030)
        let columns = reader.header.cells.map(ManifestColumn.init(header:))
        let hasHeader = columns.contains { $0 != nil }
        var lines = hasHeader ? [] : [Line(cells: reader.header.cells, attributes: nil)]
        while let record = try reader.next() {
            let fits = hasHeader && record.cells.count == columns.count
            let attributes = fits ? ArchiveAttributes(columns, record.cells) : nil
            lines.append(Line(cells: record.cells, attributes: attributes))
        }
        self.lines = lines
    }
}

/// What an archive says of a person; `nil` where it does not say, or says only a mask.
struct ArchiveAttributes: Equatable, Sendable {
    var name: String?
    var identity: String?
    var gender: String?
    var age: String?
    var address: String?

    /// Takes what a line says under known headers.
    fileprivate init(_ columns: [ManifestColumn?], _ cells: [String]) {
        for (column, cell) in zip(columns, cells) {
            guard let column, !Mask.covers(cell) else { continue }
            switch column {
            case .name: name = cell
            case .identity: identity = cell
            case .gender: gender = cell
            case .age: age = cell
            case .address: address = cell
            }
        }
    }

    /// Takes what a batch file name of six parts says.
    init(nameParts parts: [String]) {
        let values = parts.map { $0 == "#" ? "" : Mask.covers($0) ? nil : $0 }
        (name, identity, gender, age, address) = (values[0], values[2], values[3], values[4], values[5])
    }

    /// What a file name says, where the table says the same: of two that differ, neither is known to be the device's.
    func confirmed(by line: ArchiveAttributes?) -> ArchiveAttributes {
        guard let line else { return self }
        func same(_ named: String?, _ told: String?) -> String? {
            guard let named, let told else { return named ?? told }
            // A file name has `#` for an empty value and for itself.
            return named == told || named == "" && told == "#" ? told : nil
        }
        var confirmed = self
        confirmed.name = same(name, line.name)
        confirmed.identity = same(identity, line.identity)
        confirmed.gender = same(gender, line.gender)
        confirmed.age = same(age, line.age)
        confirmed.address = same(address, line.address)
        return confirmed
    }
}

/// A column of a device's table, by the names that replies and batch files use.
private enum ManifestColumn {
    case name, identity, gender, age, address

    init?(header: String) {
        var plain = CleanText.clean(header).lowercased()
        if plain.hasPrefix("person_") { plain.removeFirst("person_".count) }
        switch plain {
        case "idcard", "id_card", "identity", "身份证": self = .identity
        case "addr", "address", "地址": self = .address
        case "name", "姓名": self = .name
        case "gender", "sex", "性别": self = .gender
        case "age", "年龄": self = .age
        default: return nil
        }
    }
}
