// SPDX-License-Identifier: Apache-2.0
import FaceTransport

/// An image as 1032 sends it: base64, with or without a data URI's prefix, or something unreadable (interface P8).
enum ReceivedImage {
    /// The image's bytes.
    ///
    /// - Parameter text: The text of `img`.
    /// - Returns: The bytes; `nil` for `""`, for what is no base64, and for bytes that begin like no image.
    static func bytes(of text: String) -> [UInt8]? {
        var encoded = text[...]
        if text.hasPrefix("data:") {
            guard let comma = text.firstIndex(of: ",") else { return nil }
            encoded = text[text.index(after: comma)...]
        }
        guard let bytes = Base64.decode(encoded), isImage(bytes) else { return nil }
        return bytes
    }

    /// The first bytes of JPEG, PNG, BMP and both kinds of TIFF.
    private static let beginnings: [[UInt8]] = [
        [0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47], Array("BM".utf8), Array("II*\0".utf8), Array("MM\0*".utf8),
    ]

    private static func isImage(_ bytes: [UInt8]) -> Bool { beginnings.contains { bytes.starts(with: $0) } }
}
