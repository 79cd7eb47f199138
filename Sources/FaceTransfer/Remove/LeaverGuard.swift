// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel

/// Decides, before anything is changed, whether portraits that the source no longer has may be deleted.
struct LeaverGuard: Sendable {
    let limit: DeleteLimit

    /// What a walk through the source found.
    struct SourceCount: Sendable {
        /// How many rows it has.
        var rows = 0
        /// Rows whose img_id could not be read: a portrait on the device may be theirs.
        var unidentified: [String] = []
    }

    /// Passes when the leavers may go.
    ///
    /// - Parameters:
    ///   - source: What the source has now.
    ///   - lastSize: How many rows it had when it was last imported, `nil` when it never was.
    ///   - outcome: The library's listing, in which the source's ids have been marked.
    /// - Throws: ``SafetyStop`` that names the reason.
    func check(_ source: SourceCount, lastSize: Int?, _ outcome: LibraryListing.Outcome) async throws {
        let leavers = try await outcome.listing.unseenCount()
        guard leavers > 0 else { return }
        if source.rows == 0 { throw SafetyStop(message: "the source is empty, so nothing is deleted") }
        if let doubt = outcome.doubt {
            throw SafetyStop(message: "\(doubt), so nothing is deleted; run again when nobody else changes the library")
        }
        if let lastSize, source.rows * 2 <= lastSize {
            throw SafetyStop(
                message: "the source shrank from \(lastSize) rows to \(source.rows), so nothing is deleted; "
                    + "run once without --remove if that is right"
            )
        }
        if let first = source.unidentified.first {
            throw SafetyStop(
                message: "\(source.unidentified.count) rows have no readable img_id (the first is \(first)), "
                    + "so nobody can tell who left; correct them or run without --remove"
            )
        }
        let size = try await outcome.listing.count()
        let allowed = limit.allowed(of: size)
        guard leavers <= allowed else {
            throw SafetyStop(
                message: "\(leavers) of \(size) portraits are not in the source and would be deleted, at most "
                    + "\(allowed) are allowed; nothing was changed; raise --max-delete if that is right"
            )
        }
    }
}
