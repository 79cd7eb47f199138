// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceLibraries
import FaceModel
import FaceUpload

/// Sees to it that a plan is carried out exactly, or not at all (`mirror --apply`).
struct PlanGuard: Sendable {
    private let plan: PlannedChanges?
    /// The ids of the plan by what is done to them, spilled like listings.
    private var planned: [PlannedChange.Kind: any Listing] = [:]

    /// Reads a plan; without one, everything is allowed.
    init(_ plan: PlannedChanges?, ledger: any Ledger) async throws {
        self.plan = plan
        guard let plan else { return }
        for kind in PlannedChange.Kind.allCases { planned[kind] = try await ledger.beginListing() }
        let next = try plan.open()
        while let changes = try next() {
            for (kind, group) in Dictionary(grouping: changes, by: \.kind) {
                try await planned[kind]?.add(group.map { ListingEntry(only: $0.id) })
            }
        }
    }

    /// Stops when the source has moved since the plan was made.
    func expect(_ source: MirrorSource) async throws {
        guard let plan, try await source.listing.state() != plan.target.sourceState else { return }
        throw SafetyStop(
            message:
                "\(plan.target.source) has changed since the plan was made, so nothing was changed; make a new plan"
        )
    }

    /// Stops when the target has moved since the plan was made; a job that is taken up again has moved it itself.
    func expect(_ target: OpenTarget) async throws {
        guard let plan, !target.isResumed else { return }
        if try await target.state() != plan.target.targetState {
            throw SafetyStop(
                message:
                    "\(plan.target.target) has changed since the plan was made, so nothing was changed; make a new plan"
            )
        }
    }

    /// Stops when changes are about to be made that the plan does not have.
    func allow(_ changes: [PlannedChange]) async throws {
        guard plan != nil else { return }
        for (kind, group) in Dictionary(grouping: changes, by: \.kind) {
            var known = try await planned[kind]?.entries(of: group.map(\.id)) ?? [:]
            if kind == .store {
                // A replacement that was cut short between its two calls left nobody under the id.
                known.merge(try await planned[.replace]?.entries(of: group.map(\.id)) ?? [:]) { first, _ in first }
            }
            if let other = group.first(where: { known[$0.id] == nil }) { throw Self.unplanned(kind, other.id) }
        }
    }

    /// Stops when the leavers are not those of the plan, or when changes of the plan are not to be made any more.
    func expectAll(of target: OpenTarget) async throws {
        guard plan != nil else { return }
        var last: PortraitID?
        while case let leavers = try await target.work.leavers.unseen(after: last, limit: 500), let end = leavers.last {
            last = end.imgID
            try await allow(leavers.map { PlannedChange(kind: .remove, id: $0.imgID, name: "") })
        }
        if target.isResumed { return }
        let wholes = try await count(.store) + count(.replace)
        let attributes = try await count(.attributes)
        let leavers = try await count(.remove)
        let decided = try await (
            target.work.wholes.count(), target.work.attributes.count(), target.work.leavers.unseenCount()
        )
        guard decided == (wholes, attributes, leavers) else {
            throw SafetyStop(message: "less is to be done than the plan says, so nothing was changed; make a new plan")
        }
    }

    /// Gives the files up.
    func close() async {
        for listing in planned.values { await listing.close() }
    }

    private func count(_ kind: PlannedChange.Kind) async throws -> Int { try await planned[kind]?.count() ?? 0 }

    private static func unplanned(_ kind: PlannedChange.Kind, _ id: PortraitID) -> SafetyStop {
        SafetyStop(
            message: "the plan does not say \(kind.rawValue) for \(id), so nothing was changed; make a new plan"
        )
    }
}

extension OpenTarget {
    /// A digest of the target's listing; a library that is still to be made is as good as one without portraits, since
    /// it is made before its state is asked for.
    func state() async throws -> String {
        try await outcome.listing.count() == 0 ? "none" : try await outcome.listing.state()
    }
}
