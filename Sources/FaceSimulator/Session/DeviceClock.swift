// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// The device's clock, in UTC; tests put their own in its place.
///
/// Copies are one clock: a clock that is moved forward is so for all of them.
public struct DeviceClock: Sendable {
    /// How far a clock was moved, in seconds.
    private final class Shift: Sendable {
        let seconds = Mutex(0.0)
    }

    private let read: @Sendable () -> Double
    private let shift = Shift()

    /// A clock that asks `seconds` for the time.
    ///
    /// - Parameter seconds: Seconds since 1970, never going back.
    public init(_ seconds: @escaping @Sendable () -> Double) {
        read = seconds
    }

    /// The machine's clock.
    public static let system = Self { Date().timeIntervalSince1970 }

    /// Seconds since 1970.
    var now: Double { read() + shift.seconds.withLock { $0 } }

    /// Moves the clock forward, for as long as the process lives.
    func advance(by seconds: Double) { shift.seconds.withLock { $0 += seconds } }

    /// A clock that goes as this one does and is moved forward on its own.
    func separate() -> Self { Self { now } }

    /// The time as the device writes it: `yyyy-MM-dd HH:mm:ss` (Y2).
    var text: String { Self.text(now) }

    static func text(_ seconds: Double) -> String {
        let (year, month, day, second) = civil(Int(seconds.rounded(.down)))
        return "\(padded(year, 4))-\(padded(month))-\(padded(day))"
            + " \(padded(second / 3600)):\(padded(second / 60 % 60)):\(padded(second % 60))"
    }

    /// The date of a time since 1970 and the second of that day.
    static func civil(_ seconds: Int) -> (year: Int, month: Int, day: Int, second: Int) {
        let days = seconds.floorDivided(by: 86_400)
        let date = civil(days: days)
        return (date.year, date.month, date.day, seconds - days * 86_400)
    }

    /// The Gregorian date of a day since 1970-01-01 (Howard Hinnant's `civil_from_days`).
    private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func padded(_ number: Int, _ width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Int {
    fileprivate func floorDivided(by divisor: Int) -> Int {
        self >= 0 ? self / divisor : (self - divisor + 1) / divisor
    }
}
