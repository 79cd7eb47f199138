// SPDX-License-Identifier: Apache-2.0

/// One portrait of two libraries that were compared.
public struct ComparedPortrait: Sendable, Hashable {
    /// Which of them has it, and whether it is the same.
    public var mark: ComparisonMark
    /// The id; as far as it is known where a row of a library is no portrait.
    public var imgID: String
    /// The name as far as it is shown, the first library's before the second's.
    public var name: String
    /// What the library that has it calls it.
    public var source: String
    /// The line of the CSV it stands on, counted from 1.
    public var line: Int?
    /// What differs, or why it could not be read; names fields and never values.
    public var detail: String
    /// Why it could not be read.
    public var reason: Reason?

    /// Collects what is said of one portrait.
    ///
    /// - Parameters:
    ///   - mark: Which library has it, and whether it is the same.
    ///   - imgID: The id.
    ///   - name: The name.
    ///   - source: What the library calls it.
    ///   - line: The line of the CSV.
    ///   - detail: What differs.
    ///   - reason: Why it could not be read.
    public init(
        mark: ComparisonMark,
        imgID: String,
        name: String,
        source: String,
        line: Int? = nil,
        detail: String = "",
        reason: Reason? = nil
    ) {
        self.mark = mark
        self.imgID = imgID
        self.name = name
        self.source = source
        self.line = line
        self.detail = detail
        self.reason = reason
    }
}

/// What a comparison came to, in numbers.
public struct ComparisonSummary: Sendable, Hashable {
    /// One library as it was typed.
    public var first: String
    /// The other one as it was typed.
    public var second: String
    /// How many portraits have each mark.
    public var marks: [ComparisonMark: Int]
    /// How long it took, in seconds.
    public var seconds: Double

    /// How many portraits there are in all.
    public var total: Int { marks.values.reduce(0, +) }

    /// Begins without portraits.
    ///
    /// - Parameters:
    ///   - first: One library as it was typed.
    ///   - second: The other one as it was typed.
    public init(first: String, second: String) {
        self.first = first
        self.second = second
        marks = [:]
        seconds = 0
    }
}
