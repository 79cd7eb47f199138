// SPDX-License-Identifier: Apache-2.0
public import FaceRepository

/// How a backup is made.
public struct BackupOptions: Sendable, Hashable {
    /// Reads every portrait again, whatever the last snapshot has.
    public var readsEverything = false
    /// Which share of the masked attributes is read again in clear, those first that were read longest ago.
    public var rereadShare = 1.0 / 7
    /// Which share of the images that were there before is read back at the end.
    public var sampleShare = 0.01
    /// Writes nothing: says what would be read.
    public var isRehearsal = false
    /// How many portraits are worked on at once.
    public var workers = 2

    /// A backup that reads what changed, and a seventh of what is masked.
    public init() {}
}

/// What came of a backup.
public struct BackupEnd: Sendable {
    /// The snapshot; `nil` after a rehearsal.
    public var snapshot: Snapshot?
    /// How many portraits the device listed.
    public var listed: Int
    /// How many images are new in the repository.
    public var newImages: Int
    /// How many bytes their archives have.
    public var newBytes: Int
    /// How many bytes the repository got in all, with the snapshot's manifest.
    public var writtenBytes: Int
    /// How many images that were there before were read back.
    public var sampled: Int
}
