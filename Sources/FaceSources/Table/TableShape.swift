// SPDX-License-Identifier: Apache-2.0
import FaceText

/// How the rows of a table are built, counted over all of them.
struct TableShape {
    /// The fewest cells of a row.
    private(set) var shortest = Int.max
    /// How many values of the column on the right of the names hold a digit, and how many hold none.
    private(set) var followers = (withDigit: 0, without: 0)
    /// How many rows there are.
    private var rows = 0
    /// How many rows hold a blank at the beginning of a value that does not read on from the one before.
    private var padded = 0
    /// How many names are one word, and how many are several.
    private var names = (single: 0, several: 0)
    /// How many codes without a digit stand beside a name of several words.
    private var lettersBesideSeveral = 0

    /// Whether a blank behind the separator is no habit of this table.
    var hasFewBlanks: Bool { padded * 10 <= rows }

    /// Whether a name of one word beside a code of letters is alone here: other names are whole, their codes of another kind.
    var hasWholeNames: Bool { names.several > names.single && lettersBesideSeveral * 10 <= names.several }

    /// Counts the rows of a table that was opened for this.
    init(of reader: CSVReader, header: TableHeader) throws(SourceError) {
        let follower = header.place(of: .name).map { $0 + 1 }
        while let record = try reader.next() {
            if record.isBlank { continue }
            rows += 1
            shortest = min(shortest, record.cells.count)
            if record.cells.dropFirst().contains(where: ShiftSigns.isPadded),
                ShiftSigns(of: record, in: header).blankBehind == nil
            {
                padded += 1
            }
            let isSeveral = CleanText.clean(header.value(.name, of: record)).contains(" ")
            if isSeveral { names.several += 1 } else { names.single += 1 }
            guard let follower, follower < record.cells.count else { continue }
            let value = CleanText.clean(record.cells[follower])
            if value.isEmpty { continue }
            if value.contains(where: \.isNumber) { followers.withDigit += 1; continue }
            followers.without += 1
            if isSeveral { lettersBesideSeveral += 1 }
        }
    }
}
