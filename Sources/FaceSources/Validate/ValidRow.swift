// SPDX-License-Identifier: Apache-2.0
public import FaceModel

/// A row whose values a device can take.
public struct ValidRow: Hashable, Sendable {
    /// The row as it was found.
    public var row: ScannedRow
    /// The portrait's id; `nil` where it is to be derived from the photo's content.
    public var id: PortraitID?
    /// The values, trimmed and in Unicode's composed form (NFC).
    public var attributes: PersonAttributes
    /// What was noticed and does not stop the row; never holds a value.
    public var warnings: [Rejection]

    /// Collects a checked row.
    ///
    /// - Parameters:
    ///   - row: The row as it was found.
    ///   - id: The portrait's id, if the source gives one.
    ///   - attributes: The checked values.
    ///   - warnings: What was noticed.
    public init(row: ScannedRow, id: PortraitID?, attributes: PersonAttributes, warnings: [Rejection] = []) {
        self.row = row
        self.id = id
        self.attributes = attributes
        self.warnings = warnings
    }
}

/// A row that no device can take as it is.
public struct InvalidRow: Error, Hashable, Sendable {
    /// The most characters of an id or a name that is reported, more than any that is stored.
    static let longestText = RowValidator.maximumLength + 1

    /// The row as it was found.
    public var row: ScannedRow
    /// The id as far as it can be told, else `""`; not checked, but cut short where it is longer than any.
    public var imgID: String
    /// The person's name as far as it can be told, else `""`; cut short where it is longer than any.
    public var name: String
    /// Why the row cannot go through: all that can be told of it without its photo.
    public var faults: [Rejection]
    /// What was noticed besides; never holds a value.
    public var warnings: [Rejection]

    /// Faults and warnings, the gravest first.
    public var reasons: [Rejection] { Rejection.gravestFirst(faults, warnings) }

    /// Collects a refused row.
    ///
    /// - Parameters:
    ///   - row: The row as it was found.
    ///   - imgID: The id as far as it can be told.
    ///   - name: The name as far as it can be told.
    ///   - faults: Why the row cannot go through, at least one reason.
    ///   - warnings: What was noticed besides.
    public init(row: ScannedRow, imgID: String, name: String, faults: [Rejection], warnings: [Rejection] = []) {
        self.row = row
        self.imgID = Self.reported(imgID)
        self.name = Self.reported(name)
        self.faults = faults
        self.warnings = warnings
    }

    /// A text as reports show it.
    static func reported(_ text: String) -> String { text.shortened(to: longestText) }
}
