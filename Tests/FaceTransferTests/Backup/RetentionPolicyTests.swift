// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import FaceTransfer

@Suite struct RetentionPolicyTests {
    /// A policy, and what it keeps of a snapshot each noon from 1 October to 30 November.
    struct Case: Sendable, CustomTestStringConvertible {
        let policy: RetentionPolicy
        let kept: [String]
        var testDescription: String { "\(policy)" }
    }

    static let cases = [
        Case(policy: .init(last: 2), kept: ["11-29", "11-30"]),
        Case(policy: .init(daily: 3), kept: ["11-28", "11-29", "11-30"]),
        // Weeks begin on Monday; 2026-11-30 is one.
        Case(policy: .init(weekly: 3), kept: ["11-22", "11-29", "11-30"]),
        Case(policy: .init(monthly: 12), kept: ["10-31", "11-30"]),
        Case(policy: .init(last: 1, daily: 2, monthly: 2), kept: ["10-31", "11-29", "11-30"]),
    ]

    private var calendar: Calendar {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = .gmt
        return calendar
    }

    private func snapshot(_ taken: String, library: String = "staff") -> Snapshot {
        Snapshot(
            id: library + taken,
            taken: taken,
            device: SnapshotDevice(name: "hq", serial: "SN", deviceID: "1", firmware: "2"),
            library: SnapshotLibrary(name: library, id: 3, type: 2),
            portraits: 0,
            incomplete: 0,
            failed: 0,
            doubt: nil,
            settings: SnapshotSettings(),
            cameras: [],
            manifest: ""
        )
    }

    @Test(arguments: cases) func aRuleKeepsTheNewestOfEachPeriod(case: Case) {
        let days =
            (1...31).map { "2026-10-\($0 < 10 ? "0" : "")\($0)" }
            + (1...30).map { "2026-11-\($0 < 10 ? "0" : "")\($0)" }
        let snapshots = days.map { snapshot($0 + "T12:00:00Z") }
        let kept = `case`.policy.kept(snapshots.shuffled(), calendar)
        #expect(kept.sorted() == `case`.kept.map { "staff2026-\($0)T12:00:00Z" })
    }

    @Test func ofADayTheNewestIsKept() {
        let snapshots = ["T01:00:00Z", "T23:00:00Z", "T12:00:00Z"].map { snapshot("2026-11-01" + $0) }
        #expect(RetentionPolicy(daily: 5).kept(snapshots, calendar) == ["staff2026-11-01T23:00:00Z"])
    }

    @Test func eachLibraryKeepsItsOwn() {
        let snapshots = [snapshot("2026-11-01T01:00:00Z"), snapshot("2020-01-01T01:00:00Z", library: "old")]
        #expect(RetentionPolicy(last: 1).kept(snapshots, calendar).count == 2)
    }
}
