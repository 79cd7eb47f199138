// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// Tells the rows whose values stand in the wrong columns, since one of them holds the separator and lacks its quotes.
///
/// `Berg, Ann` without quotes moves all that follows by one column. The row then has a cell too many, though the last
/// one may be empty; only where every row of the table has it is it an empty column. Where people leave off the empty
/// cells at the end, the number of cells tells nothing; then the column on the right of the name is looked at.
///
/// The whole table is counted, once, when the first row is in doubt.
final class ShiftedRows {
    private let header: TableHeader
    private let separator: String
    private let again: () throws(SourceError) -> CSVReader
    private let follower: (column: Column, place: Int)?
    private var shape: TableShape?

    /// Takes a table's header and a way to read the table once more.
    init(header: TableHeader, separator: String, again: @escaping () throws(SourceError) -> CSVReader) {
        self.header = header
        self.separator = separator
        self.again = again
        let follower = header.follower(of: .name)
        self.follower = follower.flatMap { [.imgID, .identity].contains($0.column) ? $0 : nil }
    }

    /// What is wrong with a row, `nil` where its values stand where they belong.
    func fault(of record: CSVRecord) throws(SourceError) -> Rejection? {
        let surplus = record.cells.dropFirst(header.width)
        if !surplus.allSatisfy({ CleanText.clean($0).isEmpty }) { return surplusFault(of: record) }
        let looksShifted = header.isSpaced ? false : hasNameBesideName(record)
        if !surplus.isEmpty {
            let shortest = try counted().shortest
            if looksShifted || record.cells.count > shortest { return surplusFault(of: record) }
        }
        guard looksShifted, try isBelievable(record) else { return nil }
        return Rejection(
            .nameSeparator,
            "what stands in the column \(follower?.column.names[0] ?? "") looks like a part of the name: "
                + "a value that holds the separator (\(separator)) must stand in quotes"
        )
    }

    private func surplusFault(of record: CSVRecord) -> Rejection {
        Rejection(
            .nameSeparator,
            "the row has \(record.cells.count) cells and the header \(header.width): "
                + "a value that holds the separator (\(separator)) must stand in quotes"
        )
    }

    /// Whether a short row's next value, which looks like a name, is out of place there.
    private func isBelievable(_ record: CSVRecord) throws(SourceError) -> Bool {
        let shape = try counted()
        guard shape.shortest < header.width else { return false }
        return followsBlank(record) || shape.followers.withDigit > shape.followers.without
    }

    private func counted() throws(SourceError) -> TableShape {
        if let shape { return shape }
        let counted = try TableShape(of: again(), follower: follower?.place)
        shape = counted
        return counted
    }

    /// Whether the name is one word and the code beside it a word or two that could be the rest of it.
    private func hasNameBesideName(_ record: CSVRecord) -> Bool {
        guard let follower, follower.place < record.cells.count else { return false }
        let name = CleanText.clean(header.value(.name, of: record))
        let next = CleanText.clean(record.cells[follower.place])
        guard Self.isWord(name[...]) else { return false }
        let words = next.split(separator: " ", omittingEmptySubsequences: false)
        guard (1...3).contains(words.count), words.allSatisfy(Self.isWord) else { return false }
        let isShouted = Self.isShouted(name[...])
        return followsBlank(record)
            || words.allSatisfy { $0.first?.isUppercase == true && (isShouted || !Self.isShouted($0)) }
    }

    /// Whether the value beside the name begins with the blank that people type after a comma, and no other does.
    private func followsBlank(_ record: CSVRecord) -> Bool {
        guard let follower, record.cells[follower.place].first == " " else { return false }
        return !record.cells.enumerated().contains { $0 != follower.place && $1.first == " " && $1 != " " }
    }

    /// Letters, with the marks that names hold.
    private static func isWord(_ text: Substring) -> Bool {
        text.contains(where: \.isLetter) && text.allSatisfy { $0.isLetter || "-'’.".contains($0) }
    }

    /// More than one letter, all of them capitals.
    private static func isShouted(_ word: Substring) -> Bool {
        let letters = word.filter(\.isLetter)
        return letters.count > 1 && letters.allSatisfy(\.isUppercase)
    }
}
