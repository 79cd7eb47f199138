// SPDX-License-Identifier: Apache-2.0
public import FaceModel

/// A row as it enters the ledger.
public struct NewRow: Sendable, Hashable {
    /// The row's identity in its source, the same on every run.
    public var key: String
    /// Its place in the order of the source, counted from 0; for sorting only.
    public var ordinal: Int
    /// What the report shows.
    public var source: String
    /// The line of the CSV.
    public var line: Int?
    /// The id as far as it is known; `""` takes no part in the search for duplicates.
    public var imgID: String
    /// The person's name, for the report.
    public var name: String
    /// What is already known against the row, the gravest; `nil` when work is to be done on it.
    public var rejection: Rejection?
    /// What else is known about a row with a rejection, the gravest first.
    public var further: [Rejection]

    /// Describes a row.
    public init(
        key: String,
        ordinal: Int,
        source: String,
        line: Int?,
        imgID: String,
        name: String,
        rejection: Rejection?,
        further: [Rejection] = []
    ) {
        self.key = key
        self.ordinal = ordinal
        self.source = source
        self.line = line
        self.imgID = imgID
        self.name = name
        self.rejection = rejection
        self.further = further
    }
}

/// What the ledger says of a row that was registered.
public enum Registration: Sendable, Hashable {
    /// Work is to be done on it.
    case open
    /// It ended in an earlier attempt of this job.
    case settled(Outcome)
    /// An earlier row has its img_id; recorded as `duplicate`.
    case duplicate(of: String)
    /// It was handed in with a rejection, which is recorded.
    case rejected
}
