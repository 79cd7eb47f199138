// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceLibraries
import FaceModel

/// Lists a target again after the work and compares it with the source: what differs now and has no row that says so
/// is a contradiction.
struct MirrorCheck: Sendable {
    let target: OpenTarget
    let ledger: any Ledger
    /// Whether portraits that the source does not have were to be removed.
    let removes: Bool

    /// What was found.
    struct Result: Sendable {
        /// How many portraits differ without a row that says so.
        var differences = 0
        /// Why the listing may not be complete.
        var doubt: String?
    }

    /// Compares.
    ///
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    func run() async throws -> Result {
        let outcome = try await target.library.list(into: ledger)
        // Without leavers to look for, nobody is asked of but whom the source has, each alone where that is needed.
        var result = Result(doubt: removes ? outcome.doubt : nil)
        do {
            try await target.library.complete(outcome, by: target.survey.first.listing)
            let survey = PairSurvey(
                first: target.survey.first,
                second: target.study.over(outcome.listing),
                ledger: ledger,
                judge: PairJudge(freshSince: target.survey.judge.freshSince)
            )
            try await survey.run { group in
                var doubtful: [(key: String, detail: String)] = []
                for portrait in group {
                    guard portrait.first != nil else {
                        // A leaver that stayed has a row of its own; anybody else has come meanwhile.
                        let isLeaver = try await target.work.leavers.entries(of: [portrait.id])[portrait.id] != nil
                        if removes && !isLeaver { result.differences += 1 }
                        continue
                    }
                    guard let finding = portrait.finding else {
                        doubtful.append((portrait.id.text, "the target does not have it after the work"))
                        continue
                    }
                    if !finding.isSame {
                        let fields = finding.fields.isEmpty ? "" : ": " + finding.fields.joined(separator: ", ")
                        doubtful.append((portrait.id.text, "it is not the same after the work" + fields))
                    }
                }
                result.differences += try await settle(doubtful)
            }
        } catch {
            await outcome.listing.close()
            throw error
        }
        await outcome.listing.close()
        return result
    }

    /// Turns the rows of what differs into failures, unless they are no successes anyway.
    private func settle(_ doubtful: [(key: String, detail: String)]) async throws -> Int {
        guard !doubtful.isEmpty else { return 0 }
        let job = target.record.id
        let outcomes = try await ledger.outcomes(ofRows: doubtful.map(\.key), of: job)
        let wrong = doubtful.filter { [.stored, .updated, .unchanged].contains(outcomes[$0.key]) }
        try await ledger.settle(
            wrong.map { Settlement(key: $0.key, outcome: .failed, Rejection(.deviceContradicts, $0.detail)) },
            in: job
        )
        return wrong.count
    }
}

extension LibraryStudy {
    /// The same study over another listing of the library.
    fileprivate func over(_ listing: any Listing) -> LibraryStudy {
        LibraryStudy(
            library: library,
            listing: listing,
            ledger: ledger,
            workshop: workshop,
            workers: workers,
            failures: ReadFailures()
        )
    }
}
