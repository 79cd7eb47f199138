// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceLibraries
import FaceModel

/// Writes down what a mirror would do in one target, kind by kind, in the order of the ids.
struct MirrorPlanning: Sendable {
    let source: MirrorSource
    let target: OpenTarget

    /// How many changes are told at once.
    private static let groupLength = 500

    /// Tells the changes.
    ///
    /// - Parameter plan: Takes them.
    /// - Throws: `LedgerError`, and what `plan` throws.
    func run(_ plan: (MirrorJob.PlanLine) throws -> Void) async throws {
        try plan(
            .target(
                PlannedTarget(
                    source: target.record.source,
                    target: target.record.target,
                    sourceState: try await source.listing.state(),
                    targetState: try await target.state()
                )
            )
        )
        let there = target.outcome.listing
        try await tell(target.work.wholes, plan) { group in
            let known = try await there.entries(of: group.map(\.imgID))
            return group.map { ($0, known[$0.imgID] == nil ? .store : .replace) }
        }
        try await tell(target.work.attributes, plan) { group in group.map { ($0, .attributes) } }
        try await tell(target.work.leavers, plan) { group in group.map { ($0, .remove) } }
    }

    private func tell(
        _ listing: any Listing,
        _ plan: (MirrorJob.PlanLine) throws -> Void,
        _ kinds: ([ListingEntry]) async throws -> [(ListingEntry, PlannedChange.Kind)]
    ) async throws {
        var last: PortraitID?
        while case let group = try await listing.unseen(after: last, limit: Self.groupLength), let end = group.last {
            last = end.imgID
            let changes = try await kinds(group).map { entry, kind in
                PlannedChange(kind: kind, id: entry.imgID, name: entry.name ?? "")
            }
            try plan(.changes(changes))
        }
    }
}
