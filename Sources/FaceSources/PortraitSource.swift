// SPDX-License-Identifier: Apache-2.0
public import FaceText
import SystemPackage

/// A folder, an archive, a spreadsheet or a report whose rows can be read, any number of times.
public protocol PortraitSource: Sendable {
    /// The source as it was typed.
    var title: String { get }
    /// What a report of a job over this source names as its origin, so that its rows can be read again.
    var origin: SourceOrigin { get }
    /// What people should know about the latest reading; complete when the last row has been read.
    var notices: [SourceNotice] { get }

    /// Why the latest reading may not have found all portraits there are, `nil` where it has; complete when the last row
    /// has been read. Nobody who is missing from such a source may be taken for gone.
    var gap: String? { get }

    /// The rows in a stable order, read while they are asked for.
    ///
    /// Reading blocks the calling thread for as long as the disk takes. Iterating throws ``SourceError`` when the
    /// source cannot be read to its end: rows delivered before are sound, but they are not all.
    func rows() -> RowSequence

    /// How many rows ``rows()`` gives now; opens no photo whose name has a picture's extension.
    ///
    /// - Throws: ``SourceError`` when the source cannot be read to its end.
    func countRows() throws -> Int

    /// Where the photo of a row is, by what reports call the row; `nil` where nobody can tell.
    func photo(reportedAs source: String) -> PhotoPlace?
}

/// Where the rows of a source come from, in the terms of a job's `summary.json`.
public struct SourceOrigin: Hashable, Sendable {
    /// The folder or CSV, as it was typed.
    public var source: String
    /// The absolute folder from which `source` and the paths of the rows are seen.
    public var directory: String
    /// The encoding that the user named for tables and file names, `nil` where it was left to the evidence.
    public var encoding: TextEncoding?

    /// Names an origin.
    ///
    /// - Parameters:
    ///   - source: The folder or CSV, as it was typed.
    ///   - directory: The absolute folder from which it is seen.
    ///   - encoding: The encoding that the user named.
    public init(source: String, directory: String, encoding: TextEncoding? = nil) {
        self.encoding = encoding
        self.source = source
        self.directory = directory
    }
}

/// One clear sentence on how a source was read, for a person.
public struct SourceNotice: Hashable, Sendable {
    /// The sentence, without a full stop.
    public var text: String

    /// Wraps a sentence.
    ///
    /// - Parameter text: The sentence, without a full stop.
    public init(_ text: String) { self.text = text }
}
