// SPDX-License-Identifier: Apache-2.0
/// A device's clock as a time that can be compared (interface Y2).
public struct ClockReading: Sendable {
    /// The readings that the printed text allows, in seconds since 1970 UTC.
    private let candidates: [Int]

    /// Reads what a device printed: `yyyy-MM-dd`, `dd-MM-yyyy` or `MM-dd-yyyy`, then `HH:mm:ss`.
    ///
    /// - Parameter clock: The time and the zone, such as `GMT+08:00`.
    public init?(_ clock: DeviceClock) {
        guard let offset = Self.offset(clock.zone) else { return nil }
        let parts = clock.time.split(whereSeparator: { !$0.isASCII || !$0.isNumber }).compactMap { Int($0) }
        guard parts.count == 6, (0...23).contains(parts[3]), (0...59).contains(parts[4]), (0...60).contains(parts[5])
        else { return nil }
        let dates =
            parts[0] > 31
            ? [(parts[0], parts[1], parts[2])]
            : [(parts[2], parts[1], parts[0]), (parts[2], parts[0], parts[1])]
        let candidates = dates.compactMap { date -> Int? in
            guard (1...12).contains(date.1), (1...31).contains(date.2), (1970...9999).contains(date.0) else {
                return nil
            }
            let seconds = parts[3] * 3600 + parts[4] * 60 + parts[5]
            return Self.days(year: date.0, month: date.1, day: date.2) * 86_400 + seconds - offset
        }
        guard !candidates.isEmpty else { return nil }
        self.candidates = candidates
    }

    /// How many seconds the clock is behind a time; negative when it is ahead.
    ///
    /// Where day and month cannot be told apart, the reading that is nearer counts.
    ///
    /// - Parameter now: The time, in seconds since 1970 UTC.
    /// - Returns: Seconds.
    public func secondsBehind(_ now: Int) -> Int {
        candidates.map { now - $0 }.min { abs($0) < abs($1) } ?? 0
    }

    /// A span of time in its two largest units.
    ///
    /// - Parameter seconds: How long it is.
    /// - Returns: Words such as `1 h 5 min`.
    public static func text(seconds: Int) -> String {
        switch seconds {
        case 86_400...: "\(seconds / 86_400) \(seconds / 86_400 == 1 ? "day" : "days") \(seconds % 86_400 / 3600) h"
        case 3600...: "\(seconds / 3600) h \(seconds % 3600 / 60) min"
        case 60...: "\(seconds / 60) min \(seconds % 60) s"
        default: "\(seconds) s"
        }
    }

    /// Seconds east of Greenwich: `GMT+08:00`, `UTC-3`, `+0530`, `GMT`.
    private static func offset(_ zone: String) -> Int? {
        var text = zone.uppercased().filter { !$0.isWhitespace }[...]
        for name in ["GMT", "UTC"] where text.hasPrefix(name) { text = text.dropFirst(name.count) }
        guard let sign = text.first else { return 0 }
        guard "+-".contains(sign) else { return nil }
        let digits = text.dropFirst().filter { $0 != ":" }
        guard (1...4).contains(digits.count), let number = Int(digits) else { return nil }
        let (hours, minutes) = digits.count > 2 ? (number / 100, number % 100) : (number, 0)
        guard hours <= 14, minutes < 60 else { return nil }
        return (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    /// Days since 1970-01-01 in the Gregorian calendar.
    static func days(year: Int, month: Int, day: Int) -> Int {
        // Years begin in March here, so that the leap day is the last day of its year.
        let year = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
    }
}
