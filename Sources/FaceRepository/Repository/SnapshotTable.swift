// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceSources
import FaceText

/// The lines of the tables that say who is in a snapshot: a `people.csv` as exports write it, and four columns more.
///
/// So a table that was taken out by hand, with the images beside it, can be imported.
enum SnapshotTable {
    /// The columns, in order.
    private static let columns =
        Column.exported.map { $0.names[0] } + ["create_time", "image_path", "read", "hidden"]

    /// What a table begins with: the mark by which spreadsheets know UTF-8, and the columns.
    static let head = CSVText.mark + CSVText.line(columns)

    /// The line of a row, with its end.
    static func line(_ row: SnapshotRow) -> String {
        let listed = row.listed
        let isPlain = CellDamage.leavesAlone(
            id: listed.id.text,
            name: listed.name ?? "",
            identity: listed.identity ?? "",
            address: listed.address ?? ""
        )
        return CSVText.line([
            row.image, listed.id.text, listed.name ?? "", listed.identity ?? "", listed.gender ?? "",
            listed.age ?? "", listed.address ?? "", isPlain ? "" : "yes",
            listed.createTime, listed.imagePath, String(row.readAt), hidden(listed).joined(separator: " "),
        ])
    }

    /// Reads a table.
    ///
    /// - Parameters:
    ///   - bytes: The table.
    ///   - title: What it is called, for errors.
    /// - Returns: Its rows in order.
    /// - Throws: ``SourceError``, or ``RepositoryError`` where it is another table.
    static func rows(_ bytes: [UInt8], title: String) throws -> [SnapshotRow] {
        let reader = try CSVReader(bytes: bytes, title: title)
        guard reader.header.cells == columns else {
            throw RepositoryError(.damaged, "\(title) does not have the columns of a snapshot")
        }
        var rows: [SnapshotRow] = []
        while let record = try reader.next() { rows.append(try row(record.cells, title)) }
        return rows
    }

    private static func row(_ cells: [String], _ title: String) throws -> SnapshotRow {
        guard cells.count == columns.count, let readAt = Int(cells[10]) else {
            throw RepositoryError(.damaged, "\(title) has a line that is cut short")
        }
        let hidden = Set(cells[11].split(separator: " ").map(String.init))
        func value(_ place: Int, _ field: String) -> String? { hidden.contains(field) ? nil : cells[place] }
        return SnapshotRow(
            listed: ListedPortrait(
                id: PortraitID(asListed: cells[1]),
                imagePath: cells[9],
                createTime: cells[8],
                name: value(2, "name"),
                identity: value(3, "identity"),
                gender: value(4, "gender"),
                age: value(5, "age"),
                address: value(6, "address")
            ),
            image: cells[0],
            readAt: readAt
        )
    }

    /// The columns whose values the device showed to nobody.
    private static func hidden(_ listed: ListedPortrait) -> [String] {
        [
            (listed.name, "name"), (listed.identity, "identity"), (listed.gender, "gender"), (listed.age, "age"),
            (listed.address, "address"),
        ].filter { $0.0 == nil }.map(\.1)
    }
}
