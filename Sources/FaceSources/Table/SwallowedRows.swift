// SPDX-License-Identifier: Apache-2.0
import FaceModel

extension TableRows {
    /// What is wrong with a row that holds other rows: a quote too many takes all lines up to the next one into a cell,
    /// and their people would be missing without a word.
    ///
    /// Such a cell holds at least as many separators as the lines that it took; an address of several lines does not.
    func swallowed(by record: CSVRecord) -> Rejection? {
        for cell in record.cells where cell.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) {
            let lines = cell.utf8.split { $0 == 0x0A || $0 == 0x0D }
            let separators = cell.utf8.count { $0 == reader.delimiter.byte }
            guard lines.count > 1, header.width > 2, separators >= (lines.count - 1) * (header.width - 1) else {
                continue
            }
            return Rejection(
                .nameSeparator,
                "one value of the row holds other rows (\(lines.count) lines): a quote (\") is missing or too many"
            )
        }
        return nil
    }
}
