// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// The lines of `results.csv` and `rejected.csv` (RFC 4180, UTF-8).
///
/// Values are never altered, also where a spreadsheet would read a formula in them (`docs/reports.md`).
enum CSVLine {
    /// What a file begins with: the mark by which spreadsheets know UTF-8, and the columns.
    static let head = "\u{FEFF}source,line,img_id,name,outcome,reason,detail,hint,device_code\r\n"

    static func row(_ row: RowResult) -> String { line(ReportLine(row)) }

    /// A line of a report under the columns of ``head``; reasons besides the gravest stand in `detail`, after its own.
    static func line(_ line: ReportLine) -> String {
        let cells = [
            cell(line.source), line.line.map { String($0) } ?? "", cell(line.imgID), cell(line.name), line.outcome,
            line.reason?.rawValue ?? "", cell(line.finding), cell(line.hint), line.deviceCode.map { String($0) } ?? "",
        ]
        return cells.joined(separator: ",") + "\r\n"
    }

    /// Quotes a value that needs it; semicolons and tabs too, since spreadsheets guess the separator.
    private static func cell(_ text: String) -> String {
        let bytes = text.utf8
        let isPlain =
            !bytes.contains(where: delimiters.contains)
            && bytes.first != UInt8(ascii: " ") && bytes.last != UInt8(ascii: " ")
        if isPlain { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted.unicodeScalars.append("\"") }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    private static let delimiters = Array(",;\t\"\r\n".utf8)
}
