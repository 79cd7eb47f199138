// SPDX-License-Identifier: Apache-2.0
public import FaceModel

/// What became of a row.
public struct Settlement: Sendable, Hashable {
    /// The row's key.
    public var key: String
    /// The outcome.
    public var outcome: Outcome
    /// Why, or what was noticed; of several reasons the gravest.
    public var reason: Reason?
    /// What was found.
    public var detail: String
    /// The device's own code.
    public var deviceCode: Int?
    /// What else was found about the row, the gravest first; nothing without a `reason`.
    public var further: [Rejection]
    /// The id, where it became known only later (derived from the content).
    public var imgID: String?

    /// Settles a row.
    public init(
        key: String,
        outcome: Outcome,
        reason: Reason? = nil,
        detail: String = "",
        deviceCode: Int? = nil,
        further: [Rejection] = [],
        imgID: String? = nil
    ) {
        self.key = key
        self.outcome = outcome
        self.reason = reason
        self.detail = detail
        self.deviceCode = deviceCode
        self.further = further
        self.imgID = imgID
    }
}
