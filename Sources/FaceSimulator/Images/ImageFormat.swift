// SPDX-License-Identifier: Apache-2.0

/// The picture formats that the device takes, told by their first bytes (P11).
enum ImageFormat: String, Sendable {
    case jpeg = "jpg"
    case png
    case bmp
    case tiff = "tif"

    /// The format whose magic number `bytes` begin with; HEIC, WebP and everything else are `nil`.
    init?(magicOf bytes: [UInt8]) {
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if bytes.starts(with: [0x42, 0x4D]) {
            self = .bmp
        } else if bytes.starts(with: [0x49, 0x49, 0x2A, 0]) || bytes.starts(with: [0x4D, 0x4D, 0, 0x2A]) {
            self = .tiff
        } else {
            return nil
        }
    }

    /// The format that a file name's extension says.
    init?(extensionOf name: String) {
        guard let dot = name.lastIndex(of: ".") else { return nil }
        let text = name[name.index(after: dot)...].lowercased()
        self.init(rawValue: ["jpeg": "jpg", "tiff": "tif"][text] ?? text)
    }
}
