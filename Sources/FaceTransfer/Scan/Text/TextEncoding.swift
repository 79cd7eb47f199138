// SPDX-License-Identifier: Apache-2.0

/// The encodings in which spreadsheets and file names come.
enum TextEncoding: String, Sendable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    case gb18030 = "GB18030"
    case windows1252 = "CP1252"

    /// The encoding's name as people know it; the raw value is iconv's.
    var title: String { self == .windows1252 ? "Windows-1252" : rawValue }
}

/// What a text is written in.
struct DetectedEncoding: Equatable {
    let encoding: TextEncoding
    /// How many bytes at its beginning are a byte order mark.
    let markLength: Int
}
