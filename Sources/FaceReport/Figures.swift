// SPDX-License-Identifier: Apache-2.0

/// Numbers as text, the same in every locale.
enum Figures {
    /// At most three decimals and at least one: `3.2`.
    static func decimal(_ value: Double) -> String {
        let thousandths = Int((bounded(value) * 1000).rounded())
        var decimals = String(1000 + thousandths % 1000).dropFirst()
        while decimals.count > 1 && decimals.last == "0" { decimals = decimals.dropLast() }
        return "\(thousandths / 1000).\(decimals)"
    }

    /// A time as people say it: `3.2 s`, `2 min 5 s`, `1 h 4 min`.
    static func duration(_ seconds: Double) -> String {
        let tenths = Int((bounded(seconds) * 10).rounded())
        if tenths < 600 { return "\(tenths / 10).\(tenths % 10) s" }
        let whole = Int(bounded(seconds).rounded())
        if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
        return "\(whole / 3600) h \(whole / 60 % 60) min"
    }

    /// A count with its thousands set apart: `20,000`.
    static func grouped(_ count: Int) -> String {
        var digits = Substring(String(count.magnitude))
        var groups: [Substring] = []
        while digits.count > 3 {
            groups.insert(digits.suffix(3), at: 0)
            digits = digits.dropLast(3)
        }
        return (count < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
    }

    /// A count with its noun: `1 row`, `20,000 rows`.
    static func rows(_ count: Int) -> String {
        grouped(count) + (count == 1 ? " row" : " rows")
    }

    /// Keeps a clock's nonsense (a negative or infinite time) out of the integer conversions.
    private static func bounded(_ value: Double) -> Double {
        value.isFinite ? min(max(value, 0), 1e12) : 0
    }
}
