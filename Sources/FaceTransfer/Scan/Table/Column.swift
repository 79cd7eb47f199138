// SPDX-License-Identifier: Apache-2.0

/// The columns that count, and the names under which spreadsheets have them.
enum Column: CaseIterable {
    case photo, imgID, name, identity, gender, age, address
    /// Not blank where the values are to be taken as they stand, as an export wrote them.
    case exact

    /// The names that are taken, the one we write first.
    var names: [String] {
        switch self {
        case .photo: ["photo", "file", "filename", "image", "picture", "path", "foto", "照片"]
        case .imgID: ["img_id", "id", "employee_id", "employee_no", "工号"]
        case .name: ["name", "full_name", "姓名"]
        case .identity: ["identity", "id_card", "id_number", "身份证"]
        case .gender: ["gender", "sex", "性别"]
        case .age: ["age", "年龄"]
        case .address: ["address", "addr", "地址"]
        case .exact: ["exact"]
        }
    }

    /// Reads a header's cell: case, blanks, `-` and `_` make no difference.
    init?(named text: String) {
        guard let column = Self.byName[Self.plain(text)] else { return nil }
        self = column
    }

    private static let byName = [String: Column](
        allCases.flatMap { column in column.names.map { (plain($0), column) } },
        uniquingKeysWith: { first, _ in first }
    )

    private static func plain(_ text: String) -> String {
        String(CleanText.clean(text).lowercased().filter { !"-_ ".contains($0) })
    }
}

/// Which column stands where.
struct TableHeader {
    private let places: [Column: Int]
    /// How many columns there are.
    let width: Int
    /// The names of the columns that mean nothing to us.
    let ignored: [String]

    /// Reads a header, the first record of a CSV that people know by its title.
    init(_ record: CSVRecord, of title: String) throws(SourceError) {
        var places: [Column: Int] = [:]
        var ignored: [String] = []
        for (place, cell) in record.cells.enumerated() {
            guard let column = Column(named: cell) else {
                let name = CleanText.clean(cell)
                if !name.isEmpty { ignored.append(name) }
                continue
            }
            if let earlier = places[column] {
                let names = [earlier, place].map { "\"\(CleanText.clean(record.cells[$0]))\"" }.joined(
                    separator: " and "
                )
                throw SourceError(
                    .malformed,
                    "\(title) has two columns for \(column.names[0]), \(names): rename or delete one of them"
                )
            }
            places[column] = place
        }
        self.places = places
        self.ignored = ignored
        width = record.cells.count
    }

    /// Whether rows can name their photo.
    var hasPhoto: Bool { places[.photo] != nil }

    /// A row's value, `""` where the column or the cell is missing.
    func value(_ column: Column, of record: CSVRecord) -> String {
        guard let place = places[column], place < record.cells.count else { return "" }
        return record.cells[place]
    }
}
