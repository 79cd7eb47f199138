// SPDX-License-Identifier: Apache-2.0

/// The one order of snapshots, from the oldest to the newest: that in which they became part of the repository.
///
/// A clock may be wrong for a night, and several machines may fill one repository. So a time is only shown, and tells days
/// apart where it fits the order; it never makes a snapshot the newest.
enum SnapshotOrder {
    /// How far the clocks of two machines may differ, in seconds.
    static let tolerance = 600.0

    /// Whether a snapshot says that it was taken at a time that is still to come.
    static func isInTheFuture(_ snapshot: Snapshot, at now: Double) -> Bool {
        guard let taken = Timestamp.seconds(snapshot.taken) else { return false }
        return taken > now + tolerance
    }

    /// Whose times can be believed: as many as can be in the order of the snapshots, and none that is still to come.
    ///
    /// - Parameters:
    ///   - snapshots: Snapshots of one library in their order.
    ///   - now: The time, in seconds since 1970.
    /// - Returns: Their places.
    static func believed(_ snapshots: [Snapshot], at now: Double) -> Set<Int> {
        // Of the times seen so far: the place of the smallest that ends an ordered row of each length.
        var ends: [(place: Int, time: Double)] = []
        var before: [Int: Int] = [:]
        for (place, snapshot) in snapshots.enumerated() where !isInTheFuture(snapshot, at: now) {
            guard let time = Timestamp.seconds(snapshot.taken) else { continue }
            let length = ends.firstIndex { $0.time > time } ?? ends.count
            if length > 0 { before[place] = ends[length - 1].place }
            if length < ends.count { ends[length] = (place, time) } else { ends.append((place, time)) }
        }
        var believed: Set<Int> = []
        var place = ends.last?.place
        while let current = place {
            believed.insert(current)
            place = before[current]
        }
        return believed
    }
}

extension Repository {
    /// The snapshots that say they were taken at a time that is still to come, oldest first.
    ///
    /// - Parameter now: The time, in seconds since 1970.
    /// - Returns: The snapshots; there are some after a night in which a machine's clock was wrong.
    public func snapshotsOfTheFuture(at now: Double) -> [Snapshot] {
        snapshots.filter { SnapshotOrder.isInTheFuture($0, at: now) }
    }
}

extension Catalog {
    /// Adds a snapshot of another repository before those that follow it there.
    mutating func insert(_ snapshot: Snapshot, inTheOrderOf source: [Snapshot]) {
        let followers = Set(source.drop { $0.id != snapshot.id }.dropFirst().map(\.id))
        snapshots.insert(snapshot, at: snapshots.firstIndex { followers.contains($0.id) } ?? snapshots.endIndex)
    }
}
