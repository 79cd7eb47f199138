// SPDX-License-Identifier: Apache-2.0
package import FaceModel

extension Settlement {
    /// Settles a row for reasons that are in order.
    ///
    /// - Parameters:
    ///   - key: The row's key.
    ///   - outcome: The outcome.
    ///   - reasons: All that was found, the gravest first.
    ///   - remark: A sentence that gives no reason, or `""`; stands at the end of the detail.
    package init(key: String, outcome: Outcome, reasons: [Rejection], remark: String = "") {
        let first = reasons.first
        self.init(
            key: key,
            outcome: outcome,
            reason: first?.reason,
            detail: [first?.detail ?? "", remark].filter { !$0.isEmpty }.joined(separator: "; "),
            deviceCode: first?.deviceCode,
            further: Array(reasons.dropFirst())
        )
    }

    /// Settles a row that went through, with what was noticed, and last what the device said of the image.
    package init(key: String, outcome: Outcome, warnings: [Rejection], remark: String = "") {
        let reasons = Rejection.gravestFirst([], warnings)
        self.init(key: key, outcome: outcome, reasons: reasons, remark: remark)
    }

    /// Settles a row that did not go through, with what was noticed besides.
    package init(key: String, outcome: Outcome, _ rejection: Rejection, besides noticed: [Rejection] = []) {
        self.init(key: key, outcome: outcome, reasons: Rejection.gravestFirst([rejection], noticed))
    }
}
