// SPDX-License-Identifier: Apache-2.0

/// A time that a certificate names.
struct CertificateTime: CustomStringConvertible {
    /// Seconds since 1970 UTC.
    let seconds: Int

    init(seconds: Int) { self.seconds = seconds }

    /// Reads `Mar  5 10:11:12 2024 GMT`, as OpenSSL prints it; `nil` for anything else.
    init?(_ text: String) {
        let words = text.split(separator: " ")
        guard words.count == 5, words[4] == "GMT", let month = RetryAfter.months.firstIndex(of: String(words[0])),
            let day = Int(words[1]), let year = Int(words[3]), (1...31).contains(day), (0...9999).contains(year)
        else { return nil }
        let clock = words[2].split(separator: ":").compactMap { Int($0) }
        guard clock.count == 3 else { return nil }
        let days = ClockReading.days(year: year, month: month + 1, day: day)
        seconds = days * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    }

    /// `2024-03-05 10:11:12 UTC`.
    var description: String {
        let days = Int((Double(seconds) / 86_400).rounded(.down))
        let second = seconds - days * 86_400
        // The year that the day is in, and the days of that year by month, by trying.
        var year = 1970 + Int((Double(days) / 365.2425).rounded(.down))
        if ClockReading.days(year: year + 1, month: 1, day: 1) <= days { year += 1 }
        if ClockReading.days(year: year, month: 1, day: 1) > days { year -= 1 }
        let month = (1...12).last { ClockReading.days(year: year, month: $0, day: 1) <= days } ?? 1
        let day = days - ClockReading.days(year: year, month: month, day: 1) + 1
        let clock = [second / 3600, second / 60 % 60, second % 60].map(Self.two).joined(separator: ":")
        return "\(year)-\(Self.two(month))-\(Self.two(day)) \(clock) UTC"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
