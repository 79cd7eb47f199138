// SPDX-License-Identifier: Apache-2.0
public import FaceUpload

/// What a mirror may do beyond adding and updating.
public struct MirrorOptions: Sendable, Hashable {
    /// Makes libraries that are not there, with the source's type.
    public var creates = false
    /// Deletes portraits that the source does not have.
    public var removes = false
    /// How many may be deleted.
    public var deleteLimit = DeleteLimit.standard
    /// Reads everything again, whatever the ledger knows.
    public var readsEverything = false
    /// Which share of the masked attributes is read again, those first that were read longest ago; from 0 to 1.
    public var rereadShare = 0.0
    /// Changes nothing: rows that would go through end as ready.
    public var isRehearsal = false
    /// How many portraits are worked on at once.
    public var workers = 2

    /// A mirror that only adds and updates.
    public init() {}
}
