// SPDX-License-Identifier: Apache-2.0
import FaceSources

/// The lines of a table that an earlier attempt wrote, perhaps cut short by a kill.
struct PeopleLines {
    /// One line as it can be written again.
    struct Line {
        /// The file of the image, `""` without one.
        let photo: String
        /// The img_id.
        let id: String
        /// The line with its end.
        let text: String
    }

    /// How many lines are looked at together.
    private static let groupLength = 500

    /// The lines in order, some hundred at a time.
    let groups: [[Line]]

    /// Reads a table; what follows its last complete line is passed over.
    init(_ table: [UInt8], title: String) throws(SourceError) {
        let newline = UInt8(ascii: "\n")
        // A value may hold a line end, so the last one need not end a line: then quotes are open behind it.
        var end = table.endIndex
        while let last = table[..<end].lastIndex(of: newline) {
            let whole = table[...last]
            if whole.count(where: { $0 == UInt8(ascii: "\"") }).isMultiple(of: 2) {
                end = table.index(after: last)
                break
            }
            end = last
        }
        let reader = try CSVReader(bytes: Array(table[..<end]), title: title)
        var lines: [Line] = []
        while let record = try reader.next() {
            guard let (photo, id) = PeopleTable.key(of: record) else { continue }
            lines.append(Line(photo: photo, id: id, text: PeopleTable.line(of: record)))
        }
        groups = stride(from: 0, to: lines.count, by: Self.groupLength).map {
            Array(lines[$0..<min($0 + Self.groupLength, lines.count)])
        }
    }
}
