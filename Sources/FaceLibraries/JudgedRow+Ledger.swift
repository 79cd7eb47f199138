// SPDX-License-Identifier: Apache-2.0
package import FaceLedger
import FaceModel
package import FaceSources

extension JudgedRow {
    /// The row as it enters the ledger.
    ///
    /// - Parameter ordinal: Its place in the order of the source.
    /// - Returns: The row, with a rejection where it is no portrait.
    package func newRow(_ ordinal: Int) -> NewRow {
        switch self {
        case .valid(let valid, let id):
            NewRow(
                key: valid.row.key,
                ordinal: ordinal,
                source: valid.row.source,
                line: valid.row.line,
                imgID: id.text,
                name: valid.attributes.name,
                rejection: nil
            )
        case .invalid(let invalid):
            invalid.newRow(ordinal)
        }
    }
}

extension InvalidRow {
    /// The row as it enters the ledger.
    fileprivate func newRow(_ ordinal: Int) -> NewRow {
        let reasons = reasons
        return NewRow(
            key: row.key,
            ordinal: ordinal,
            source: row.source,
            line: row.line,
            imgID: imgID,
            name: name,
            rejection: reasons.first,
            further: Array(reasons.dropFirst())
        )
    }
}
