// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import FaceCommands

@Suite struct CalendarTests {
    static let valid = [
        "*-*-* 02:00:00", "Mon..Fri 22:30", "weekly", "Daily", "*-*~07/1 4:00 Europe/Berlin", "*:0/15", "Sun 03:00",
        "Mon,Wed..Fri *-*-01..07 02:00", "12-25", "2027-01-01 00:00", "02:00 UTC", "Saturday", "*-*-1,15 6,18:00",
    ]
    static let invalid = [
        "nonsense", "0 2 * * *", "Sun*-*-* 05:00:00", "25:00", "12:60", "2026-13-01", "*-*-32", "@daily", "2 o'clock",
        "Mon 02:00 03:00", "Fri..", "tomorrow 02:00", "02", "02:00:00:00", "*/0:00", "Mo 02:00", "5..3:00",
    ]

    @Test(arguments: valid) func whatSystemdKnowsIsTaken(text: String) {
        #expect(CalendarExpression.isValid(text))
        #expect(CalendarCheck(program: "/nonexistent/systemd-analyze").problem(with: text) == nil)
        #expect(CalendarCheck().problem(with: text) == nil)
    }

    @Test(arguments: invalid) func whatSystemdDoesNotKnowIsRefused(text: String) {
        for check in [CalendarCheck(), CalendarCheck(program: "/nonexistent/systemd-analyze")] {
            #expect(check.problem(with: text)?.contains("is no calendar expression of systemd") == true)
        }
    }

    @Test(arguments: [
        ("0 2 * * *", "\"*-*-* 02:00:00\""), ("30 22 * * 1-5", "\"Mon..Fri *-*-* 22:30:00\""),
        ("0 5 * * 0", "\"Sun *-*-* 05:00:00\""), ("0 5 1 * *", "\"*-*-01 05:00:00\""), ("@weekly", "\"weekly\""),
        ("*/5 * * * *", "that is how cron says it"),
    ])
    func aLineOfCronIsToldAsSystemdSaysIt(text: String, words: String) {
        #expect(CalendarCheck().problem(with: text)?.contains(words) == true)
    }

    @Test(arguments: ["nonsense", "0 2 * * *", "Sun*-*-* 05:00:00"])
    func noTimerIsWrittenThatNeverRuns(text: String) async throws {
        let harness = try CommandHarness()
        try harness.configure("hq")
        let result = await harness.run(
            ["backup", "schedule", "--user", "--install", "--at", text, "--"] + ["verify", harness.folder]
        )
        #expect(result.status == 64)
        #expect(result.errors.contains("is no calendar expression of systemd"))
    }
}
