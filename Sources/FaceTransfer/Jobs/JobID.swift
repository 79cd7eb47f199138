// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// Makes the ids of jobs: when they started and two random digits, such as `20261122-101502-3f`.
public enum JobID {
    /// An id for a job that starts now.
    ///
    /// - Parameter start: When the job starts; printed in UTC.
    /// - Returns: The id.
    public static func make(at start: Date) -> String {
        let parts = Calendar.utc.dateComponents([.year, .month, .day, .hour, .minute, .second], from: start)
        func digits(_ value: Int?, _ count: Int) -> String {
            let text = String(value ?? 0)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        let day = digits(parts.year, 4) + digits(parts.month, 2) + digits(parts.day, 2)
        let time = digits(parts.hour, 2) + digits(parts.minute, 2) + digits(parts.second, 2)
        let suffix = String(UInt8.random(in: .min ... .max), radix: 16)
        return "\(day)-\(time)-\(suffix.count == 1 ? "0" + suffix : suffix)"
    }
}

extension Calendar {
    fileprivate static var utc: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }
}
