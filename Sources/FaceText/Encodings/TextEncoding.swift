// SPDX-License-Identifier: Apache-2.0

/// An encoding of text, by the name under which the system's iconv knows it.
public struct TextEncoding: Hashable, Sendable {
    /// iconv's name, such as `CP1251`; it is what jobs and reports remember.
    public let name: String

    init(_ name: String) { self.name = name }

    package static let utf8 = TextEncoding("UTF-8")
    static let utf16LittleEndian = TextEncoding("UTF-16LE")
    static let utf16BigEndian = TextEncoding("UTF-16BE")
    static let utf32LittleEndian = TextEncoding("UTF-32LE")
    static let utf32BigEndian = TextEncoding("UTF-32BE")
    package static let gb18030 = TextEncoding("GB18030")
    static let windows1252 = TextEncoding("CP1252")

    /// The name as people know it.
    public var title: String { Self.titles[name] ?? name }

    private static let titles: [String: String] = [
        "BIG5-HKSCS": "Big5", "CP932": "Shift JIS", "CP949": "EUC-KR", "CP874": "Windows-874", "JOHAB": "Johab",
        "MACINTOSH": "Mac Roman", "MAC-CENTRALEUROPE": "Mac Central European", "MAC-CYRILLIC": "Mac Cyrillic",
        "CP1250": "Windows-1250", "CP1251": "Windows-1251", "CP1252": "Windows-1252", "CP1253": "Windows-1253",
        "CP1254": "Windows-1254", "CP1255": "Windows-1255", "CP1256": "Windows-1256", "CP1257": "Windows-1257",
        "CP1258": "Windows-1258",
    ]
}

/// What a text is written in.
package struct DetectedEncoding: Equatable {
    package let encoding: TextEncoding
    /// How many bytes at its beginning are a byte order mark.
    package let markLength: Int
    /// A few words as they read, where the encoding was guessed by how they read.
    package var words: [String] = []
}
