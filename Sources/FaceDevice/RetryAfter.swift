// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The header in which a server says when to come back (RFC 9110, 10.2.3).
enum RetryAfter {
    /// How long to wait.
    ///
    /// - Parameters:
    ///   - headers: The headers of an answer, names in lower case.
    ///   - now: The time of day, for a date without a `Date` header beside it; seconds since 1970 UTC.
    /// - Returns: The wait, at most a day; `nil` where none is named.
    static func wait(in headers: [String: String], now: () -> Int = { time(nil) }) -> Duration? {
        guard let text = headers["retry-after"] else { return nil }
        if let seconds = Int(text) { return bounded(seconds) }
        guard let until = seconds(ofDate: text) else { return nil }
        // By the server's own clock: this machine's may differ from it.
        return bounded(until - (headers["date"].flatMap(seconds(ofDate:)) ?? now()))
    }

    /// The months as servers and certificates write them.
    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func bounded(_ seconds: Int) -> Duration { .seconds(min(max(0, seconds), 86_400)) }

    /// Reads `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that servers send.
    private static func seconds(ofDate text: String) -> Int? {
        let words = text.split(separator: " ")
        let clock = words.count == 6 ? words[4].split(separator: ":").compactMap { Int($0) } : []
        guard clock.count == 3, words[5] == "GMT", let day = Int(words[1]), let year = Int(words[3]),
            let month = months.firstIndex(of: String(words[2])), (1...31).contains(day), (1970...9999).contains(year)
        else { return nil }
        let days = ClockReading.days(year: year, month: month + 1, day: day)
        return days * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    }
}
