// SPDX-License-Identifier: Apache-2.0

/// How the rows of a table are built, counted over all of them.
struct TableShape {
    /// The fewest cells of a row.
    private(set) var shortest = Int.max
    /// How many values of the column on the right of the names hold a digit, and how many hold none.
    private(set) var followers = (withDigit: 0, without: 0)

    /// Counts the rows of a table that was opened for this.
    init(of reader: CSVReader, follower: Int?) throws(SourceError) {
        while let record = try reader.next() {
            if record.isBlank { continue }
            shortest = min(shortest, record.cells.count)
            guard let follower, follower < record.cells.count else { continue }
            let value = CleanText.clean(record.cells[follower])
            if value.isEmpty { continue }
            if value.contains(where: \.isNumber) { followers.withDigit += 1 } else { followers.without += 1 }
        }
    }
}
