// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel

/// Decides, before anything is changed, whether portraits that the source no longer has may be deleted
/// (design rule 5): one guard for every job that deletes.
struct LeaverGuard: Sendable {
    let limit: DeleteLimit
    /// How many portraits the run deletes in other libraries of the same device.
    var spent = 0

    /// What a walk through the source found.
    struct SourceCount: Sendable {
        /// How many rows it has.
        var rows = 0
        /// Rows whose img_id could not be read: a portrait on the device may be theirs.
        var unidentified = NameSample()
        /// Why there may be portraits that the walk did not find, `nil` for none.
        var doubt: String?
    }

    /// What the destination has.
    struct DestinationCount: Sendable {
        /// How many portraits it has.
        var portraits: Int
        /// How many of them the source does not have.
        var leavers: Int
        /// Why its listing must not be the ground for a delete, `nil` for none.
        var doubt: String?
    }

    /// Passes when the leavers may go.
    ///
    /// - Parameters:
    ///   - source: What the source has now.
    ///   - lastSize: How many rows it had when the job ran last, `nil` when it never did.
    ///   - destination: What the destination has.
    /// - Throws: ``SafetyStop`` that names the reason.
    func check(_ source: SourceCount, lastSize: Int?, _ destination: DestinationCount) throws(SafetyStop) {
        if destination.leavers > 0, source.rows == 0 {
            throw SafetyStop(message: "the source is empty, so nothing is deleted")
        }
        // Who left cannot be told from such a listing, whether it shows leavers or not.
        if let doubt = source.doubt ?? destination.doubt {
            throw SafetyStop(message: "\(doubt), so nothing is deleted; run again when nobody else changes the library")
        }
        guard destination.leavers > 0 else { return }
        if let lastSize, source.rows * 2 <= lastSize {
            throw SafetyStop(
                message: "the source shrank from \(counted(lastSize, "row")) to \(source.rows), so nothing is deleted; "
                    + "run once without --remove if that is right"
            )
        }
        if source.unidentified.count > 0 {
            throw SafetyStop(
                message: "\(source.unidentified.counted("row has", "rows have")) no readable img_id "
                    + "(\(source.unidentified.list)), so nobody can tell who left; correct them or run without --remove"
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

extension LibraryListing.Outcome {
    /// What the guard must know of a listed library in which the source's ids have been marked.
    func counted() async throws -> LeaverGuard.DestinationCount {
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
    func lastSourceSize(like job: JobRecord) async throws -> Int? {
        guard let last = try await lastFinished(command: job.command, source: job.source, target: job.target) else {
            return nil
        }
        return try await sourceRowCount(of: last.id)
    }
}
