// SPDX-License-Identifier: Apache-2.0

import CLibPNG
import FaceModel

/// Decodes PNG of every kind into RGB through libpng's simplified interface, which never jumps.
enum PNGDecoder {
    /// Decodes a file.
    ///
    /// - Parameters:
    ///   - view: The file.
    ///   - pixels: Where the picture goes, laid on white where it is transparent.
    /// - Throws: `image.format` where the kind cannot be read, `image.truncated` where the data is cut or damaged.
    static func decode(_ view: ByteView, into pixels: PackedPixels) throws(Rejection) {
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        defer { png_image_free(&image) }
        guard png_image_begin_read_from_memory(&image, view.base.baseAddress, view.count) != 0 else {
            throw Rejection(.imageFormat, words(of: image))
        }
        // Without this, 16-bit pictures that name no gamma are taken as linear and come out far too bright.
        image.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
        image.format = fl_png_format_rgb
        pixels.reshape(PixelSize(width: Int(image.width), height: Int(image.height)), stride: 3)
        var white = png_color(red: 255, green: 255, blue: 255)
        let isRead = png_image_finish_read(&image, &white, pixels.base, png_int_32(pixels.width * 3), nil)
        guard isRead != 0, fl_png_failed(&image) == 0 else {
            throw Rejection(.imageTruncated, words(of: image))
        }
    }

    private static func words(of image: png_image) -> String {
        withUnsafeBytes(of: image.message) { text in
            String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
