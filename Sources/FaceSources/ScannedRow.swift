// SPDX-License-Identifier: Apache-2.0
public import FaceModel

/// One row of a source as it was found, before validation.
public struct ScannedRow: Hashable, Sendable {
    /// The most characters of a `source` that a table's cell gave.
    static let longestSource = 1_024

    /// The row's identity in its source, the same on every run: the path below the source in NFC, or `line 17`.
    public var key: String
    /// Where the row came from, for reports: the photo's path as seen from where the command runs.
    public var source: String
    /// The physical line on which the row starts in its CSV, counted from 1; `nil` for a file name.
    public var line: Int?
    /// The id as the CSV gives it, `nil` when empty or when the file name holds it.
    public var imgID: String?
    /// The values as they were read.
    public var values: RowValues
    /// Where the photo is, spelled as it is there and ready to be read; `nil` when there is none.
    public var photo: PhotoPlace?
    /// Why the row cannot go through, where that is known already.
    public var rejection: Rejection?

    /// Collects a row.
    ///
    /// - Parameters:
    ///   - key: The row's identity in its source.
    ///   - source: Where the row came from, for reports.
    ///   - line: The line of the CSV.
    ///   - imgID: The id as the CSV gives it.
    ///   - values: The values as they were read.
    ///   - photo: Where the photo is.
    ///   - rejection: Why the row cannot go through, where that is known already.
    public init(
        key: String,
        source: String,
        line: Int? = nil,
        imgID: String? = nil,
        values: RowValues,
        photo: PhotoPlace?,
        rejection: Rejection? = nil
    ) {
        self.key = key
        self.source = source
        self.line = line
        self.imgID = imgID
        self.values = values
        self.photo = photo
        self.rejection = rejection
    }
}

/// Where a row's values stand.
public enum RowValues: Hashable, Sendable {
    /// In the photo's file name without its extension; the grammar of batch file names applies.
    case fileName(stem: String)
    /// In cells; `#` is an ordinary text there.
    case cells(RowCells)
}

/// The values of a row of a CSV as they were read; `""` for an empty cell or a missing column.
public struct RowCells: Hashable, Sendable {
    /// The person's name.
    public var name: String
    /// The identity code; never logged.
    public var identity: String
    /// The gender as the spreadsheet writes it.
    public var gender: String
    /// The age as the spreadsheet writes it.
    public var age: String
    /// The address; never logged.
    public var address: String
    /// Whether the name, the identity code and the address are to be taken as they stand, blanks and line ends too.
    public var isExact: Bool

    /// Collects the cells of a row.
    ///
    /// - Parameters:
    ///   - name: The person's name.
    ///   - identity: The identity code.
    ///   - gender: The gender as the spreadsheet writes it.
    ///   - age: The age as the spreadsheet writes it.
    ///   - address: The address.
    ///   - isExact: Whether the values are to be taken as they stand.
    public init(
        name: String = "",
        identity: String = "",
        gender: String = "",
        age: String = "",
        address: String = "",
        isExact: Bool = false
    ) {
        self.name = name
        self.identity = identity
        self.gender = gender
        self.age = age
        self.address = address
        self.isExact = isExact
    }
}
