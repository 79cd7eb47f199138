// SPDX-License-Identifier: Apache-2.0

import CLibWebP
import FaceModel

/// Decodes still WebP pictures.
enum WebPDecoder {
    /// Decodes a file.
    ///
    /// - Parameters:
    ///   - view: The file.
    ///   - header: What its header says.
    ///   - pixels: Where the picture goes, laid on white where it is transparent.
    /// - Throws: `image.format` where the kind cannot be read, `image.truncated` where the data is cut or damaged.
    static func decode(_ view: ByteView, _ header: ImageHeader, into pixels: PackedPixels) throws(Rejection) {
        var config = WebPDecoderConfig()
        guard WebPInitDecoderConfig(&config) != 0 else {
            throw Rejection(.imageFormat, "libwebp has another version than its headers")
        }
        let status = WebPGetFeatures(view.base.baseAddress, view.count, &config.input)
        guard status == VP8_STATUS_OK else { throw rejection(status) }
        guard config.input.has_animation == 0 else {
            throw Rejection(.imageFormat, "animated WebP cannot be read")
        }
        // The header was judged by its own claim: pixels of another size must not be decoded.
        guard Int(config.input.width) == header.size.width, Int(config.input.height) == header.size.height else {
            throw Rejection(.imageFormat, "the WebP file contradicts itself about its size")
        }
        pixels.reshape(header.size, stride: 4)
        config.output.colorspace = MODE_RGBA
        config.output.is_external_memory = 1
        config.output.u.RGBA = WebPRGBABuffer(rgba: pixels.base, stride: Int32(pixels.width * 4), size: pixels.count)
        let decoded = WebPDecode(view.base.baseAddress, view.count, &config)
        WebPFreeDecBuffer(&config.output)
        guard decoded == VP8_STATUS_OK else { throw rejection(decoded) }
        if config.input.has_alpha != 0 {
            pixels.layOnWhite(isPremultiplied: false)
        }
    }

    private static func rejection(_ status: VP8StatusCode) -> Rejection {
        switch status {
        case VP8_STATUS_NOT_ENOUGH_DATA, VP8_STATUS_SUSPENDED:
            Rejection(.imageTruncated, "the WebP data ends too early")
        case VP8_STATUS_BITSTREAM_ERROR:
            Rejection(.imageTruncated, "the WebP data is damaged")
        case VP8_STATUS_UNSUPPORTED_FEATURE:
            Rejection(.imageFormat, "the WebP file uses a feature that cannot be read")
        default:
            Rejection(.imageFormat, "libwebp reports status \(status.rawValue)")
        }
    }
}
