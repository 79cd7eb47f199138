// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import FaceRepository
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

    /// 2026-12-01 00:00:00 UTC.
    private static let now = 1_796_083_200.0

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
        let kept = `case`.policy.kept(snapshots, at: Self.now, calendar)
        #expect(kept.sorted() == `case`.kept.map { "staff2026-\($0)T12:00:00Z" })
    }

    @Test func ofADayTheNewestIsKept() {
        let snapshots = ["T01:00:00Z", "T12:00:00Z", "T23:00:00Z"].map { snapshot("2026-11-01" + $0) }
        #expect(RetentionPolicy(daily: 5).kept(snapshots, at: Self.now, calendar) == ["staff2026-11-01T23:00:00Z"])
    }

    @Test func eachLibraryKeepsItsOwn() {
        let snapshots = [snapshot("2026-11-01T01:00:00Z"), snapshot("2020-01-01T01:00:00Z", library: "old")]
        #expect(RetentionPolicy(last: 1).kept(snapshots, at: Self.now, calendar).count == 2)
    }

    /// Nights in the order in which their snapshots were taken, a policy, and the nights that stay.
    struct Nights: Sendable, CustomTestStringConvertible {
        let what: String
        let nights: [String]
        let policy: RetentionPolicy
        let kept: [String]
        var testDescription: String { what }
    }

    static let wrongClocks = [
        Nights(
            what: "a clock that was years ahead for a night",
            nights: ["2026-11-26", "2043-02-05", "2026-11-27", "2026-11-28"],
            policy: .init(last: 1),
            kept: ["2026-11-28"]
        ),
        Nights(
            what: "a night in the future takes no day from the others",
            nights: ["2026-11-26", "2026-11-27", "2043-02-05", "2026-11-28"],
            policy: .init(daily: 2),
            kept: ["2026-11-27", "2043-02-05", "2026-11-28"]
        ),
        Nights(
            what: "the one before the last was taken in the future",
            nights: ["2026-11-25", "2026-11-26", "2043-02-05"],
            policy: .init(daily: 2),
            kept: ["2026-11-25", "2026-11-26", "2043-02-05"]
        ),
        Nights(
            what: "a clock that was some days ahead, which have come since",
            nights: ["2026-11-26", "2026-11-30", "2026-11-27", "2026-11-28", "2026-11-29"],
            policy: .init(daily: 4),
            kept: ["2026-11-26", "2026-11-30", "2026-11-27", "2026-11-28", "2026-11-29"]
        ),
        Nights(
            what: "a machine that woke up in 1970",
            nights: ["2026-11-26", "2026-11-27", "1970-01-01", "2026-11-28"],
            policy: .init(daily: 2),
            kept: ["2026-11-27", "1970-01-01", "2026-11-28"]
        ),
        Nights(
            what: "every clock but this one",
            nights: ["2027-01-01", "2027-01-02", "2027-01-03"],
            policy: .init(weekly: 1),
            kept: ["2027-01-01", "2027-01-02", "2027-01-03"]
        ),
    ]

    @Test(arguments: wrongClocks) func aWrongTimeIsNeverTheReasonToDelete(case: Nights) {
        let snapshots = `case`.nights.map { snapshot($0 + "T02:00:00Z") }
        let kept = `case`.policy.kept(snapshots, at: Self.now, calendar)
        #expect(kept == Set(`case`.kept.map { "staff\($0)T02:00:00Z" }))
    }

    @Test func ofOneSecondTheLaterOneIsNewer() {
        var twins = [snapshot("2026-11-01T01:00:00Z"), snapshot("2026-11-01T01:00:00Z")]
        twins[1].id = "a"
        #expect(RetentionPolicy(last: 1).kept(twins, at: Self.now, calendar) == ["a"])
        #expect(RetentionPolicy(daily: 1).kept(twins, at: Self.now, calendar) == ["a"])
    }
}
