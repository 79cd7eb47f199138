// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// The lines of the `people.csv` that an export writes and an import reads again.
enum PeopleTable {
    /// The columns, under the names that are written.
    static let columns: [Column] = [.photo, .imgID, .name, .identity, .gender, .age, .address, .exact]

    /// What the file begins with: the mark by which spreadsheets know UTF-8, and the columns.
    static let head = "\u{FEFF}" + columns.map { $0.names[0] }.joined(separator: ",") + "\r\n"

    /// The line of a portrait.
    ///
    /// - Parameters:
    ///   - portrait: The portrait.
    ///   - photo: The file of its image as seen from the table, `""` without one.
    /// - Returns: A line with its end.
    static func line(_ portrait: PortraitInHand, photo: String) -> String {
        let attributes = portrait.attributes
        let isPlain = CellDamage.leavesAlone(
            id: portrait.id.text,
            name: attributes.name,
            identity: attributes.identity,
            address: attributes.address
        )
        let cells = [
            photo, portrait.id.text, attributes.name, attributes.identity,
            attributes.gender.map { String($0.rawValue) } ?? "", attributes.age.map { String($0) } ?? "",
            attributes.address, isPlain ? "" : "yes",
        ]
        return line(cells)
    }

    /// One line from its cells, with its end.
    static func line(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") + "\r\n" }

    /// One line from the cells of a record.
    static func line(of record: CSVRecord) -> String { line(record.cells) }

    /// The photo and the id of a record, `nil` where it is cut short.
    static func key(of record: CSVRecord) -> (photo: String, id: String)? {
        record.cells.count == columns.count ? (record.cells[0], record.cells[1]) : nil
    }

    /// Quotes a value that needs it; semicolons and tabs too, since spreadsheets guess the separator.
    private static func cell(_ text: String) -> String {
        let bytes = text.utf8
        let isPlain =
            !bytes.contains(where: Array(",;\t\"\r\n".utf8).contains) && bytes.first != UInt8(ascii: " ")
            && bytes.last != UInt8(ascii: " ")
        if isPlain { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted.unicodeScalars.append("\"") }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
