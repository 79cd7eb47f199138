// SPDX-License-Identifier: Apache-2.0

extension OutgoingImage {
    /// The word of the base64 prefix: `jpg`, `png`, `bmp` or `tif` (interface P13).
    var prefixWord: String {
        switch fileExtension.lowercased() {
        case "jpeg": "jpg"
        case "tiff": "tif"
        default: fileExtension.lowercased()
        }
    }

    /// The content type of a form's file part.
    var contentType: String {
        switch prefixWord {
        case "jpg": "image/jpeg"
        case "tif": "image/tiff"
        default: "image/\(prefixWord)"
        }
    }
}
