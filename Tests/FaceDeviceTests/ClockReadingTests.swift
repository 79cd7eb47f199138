// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import Testing

@Suite struct ClockReadingTests {
    /// 2026-11-22 10:15:02 UTC.
    private static let now = 1_795_342_502

    @Test(arguments: [
        ("2026-11-22 18:15:02", "GMT+08:00", 0), ("2026-11-22 10:15:02", "GMT", 0), ("2026-11-22 10:14:02", "", 60),
        ("2026-11-22 05:15:03", "GMT-05:00", -1), ("2026-11-22 15:45:02", "UTC+0530", 0),
        ("22-11-2026 18:15:02", "GMT+8", 0), ("11-22-2026 18:15:02", "GMT+08:00", 0),
        ("2019-01-23 14:51:18", "GMT+08:00", 247_116_224), ("1970-01-01 08:00:00", "GMT+08:00", now),
        ("2024-02-29 00:00:00", "GMT", 86_177_702),
    ])
    func aClockIsCompared(time: String, zone: String, behind: Int) throws {
        let reading = try #require(ClockReading(DeviceClock(time: time, zone: zone)))
        #expect(reading.secondsBehind(Self.now) == behind)
    }

    @Test(arguments: [
        ("", "GMT"), ("yesterday", "GMT"), ("2026-13-22 10:00:00", "GMT"), ("2026-11-22 10:15:02", "CET"),
    ])
    func anotherTextIsNoTime(time: String, zone: String) {
        #expect(ClockReading(DeviceClock(time: time, zone: zone)) == nil)
    }

    @Test(arguments: [
        (5, "5 s"), (192, "3 min 12 s"), (7260, "2 h 1 min"), (90_000, "1 day 1 h"), (200_000, "2 days 7 h"),
    ])
    func spansAreSaidInTwoUnits(seconds: Int, text: String) {
        #expect(ClockReading.text(seconds: seconds) == text)
    }
}
