// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceText

/// Tells the rows whose values stand in the wrong columns, since one of them holds the separator and lacks its quotes.
///
/// `Berg, Ann` without quotes moves all that follows by one column. The row then has a cell too many, though the last
/// one may be empty; only where every row of the table has it is it an empty column. Where the empty cells at the end are
/// left off, or fit the surplus exactly, the number of cells tells nothing; then the values are looked at (``ShiftSigns``).
///
/// The whole table is counted, once, when the first row is in doubt.
final class ShiftedRows {
    private let header: TableHeader
    private let separator: String
    private let again: () throws(SourceError) -> CSVReader
    private var shape: TableShape?

    /// Takes a table's header and a way to read the table once more.
    init(header: TableHeader, separator: String, again: @escaping () throws(SourceError) -> CSVReader) {
        self.header = header
        self.separator = separator
        self.again = again
    }

    /// What is wrong with a row, `nil` where its values stand where they belong.
    func fault(of record: CSVRecord) throws(SourceError) -> Rejection? {
        let surplus = record.cells.dropFirst(header.width)
        if !surplus.allSatisfy({ CleanText.clean($0).isEmpty }) { return surplusFault(of: record) }
        let signs = ShiftSigns(of: record, in: header)
        if !surplus.isEmpty {
            let shortest = try counted().shortest
            if signs.nameBesideName || record.cells.count > shortest { return surplusFault(of: record) }
        }
        guard let column = try shiftedBehind(signs) else { return nil }
        let next = header.place(of: column).map { header.title(at: $0 + 1) } ?? ""
        return Rejection(
            .nameSeparator,
            "what stands in the column \(next) looks like a part of the \(column.names[0]): "
                + "a value that holds the separator (\(separator)) must stand in quotes"
        )
    }

    /// The column whose value goes on in the next one, where the table as a whole bears out what the row shows.
    private func shiftedBehind(_ signs: ShiftSigns) throws(SourceError) -> Column? {
        guard signs.nameBesideName || signs.blankBehind != nil else { return nil }
        let shape = try counted()
        if let column = signs.blankBehind, shape.hasFewBlanks { return column }
        guard signs.nameBesideName else { return nil }
        let isRagged = shape.shortest < header.width
        let isOdd = isRagged && shape.followers.withDigit > shape.followers.without
        return isOdd || shape.hasWholeNames ? .name : nil
    }

    private func surplusFault(of record: CSVRecord) -> Rejection {
        Rejection(
            .nameSeparator,
            "the row has \(record.cells.count) cells and the header \(header.width): "
                + "a value that holds the separator (\(separator)) must stand in quotes"
        )
    }

    private func counted() throws(SourceError) -> TableShape {
        if let shape { return shape }
        let counted = try TableShape(of: again(), header: header)
        shape = counted
        return counted
    }
}
