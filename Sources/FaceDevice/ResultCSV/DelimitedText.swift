// SPDX-License-Identifier: Apache-2.0

/// Splits delimited text into rows of trimmed cells, with RFC 4180 quoting.
enum DelimitedText {
    /// The rows that are not blank.
    static func rows(of text: String, delimiter: Unicode.Scalar) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var cell = String.UnicodeScalarView()
        var isQuoted = false
        var scalars = text.unicodeScalars.makeIterator()
        var pushedBack: Unicode.Scalar?
        func endCell() {
            row.append(trimmed(cell))
            cell = .init()
        }
        func endRow() {
            endCell()
            if row.contains(where: { !$0.isEmpty }) { rows.append(row) }
            row = []
        }
        while let scalar = pushedBack ?? scalars.next() {
            pushedBack = nil
            if isQuoted {
                guard scalar == "\"" else {
                    cell.append(scalar)
                    continue
                }
                pushedBack = scalars.next()
                if pushedBack == "\"" {
                    cell.append("\"")
                    pushedBack = nil
                } else {
                    isQuoted = false
                }
                continue
            }
            switch scalar {
            case "\"" where cell.isEmpty: isQuoted = true
            case delimiter: endCell()
            case "\n": endRow()
            default: cell.append(scalar)
            }
        }
        endRow()
        return rows
    }

    private static func trimmed(_ scalars: String.UnicodeScalarView) -> String {
        let isBlank = { (scalar: Unicode.Scalar) in scalar == " " || scalar == "\t" || scalar == "\r" || scalar == "\0"
        }
        var rest = scalars[...]
        while let first = rest.first, isBlank(first) { rest.removeFirst() }
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return String(rest)
    }
}
