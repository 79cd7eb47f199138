// SPDX-License-Identifier: Apache-2.0
import FaceLibraries
import FaceModel
import FaceSources
import FaceText

/// The lines of the `people.csv` that an export writes and an import reads again.
enum PeopleTable {
    /// The columns, under the names that are written.
    static let columns = Column.exported

    /// What the file begins with: the mark by which spreadsheets know UTF-8, and the columns.
    static let head = CSVText.mark + CSVText.line(columns.map { $0.names[0] })

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
        return CSVText.line(cells)
    }

    /// One line from the cells of a record.
    static func line(of record: CSVRecord) -> String { CSVText.line(record.cells) }

    /// The photo and the id of a record, `nil` where it is cut short.
    static func key(of record: CSVRecord) -> (photo: String, id: String)? {
        record.cells.count == columns.count ? (record.cells[0], record.cells[1]) : nil
    }
}
