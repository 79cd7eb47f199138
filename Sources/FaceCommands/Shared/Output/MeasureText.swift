// SPDX-License-Identifier: Apache-2.0

/// How measures are printed.
enum MeasureText {
    /// A number with at most two digits behind the point.
    static func number(_ value: Double) -> String {
        let hundredths = (value * 100).rounded() / 100
        return hundredths == hundredths.rounded() ? String(Int(hundredths)) : String(hundredths)
    }
}
