// SPDX-License-Identifier: Apache-2.0

/// The key of a portrait in its library: 1 to 48 of `A-Z a-z 0-9 -` (`img_id`, interface P1).
///
/// Compared exactly: `e-17` and `E-17` are two portraits.
public struct PortraitID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The most characters a device takes.
    public static let maximumLength = 48

    /// The id as the device knows it.
    public let text: String

    /// Checks `text` against the alphabet and the length.
    ///
    /// - Parameter text: What a file name, a spreadsheet or a device gave.
    /// - Throws: ``Rejection`` with ``Reason/imgIDLength`` or ``Reason/imgIDCharacters``.
    public init(_ text: String) throws(Rejection) {
        let count = text.utf8.count
        guard text.utf8.allSatisfy(Self.isAllowed) else {
            throw Rejection(.imgIDCharacters, "img_id \"\(text)\" has characters other than A-Z a-z 0-9 and -")
        }
        guard (1...Self.maximumLength).contains(count) else {
            throw Rejection(.imgIDLength, "img_id has \(count) characters, 1 to \(Self.maximumLength) are allowed")
        }
        self.text = text
    }

    /// Takes an id that a device listed, whatever its characters: its own examples break its own rule (P1).
    ///
    /// - Parameter text: The id exactly as the device gave it.
    public init(asListed text: String) {
        self.text = text
    }

    /// The id as the device knows it.
    public var description: String { text }

    /// Whether two ids are the same bytes: Unicode's equal spellings of a listed id are two ids, to a device too.
    public static func == (left: Self, right: Self) -> Bool {
        let (mine, theirs) = (left.text.utf8Span.span, right.text.utf8Span.span)
        guard mine.count == theirs.count else { return false }
        for place in mine.indices where mine[place] != theirs[place] { return false }
        return true
    }

    /// Orders ids by the bytes of their UTF-8, as the ledger does, so that two listings can be merged.
    public static func < (left: Self, right: Self) -> Bool {
        let (mine, theirs) = (left.text.utf8Span.span, right.text.utf8Span.span)
        for place in 0..<min(mine.count, theirs.count) where mine[place] != theirs[place] {
            return mine[place] < theirs[place]
        }
        return mine.count < theirs.count
    }

    /// Feeds the id to a hasher.
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
