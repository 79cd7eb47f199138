// SPDX-License-Identifier: Apache-2.0
package import FaceLedger
import FaceLibraries
import FaceModel

/// Decides, before anything is changed, whether portraits that the source no longer has may be deleted
/// (design rule 5): one guard for every job that deletes.
package struct LeaverGuard: Sendable {
    package let limit: DeleteLimit
    /// How many portraits the run deletes in other libraries of the same device.
    package var spent = 0

    package init(limit: DeleteLimit, spent: Int = 0) {
        self.limit = limit
        self.spent = spent
    }

    /// What the destination has.
    package struct DestinationCount: Sendable {
        /// How many portraits it has.
        package var portraits: Int
        /// How many of them the source does not have.
        package var leavers: Int
        /// Why its listing must not be the ground for a delete, `nil` for none.
        package var doubt: String?

        package init(portraits: Int, leavers: Int, doubt: String? = nil) {
            self.portraits = portraits
            self.leavers = leavers
            self.doubt = doubt
        }
    }

    /// Passes when the leavers may go.
    ///
    /// - Parameters:
    ///   - source: What the source has now.
    ///   - lastSize: How many rows it had when the job ran last, `nil` when it never did.
    ///   - destination: What the destination has.
    /// - Throws: ``SafetyStop`` that names the reason.
    package func check(_ source: SourceCount, lastSize: Int?, _ destination: DestinationCount) throws(SafetyStop) {
        if destination.leavers > 0, source.rows == 0 {
            throw SafetyStop(message: "the source is empty, so nothing is deleted")
        }
        // Who left cannot be told from such a listing, whether it shows leavers or not.
        if let doubt = source.doubt ?? destination.doubt {
            throw SafetyStop(message: "\(doubt), so nothing is deleted; run again when nobody else changes the library")
        }
        guard destination.leavers > 0 else { return }
        if let obstacle = source.obstacle {
            throw SafetyStop(
                message: "\(obstacle), so nobody can tell who left and nothing is deleted; "
                    + "put that right or run without --remove"
            )
        }
        if let lastSize, source.rows * 2 <= lastSize {
            throw SafetyStop(
                message: "the source shrank from \(counted(lastSize, "row")) to \(source.rows), so nothing is deleted; "
                    + "run once without --remove if that is right"
            )
        }
        let allowed = limit.allowed(of: destination.portraits, spent: spent)
        guard destination.leavers <= allowed else {
            throw SafetyStop(
                message:
                    "\(destination.leavers) of \(counted(destination.portraits, "portrait")) \(destination.leavers == 1 ? "is" : "are") not in the source and would "
                    + "be deleted, at most \(allowed) are allowed; nothing was changed; raise --max-delete if that is right"
            )
        }
    }
}

extension LeaverGuard {
    /// Passes when no leaver looks like a row that the destination does not have as it is: its img_id may have lost a
    /// zero, or stand on another row.
    ///
    /// - Parameters:
    ///   - leavers: A listing whose unseen entries are to be deleted.
    ///   - newcomers: The rows that are new to the destination.
    ///   - library: The destination's listing, asked which names are one person's.
    /// - Throws: ``SafetyStop`` that names the leaver, and `LedgerError`.
    package static func check(_ leavers: any Listing, besides newcomers: Newcomers, in library: any Listing)
        async throws
    {
        guard !newcomers.isEmpty else { return }
        var namesakes: [String: PortraitID] = [:]
        var last: PortraitID?
        while case let page = try await leavers.unseen(after: last, limit: 500), let end = page.last {
            last = end.imgID
            if let leaver = page.first(where: newcomers.hasNearlySameID) {
                throw likeness(of: leaver.imgID, "nearly the same img_id")
            }
            for leaver in page where newcomers.hasSameName(as: leaver) { namesakes[leaver.name ?? ""] = leaver.imgID }
        }
        if let (_, leaver) = try await only(namesakes, in: library).min(by: { $0.value.text < $1.value.text }) {
            throw likeness(of: leaver, "the same name")
        }
    }

    /// Those of some names that only one portrait has: where several are called alike, a name tells nothing.
    private static func only(_ names: [String: PortraitID], in library: any Listing) async throws -> [String:
        PortraitID]
    {
        var names = names
        var last: PortraitID?
        while !names.isEmpty, case let page = try await library.entries(after: last, limit: 500), let end = page.last {
            last = end.imgID
            for entry in page where names[entry.name ?? ""].map({ $0 != entry.imgID }) == true {
                names[entry.name ?? ""] = nil
            }
        }
        return names
    }

    private static func likeness(of leaver: PortraitID, _ what: String) -> SafetyStop {
        SafetyStop(
            message: "\(leaver) would be deleted, and a new row of the source has \(what), so nothing is deleted; "
                + "correct the row's img_id, or run once without --remove if these are two persons"
        )
    }
}

extension LibraryListing.Outcome {
    /// What the guard must know of a listed library in which the source's ids have been marked.
    package func counted() async throws -> LeaverGuard.DestinationCount {
        LeaverGuard.DestinationCount(
            portraits: try await listing.count(),
            leavers: try await listing.unseenCount(),
            doubt: deleteDoubt
        )
    }
}

extension Ledger {
    /// How many rows the source of a job had when a job of the same kind finished last, `nil` when none ever did.
    ///
    /// The portraits that such a job removed, or would have, stand among its rows too, and are not counted.
    package func lastSourceSize(like job: JobRecord) async throws -> Int? {
        guard let last = try await lastFinished(command: job.command, source: job.source, target: job.target) else {
            return nil
        }
        return try await sourceRowCount(of: last.id)
    }
}
