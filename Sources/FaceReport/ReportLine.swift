// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// What reports say of one row, whether it is of a job or of a comparison: the columns of the CSVs and, under the same
/// names, the keys of the JSON.
struct ReportLine {
    let source: String
    let line: Int?
    let imgID: String
    let name: String
    /// The outcome of a job's row, the mark of a comparison's.
    let outcome: String
    let reason: Reason?
    let detail: String
    let deviceCode: Int?
    /// What else was found, the gravest first.
    let further: [Rejection]

    /// What to do about it; empty without a reason.
    var hint: String { reason?.advice ?? "" }

    /// All reasons, the gravest first; empty without any.
    var reasons: [Rejection] {
        reason.map { [Rejection($0, detail, deviceCode: deviceCode)] + further } ?? []
    }

    /// What was found, with what else was, in one cell or on one line: `age "1000" is …; also quality.blurred: …`.
    var finding: String {
        let also = further.map { found in
            "also \(found.reason.rawValue)" + (found.detail.isEmpty ? "" : ": \(found.detail)")
                + (found.deviceCode.map { " (device code \($0))" } ?? "")
        }
        return ((detail.isEmpty ? [] : [detail]) + also).joined(separator: "; ")
    }

    init(_ row: RowResult) {
        (source, line, imgID, name) = (row.source, row.line, row.imgID, row.name)
        (outcome, reason, detail) = (row.outcome.rawValue, row.reason, row.detail)
        (deviceCode, further) = (row.deviceCode, row.further)
    }

    init(_ portrait: ComparedPortrait) {
        (source, line, imgID, name) = (portrait.source, portrait.line, portrait.imgID, portrait.name)
        (outcome, reason, detail) = (portrait.mark.rawValue, portrait.reason, portrait.detail)
        (deviceCode, further) = (nil, [])
    }
}
