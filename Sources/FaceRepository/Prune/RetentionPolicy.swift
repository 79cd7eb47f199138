// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Which snapshots are kept: of each library, those that any of the rules names.
public struct RetentionPolicy: Sendable, Hashable {
    /// The newest ones.
    public var last: Int
    /// The newest one of each of so many days that have any.
    public var daily: Int
    /// The newest one of each of so many weeks that have any.
    public var weekly: Int
    /// The newest one of each of so many months that have any.
    public var monthly: Int
    /// Snapshots that go in any case; with no other rule, all others are kept.
    public var forgotten: Set<String>

    /// Makes a policy.
    ///
    /// - Parameters:
    ///   - last: How many of the newest are kept.
    ///   - daily: Of how many days the newest is kept.
    ///   - weekly: Of how many weeks the newest is kept.
    ///   - monthly: Of how many months the newest is kept.
    ///   - forgotten: The ids of snapshots that go in any case.
    public init(last: Int = 0, daily: Int = 0, weekly: Int = 0, monthly: Int = 0, forgotten: Set<String> = []) {
        self.last = last
        self.daily = daily
        self.weekly = weekly
        self.monthly = monthly
        self.forgotten = forgotten
    }

    /// Whether it would keep nothing.
    public var isEmpty: Bool { keepsByNoRule && forgotten.isEmpty }

    private var keepsByNoRule: Bool { last <= 0 && daily <= 0 && weekly <= 0 && monthly <= 0 }

    /// The snapshots that are kept.
    ///
    /// - Parameters:
    ///   - snapshots: Snapshots of any libraries, oldest first in the order of their repository.
    ///   - now: The time, in seconds since 1970.
    ///   - calendar: What a day, a week and a month is.
    /// - Returns: The ids of those that are kept.
    func kept(_ snapshots: [Snapshot], at now: Double, _ calendar: Calendar = .current) -> Set<String> {
        let snapshots = snapshots.filter { !forgotten.contains($0.id) }
        if keepsByNoRule { return forgotten.isEmpty ? [] : Set(snapshots.map(\.id)) }
        var kept: Set<String> = []
        for group in Dictionary(grouping: snapshots, by: { [$0.device.serial, $0.library.name] }).values {
            kept.formUnion(group.suffix(max(0, last)).map(\.id))
            let believed = SnapshotOrder.believed(group, at: now)
            let times = group.indices.map { place in
                believed.contains(place) ? Timestamp.seconds(group[place].taken) : nil
            }
            let rules: [(count: Int, parts: Set<Calendar.Component>)] = [
                (daily, [.year, .month, .day]), (weekly, [.yearForWeekOfYear, .weekOfYear]),
                (monthly, [.year, .month]),
            ]
            for (count, parts) in rules {
                let periods = times.map { time in
                    time.map { calendar.dateComponents(parts, from: Date(timeIntervalSince1970: $0)) }
                }
                kept.formUnion(Self.newest(of: group, in: count, periods))
            }
        }
        return kept
    }

    /// The newest one in each of some periods, and those among them of which nobody knows the time.
    private static func newest(of group: [Snapshot], in count: Int, _ periods: [DateComponents?]) -> [String] {
        var seen: Set<DateComponents> = []
        var kept: [String] = []
        for (snapshot, period) in zip(group, periods).reversed() where seen.count < count {
            // A time that cannot be right stands for no period: it takes none away from the others.
            if period.map({ seen.insert($0).inserted }) ?? true { kept.append(snapshot.id) }
        }
        return kept
    }
}
