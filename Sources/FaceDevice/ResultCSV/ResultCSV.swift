// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// What the result CSV of a batch says of its portraits (interface B4).
///
/// Nothing about the file is documented, so everything is recognised: encoding, delimiter, header,
/// columns. Only portraits of the batch are taken; rows about others belong to an earlier batch that
/// used the same file name.
struct ResultCSV {
    /// The word on each portrait that a row names.
    private(set) var verdicts: [PortraitID: BatchReply.Verdict] = [:]
    private var rowCount = 0
    private var rowsWithoutCode = 0

    /// Reads the file.
    ///
    /// - Parameters:
    ///   - bytes: The file as downloaded.
    ///   - ids: The portraits of the batch.
    ///   - fileNames: The names under which they were sent, in the same order.
    init(_ bytes: [UInt8], ids: [PortraitID], fileNames: [String]) {
        let text = TextDecoding.text(of: bytes)
        let batch = BatchKeys(ids: ids, fileNames: fileNames)
        var best: ResultTable?
        for delimiter in [",", ";", "\t", "|"] as [Unicode.Scalar] {
            let table = ResultTable(DelimitedText.rows(of: text, delimiter: delimiter), batch)
            if (best?.score ?? (-1, -1)) < table.score { best = table }
        }
        guard let best else { return }
        rowCount = best.rowCount
        for row in best.rows {
            if let code = row.code {
                verdicts[row.id] = .init(code: code, message: row.message)
            } else {
                rowsWithoutCode += 1
            }
        }
    }

    /// Why the file is not enough, `nil` when it says what the count says.
    ///
    /// - Parameter errorCount: How many images the reply counts as refused.
    /// - Returns: One sentence, without a full stop.
    func problem(errorCount: Int?) -> String? {
        if rowsWithoutCode > 0 { return "the result file has \(counted(rowsWithoutCode, "row")) without a code" }
        let failures = verdicts.values.count { $0.code != 0 }
        guard let errorCount, errorCount > failures else { return nil }
        if rowCount > 0, verdicts.isEmpty {
            return
                "the device refused \(counted(errorCount, "image")), and no row of the result file names one of this batch"
        }
        return "the device refused \(counted(errorCount, "image")), and the result file names \(failures)"
    }
}
