// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceText

/// Which column stands where.
struct TableHeader {
    /// How many of a header's names a sentence tells.
    private static let told = 40

    private let places: [Column: Int]
    private let cells: [String]
    /// How many columns there are.
    var width: Int { cells.count }

    /// Reads a header, the first record of a CSV that people know by its title.
    ///
    /// - Throws: ``SourceError`` where two columns mean the same, and where rows have photos but no id or no name:
    ///   nobody is to be stored without them because a header is spelled in an unknown way.
    init(_ record: CSVRecord, of title: String) throws(SourceError) {
        var places: [Column: Int] = [:]
        for (place, cell) in record.cells.enumerated() {
            guard let column = Column(named: cell) else { continue }
            if let earlier = places[column] {
                let names = [earlier, place].map { Self.quoted(record.cells[$0]) }.joined(separator: " and ")
                throw SourceError(
                    .unsupported,
                    "\(title) has two columns for \(column.names[0]), \(names): rename or delete one of them"
                )
            }
            places[column] = place
        }
        self.places = places
        cells = record.cells
        if hasPhoto { try require([.imgID, .name], of: title) }
    }

    /// Whether rows can name their photo.
    var hasPhoto: Bool { places[.photo] != nil }

    /// Whether the header's own cells begin with a blank, as where people type `photo, id, name`.
    var isSpaced: Bool { cells.dropFirst().contains { $0.first == " " } }

    /// Refuses a header that lacks a column that is needed, and says which ones it has.
    func require(_ needed: [Column], of title: String) throws(SourceError) {
        let missing = needed.filter { places[$0] == nil }
        guard let first = missing.first else { return }
        let taken = Column.allCases.filter { places[$0] != nil }.map { $0.names[0] }
        var sentence = "\(title) has no column for \(missing.map(\.title).joined(separator: " and for ")): it has "
        sentence += named.prefix(Self.told).map(Self.quoted).joined(separator: ", ")
        if named.count > Self.told { sentence += " and \(named.count - Self.told) more" }
        if !taken.isEmpty { sentence += "; only \(taken.joined(separator: ", ")) would be taken" }
        sentence += "; name one of its columns \(missing.map { $0.names[0] }.joined(separator: ", another "))"
        sentence += resemblances(to: missing).map { ", perhaps \($0)" } ?? ""
        if first != .photo {
            sentence += "; if there really is none, add an empty column of that name"
        }
        throw SourceError(.unsupported, sentence)
    }

    /// A row's value, `""` where the column or the cell is missing.
    func value(_ column: Column, of record: CSVRecord) -> String {
        guard let place = places[column], place < record.cells.count else { return "" }
        return record.cells[place]
    }

    /// Where a column stands, `nil` where there is none.
    func place(of column: Column) -> Int? { places[column] }

    /// The known column at a place.
    func column(at place: Int) -> Column? { places.first { $0.value == place }?.key }

    /// What the column at a place is called, for a sentence.
    func title(at place: Int) -> String {
        column(at: place)?.names[0] ?? (place < cells.count ? Self.quoted(cells[place]) : "\(place + 1)")
    }

    /// A sentence for each thing to know about the columns that mean nothing to us.
    var remarks: [String] {
        let ignored = named.filter { Column(named: $0) == nil }
        guard !ignored.isEmpty else { return [] }
        var sample = NameSample()
        ignored.forEach { sample.add($0) }
        let absent = Column.allCases.filter { places[$0] == nil }
        return ["columns ignored: \(sample.list)"] + (resemblances(to: absent).map { ["perhaps \($0)"] } ?? [])
    }

    private var named: [String] { cells.map(CleanText.clean).filter { !$0.isEmpty } }

    /// Which unknown columns look like one of these.
    private func resemblances(to columns: [Column]) -> String? {
        let pairs = named.compactMap { name -> String? in
            guard Column(named: name) == nil, let column = Column(resembling: name), columns.contains(column) else {
                return nil
            }
            return "\(Self.quoted(name)) is meant to be \(column.names[0])"
        }
        return pairs.isEmpty ? nil : pairs.prefix(5).joined(separator: ", ")
    }

    private static func quoted(_ name: String) -> String {
        "\"\(CleanText.clean(name).onOneLine(atMost: 60))\""
    }
}
