// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceLibraries
import FaceModel
import FacePipeline
import FaceUpload

/// Decides for every portrait of source and target what is to be done, gives each its row in the job, and passes the
/// guards, all before anything is changed.
struct MirrorDecision: Sendable {
    let source: MirrorSource
    let target: OpenTarget
    let options: MirrorOptions
    let ledger: any Ledger
    let progress: ProgressBoard

    /// Goes through both libraries: decides what can be decided at once, and notes what must be read for the rest.
    ///
    /// - Parameter needs: Takes what must be read of the source, for all targets together.
    /// - Throws: ``SafetyStop`` when a plan is to be carried out and a side has moved, `LedgerError`,
    ///   `CancellationError`.
    func begin(_ needs: ReadingNeeds) async throws {
        try await target.plan.expect(target)
        progress.note { $0.total = ($0.total ?? 0) + source.count.rows }
        // The next group is compared while one is recorded.
        let compared = Channel<[MergedPortrait]>()
        try await withThrowingDiscardingTaskGroup { stages in
            stages.addTask {
                defer { compared.finish() }
                try await target.survey.run(noting: needs, target.needs, postponing: target.postponed) { group in
                    try await compared.send(group)
                }
            }
            stages.addTask { for await group in compared { try await carry(group) } }
        }
    }

    /// Decides the rest, once it has been read, and passes the guards.
    ///
    /// - Throws: ``SafetyStop`` that names its reason, `LedgerError`, and `CancellationError`.
    func finish() async throws {
        try await target.survey.run(postponed: target.postponed) { group in try await carry(group) }
        var newcomers = Newcomers()
        try await source.library.tellProblems(besides: source.listing) { rows in
            try await ledger.note(rows, in: target.record.id, progress)
            // A row that cannot be read is no reason to delete whom it names.
            try await target.work.leavers.markSeen(rows.map { PortraitID(asListed: $0.imgID) })
            let named = rows.compactMap { row in row.id.map { (id: $0, name: row.name) } }
            newcomers.note(named, besides: try await target.outcome.listing.entries(of: named.map(\.id)))
        }
        try await guardLeavers(newcomers)
        try await target.plan.expectAll(of: target)
    }

    private func carry(_ group: [MergedPortrait]) async throws {
        var decided = Decided()
        let first = target.tally.take(group.count)
        for (place, portrait) in group.enumerated() {
            decided.take(portrait, first + place, source.library, target.survey)
        }
        try await carry(decided)
    }

    private func carry(_ decided: Decided) async throws {
        let job = target.record.id
        try await ledger.record(decided.unchanged, as: .unchanged, in: job)
        _ = try await ledger.register(decided.unreadable.map(\.row), in: job)
        try await ledger.settle(decided.unreadable.map(\.settlement), in: job)
        let registrations = try await ledger.register(decided.changes.map(\.row), in: job)
        // What an earlier attempt settled is not done again.
        let open = zip(decided.changes, registrations).filter { if case .open = $1 { true } else { false } }.map(\.0)
        try await target.plan.allow(open.map(\.planned))
        let wholes = open.filter { $0.planned.kind != .attributes }.map(\.entry)
        let attributes = open.filter { $0.planned.kind == .attributes }.map(\.entry)
        try await target.work.wholes.add(wholes)
        try await target.work.attributes.add(attributes)
        if options.removes {
            try await target.work.leavers.add(decided.leavers)
        }
        progress.note { counts in
            counts.found += decided.count
            counts.unchanged += decided.unchanged.count
            for unreadable in decided.unreadable { counts.note(unreadable.settlement.outcome) }
            for case .settled(let outcome) in registrations { counts.note(outcome) }
        }
    }

    private func guardLeavers(_ rejected: Newcomers) async throws {
        guard options.removes else { return }
        let leavers = try await target.work.leavers.unseenCount()
        if leavers > 0, source.retentionDays > 0 {
            throw SafetyStop(
                message:
                    "\(source.library.title) gives portraits up by itself after \(counted(source.retentionDays, "day")), so "
                    + "nobody can tell who was deleted there and who expired, and nothing is deleted; "
                    + "set its retention to 0 or run without --remove"
            )
        }
        try LeaverGuard(limit: options.deleteLimit, spent: target.spent).check(
            source.count,
            lastSize: try await ledger.lastSourceSize(like: target.record),
            LeaverGuard.DestinationCount(
                portraits: try await target.outcome.listing.count(),
                leavers: leavers,
                doubt: target.outcome.deleteDoubt
            )
        )
        // On devices ids are what they are; people and spreadsheets damage them.
        guard leavers > 0, source.isMadeByHand else { return }
        try await LeaverGuard.check(
            target.work.leavers,
            besides: try await newcomers(besides: rejected),
            in: target.outcome.listing
        )
    }

    /// The rows that the target does not have as they are, those that were rejected among them.
    private func newcomers(besides rejected: Newcomers) async throws -> Newcomers {
        var newcomers = rejected
        for changes in [target.work.wholes, target.work.attributes] {
            var last: PortraitID?
            while case let page = try await changes.entries(after: last, limit: 500), let end = page.last {
                last = end.imgID
                let listed = try await target.outcome.listing.entries(of: page.map(\.imgID))
                newcomers.note(page.map { ($0.imgID, $0.name ?? "") }, besides: listed)
            }
        }
        return newcomers
    }
}

/// What was decided about some portraits.
private struct Decided {
    /// A portrait that is to be stored or changed.
    struct Change {
        let row: NewRow
        let entry: ListingEntry
        let planned: PlannedChange
    }

    var count = 0
    var unchanged: [NewRow] = []
    var changes: [Change] = []
    var unreadable: [(row: NewRow, settlement: Settlement)] = []
    var leavers: [ListingEntry] = []

    mutating func take(
        _ portrait: MergedPortrait,
        _ ordinal: Int,
        _ library: any PortraitLibrary,
        _ survey: PairSurvey
    ) {
        guard let entry = portrait.first?.entry else {
            if let leaver = portrait.second?.entry { leavers.append(leaver) }
            return
        }
        count += 1
        let row = NewRow(
            key: portrait.id.text,
            ordinal: ordinal,
            source: library.place(of: entry),
            line: nil,
            imgID: portrait.id.text,
            name: entry.name ?? portrait.second?.entry.name ?? "",
            rejection: nil
        )
        func change(_ kind: PlannedChange.Kind) {
            let planned = PlannedChange(kind: kind, id: portrait.id, name: row.name)
            changes.append(Change(row: row, entry: entry, planned: planned))
        }
        guard let finding = portrait.finding else { return change(.store) }
        if finding.isSame {
            unchanged.append(row)
        } else if finding.picture == .different {
            change(.replace)
        } else if finding.attributes == .different && finding.picture == .same {
            change(.attributes)
        } else {
            let failure = survey.obstacle(to: finding, portrait.id)
            unreadable.append(
                (row, Settlement(key: row.key, outcome: failure.outcome, failure.rejection))
            )
        }
    }
}

extension Ledger {
    /// Registers rows that go no further, and counts them.
    fileprivate func note(_ rows: [NewRow], in job: String, _ progress: ProgressBoard) async throws {
        _ = try await register(rows, in: job)
        progress.note { counts in
            counts.found += rows.count
            counts.rejected += rows.count
        }
    }
}
