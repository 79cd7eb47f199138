// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

/// A time by a device's clock as it is typed: `2026-11-22`, or with `08:30` or `08:30:00` behind it.
struct DeviceTime: Sendable, Hashable {
    /// The time as devices write it: `yyyy-MM-dd HH:mm:ss`.
    let text: String

    /// Reads a time; the last missing parts are taken from a pattern.
    ///
    /// - Parameters:
    ///   - typed: What was typed.
    ///   - rest: What stands in for the time of the day where it is missing.
    init?(_ typed: String, filling rest: String = "00:00:00") {
        let parts = typed.split(whereSeparator: { $0 == " " || $0 == "T" }).map(String.init)
        guard (1...2).contains(parts.count) else { return nil }
        let day = parts[0].split(separator: "-", omittingEmptySubsequences: false)
        guard day.count == 3, day.map(\.utf8.count) == [4, 2, 2],
            let month = Self.number(day[1]), let date = Self.number(day[2]), Self.number(day[0]) != nil,
            (1...12).contains(month), (1...31).contains(date)
        else { return nil }
        let clock = parts.count == 1 ? rest : parts[1].utf8.count == 5 ? parts[1] + rest.suffix(3) : parts[1]
        let time = clock.split(separator: ":", omittingEmptySubsequences: false)
        let limits = [0...23, 0...59, 0...59]
        guard time.count == 3, time.allSatisfy({ $0.utf8.count == 2 }),
            zip(time.map(Self.number), limits).allSatisfy({ $0.map($1.contains) ?? false })
        else { return nil }
        text = "\(parts[0]) \(clock)"
    }

    /// Reads an option.
    ///
    /// - Parameters:
    ///   - option: The option's name, for the error.
    ///   - rest: What stands in for the time of the day where it is missing.
    /// - Returns: What turns the typed text into a time, or throws a `ValidationError`.
    static func reading(
        option: String,
        filling rest: String = "00:00:00"
    ) -> @Sendable (String) throws -> DeviceTime {
        { typed in
            guard let time = DeviceTime(typed, filling: rest) else {
                throw ValidationError(
                    "\(option) takes a day such as 2026-11-22, or a time such as \"2026-11-22 08:30\", not \"\(typed)\"."
                )
            }
            return time
        }
    }

    private static func number(_ text: Substring) -> Int? {
        text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) ? Int(text) : nil
    }
}
