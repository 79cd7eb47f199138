// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceText

/// The lines of `results.csv` and `rejected.csv` (RFC 4180, UTF-8).
///
/// Values are never altered, also where a spreadsheet would read a formula in them (`docs/reports.md`).
enum CSVLine {
    /// What a file begins with: the mark by which spreadsheets know UTF-8, and the columns.
    static let head = CSVText.mark + "source,line,img_id,name,outcome,reason,detail,hint,device_code\r\n"

    static func row(_ row: RowResult) -> String { line(ReportLine(row)) }

    /// A line of a report under the columns of ``head``; reasons besides the gravest stand in `detail`, after its own.
    static func line(_ line: ReportLine) -> String {
        let cells = [
            line.source, line.line.map { String($0) } ?? "", line.imgID, line.name, line.outcome,
            line.reason?.rawValue ?? "", line.finding, line.hint, line.deviceCode.map { String($0) } ?? "",
        ]
        return CSVText.line(cells)
    }
}
