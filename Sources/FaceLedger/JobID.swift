// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Makes the ids of jobs: when they started, in local time, and two random digits: `20261122-101502-3f`.
public enum JobID {
    /// An id for a job that starts now.
    ///
    /// - Parameter start: When the job starts, in seconds since 1970.
    /// - Returns: The id.
    public static func make(at start: Int) -> String {
        var seconds = time_t(start)
        var parts = unsafe tm()
        unsafe localtime_r(&seconds, &parts)
        let day =
            unsafe digits(Int(parts.tm_year) + 1900, 4) + digits(Int(parts.tm_mon) + 1, 2)
            + digits(Int(parts.tm_mday), 2)
        let time = unsafe digits(Int(parts.tm_hour), 2) + digits(Int(parts.tm_min), 2) + digits(Int(parts.tm_sec), 2)
        return "\(day)-\(time)-\(digits(Int(UInt8.random(in: .min ... .max)), 2, radix: 16))"
    }

    private static func digits(_ value: Int, _ count: Int, radix: Int = 10) -> String {
        let text = String(value, radix: radix)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}
