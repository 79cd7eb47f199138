// SPDX-License-Identifier: Apache-2.0
package import FaceLedger
package import FaceModel

/// A portrait of a snapshot.
package struct SnapshotRow: Sendable, Hashable {
    /// The portrait as its device had it, in clear; a field that the device shows to nobody is `nil`.
    package var listed: ListedPortrait
    /// The name of its image in the repository, `""` where the device kept none.
    package var image: String
    /// When its attributes were last read in clear, in seconds since 1970.
    package var readAt: Int

    package init(listed: ListedPortrait, image: String, readAt: Int) {
        self.listed = listed
        self.image = image
        self.readAt = readAt
    }

    /// The id.
    package var id: PortraitID { listed.id }

    /// When its attributes were last read in clear, as far as the clock was right: a time that is still to come is none.
    package func lastRead(before now: Double) -> Int { Double(readAt) > now + SnapshotOrder.tolerance ? 0 : readAt }

    /// Whether something of it could not be had.
    package var isIncomplete: Bool { image.isEmpty || listed.isMasked }

    /// Whether two rows say the same of the person, whenever and wherever they were read.
    package func isSame(as other: SnapshotRow) -> Bool {
        image == other.image && listed.name == other.listed.name && listed.identity == other.listed.identity
            && listed.gender == other.listed.gender && listed.age == other.listed.age
            && listed.address == other.listed.address
    }
}

extension SnapshotRow {
    /// A row back from where it was spilled.
    package init(spilled entry: ListingEntry) {
        let parts = entry.imagePath.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        listed = ListedPortrait(entry.imgID, entry)
        listed.imagePath = ListedPortrait.imagePath(ofStamp: entry.stamp)
        readAt = parts.first.flatMap { Int($0) } ?? 0
        image = parts.count > 1 ? String(parts[1]) : ""
    }

    /// What a spill file keeps of the row.
    package var spilled: ListingEntry {
        var entry = ListingEntry(listed)
        entry.imagePath = "\(readAt)|\(image)"
        return entry
    }
}
