// SPDX-License-Identifier: Apache-2.0

/// RFC 4180 read by its grammar, so that the writer is not judged by itself.
func records(ofCSV text: String) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var cell = ""
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
        switch (scalar, isQuoted) {
        case ("\"", true) where scalars.first == "\"":
            cell.unicodeScalars.append("\"")
            scalars.removeFirst()
        case ("\"", _): isQuoted.toggle()
        case (",", false):
            record.append(cell)
            cell = ""
        case ("\r", false) where scalars.first == "\n":
            scalars.removeFirst()
            records.append(record + [cell])
            record = []
            cell = ""
        default: cell.unicodeScalars.append(scalar)
        }
    }
    return record.isEmpty && cell.isEmpty ? records : records + [["unfinished"]]
}
