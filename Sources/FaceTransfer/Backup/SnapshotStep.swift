// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import FaceRepository

/// How a backup comes by what it writes of one portrait.
enum SnapshotStep: Sendable, Equatable {
    /// It is known: nothing is asked of the device.
    case known(SnapshotRow)
    /// The image is in the repository; the attributes must be read in clear.
    case attributes(SnapshotRow)
    /// All of it must be read.
    case whole
}

extension SnapshotPair {
    /// How the row of a portrait that the device has is come by.
    ///
    /// - Parameters:
    ///   - entry: What the device lists.
    ///   - readsEverything: Whether nothing that was read in an earlier run counts (`--full`).
    /// - Returns: What is known, or what must be read.
    func step(for entry: ListingEntry, readsEverything: Bool) -> SnapshotStep {
        if let fresh { return .known(fresh) }
        guard let row = unmoved, !readsEverything else { return .whole }
        // An image that is listed and was not there the last time may be there now.
        if row.image.isEmpty && !entry.imagePath.isEmpty { return .whole }
        let shown = ListedPortrait(entry.imgID, entry)
        if !shown.isMasked {
            var row = row
            row.listed = shown
            return .known(row)
        }
        // Whoever changed what is shown may have changed what is not.
        let isEdited = row.listed.clearAttributes.map { shown.change(to: $0) != nil } ?? true
        return isEdited ? .attributes(row) : .known(row)
    }
}
