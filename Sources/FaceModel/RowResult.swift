// SPDX-License-Identifier: Apache-2.0

/// One line of a report: a row of the job and what became of it.
public struct RowResult: Hashable, Sendable {
    /// Where the row came from: the photo's path as seen from where the command was run, or the
    /// portrait's place on the device for what was removed.
    public var source: String
    /// The line of the CSV the row stands on, counted from 1; `nil` for a folder.
    public var line: Int?
    /// The portrait's id as far as it is known, else `""`.
    public var imgID: String
    /// The person's name, else `""`.
    public var name: String
    /// What became of the row.
    public var outcome: Outcome
    /// Why it did not go through, or what was noticed about a row that did; of several reasons the gravest.
    public var reason: Reason?
    /// What was found in this case.
    public var detail: String
    /// The device's own code, when the device spoke.
    public var deviceCode: Int?
    /// What else was found about the row, the gravest first; nothing without a `reason`.
    public var further: [Rejection]

    /// All reasons, the gravest first; empty without any.
    public var reasons: [Rejection] {
        reason.map { [Rejection($0, detail, deviceCode: deviceCode)] + further } ?? []
    }

    /// Collects one line of a report.
    ///
    /// - Parameters:
    ///   - source: Where the row came from.
    ///   - line: The line of the CSV, counted from 1.
    ///   - imgID: The portrait's id.
    ///   - name: The person's name.
    ///   - outcome: What became of the row.
    ///   - reason: Why it did not go through.
    ///   - detail: What was found.
    ///   - deviceCode: The device's own code.
    ///   - further: What else was found about the row.
    public init(
        source: String,
        line: Int? = nil,
        imgID: String = "",
        name: String = "",
        outcome: Outcome,
        reason: Reason? = nil,
        detail: String = "",
        deviceCode: Int? = nil,
        further: [Rejection] = []
    ) {
        self.source = source
        self.line = line
        self.imgID = imgID
        self.name = name
        self.outcome = outcome
        self.reason = reason
        self.detail = detail
        self.deviceCode = deviceCode
        self.further = further
    }
}
