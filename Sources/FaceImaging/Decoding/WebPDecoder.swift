// SPDX-License-Identifier: Apache-2.0

import CLibWebP
import FaceModel

/// Decodes WebP pictures, of an animation the first one.
enum WebPDecoder {
    /// A picture within a file: its data, and where on the canvas it goes.
    private struct Frame {
        var data: ByteView
        var left = 0
        var top = 0
    }

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
        try look(at: view, into: &config)
        var frame = Frame(data: view)
        let isAnimated = config.input.has_animation != 0
        if isAnimated {
            frame = try firstFrame(of: view)
            try look(at: frame.data, into: &config)
        }
        let (width, height) = (Int(config.input.width), Int(config.input.height))
        // The header was judged by its own claim: pixels of another size must not be decoded.
        let fits = frame.left + width <= header.size.width && frame.top + height <= header.size.height
        guard fits, isAnimated || header.size == PixelSize(width: width, height: height) else {
            throw Rejection(.imageFormat, "the WebP file contradicts itself about its size")
        }
        pixels.reshape(header.size, stride: 4)
        // The first picture of an animation need not fill the canvas; the rest is transparent.
        if isAnimated { pixels.base.update(repeating: 0, count: pixels.count) }
        let corner = (frame.top * pixels.width + frame.left) * 4
        config.output.colorspace = MODE_RGBA
        config.output.is_external_memory = 1
        config.output.u.RGBA = WebPRGBABuffer(
            rgba: pixels.base + corner,
            stride: Int32(pixels.width * 4),
            size: pixels.count - corner
        )
        let decoded = WebPDecode(frame.data.base.baseAddress, frame.data.count, &config)
        WebPFreeDecBuffer(&config.output)
        guard decoded == VP8_STATUS_OK else { throw rejection(decoded) }
        if isAnimated || config.input.has_alpha != 0 {
            pixels.layOnWhite(isPremultiplied: false)
        }
    }

    private static func look(at data: ByteView, into config: inout WebPDecoderConfig) throws(Rejection) {
        let status = WebPGetFeatures(data.base.baseAddress, data.count, &config.input)
        guard status == VP8_STATUS_OK else { throw rejection(status) }
    }

    /// The first picture of an animation: behind 16 bytes that say where it goes and how long it stays.
    private static func firstFrame(of view: ByteView) throws(Rejection) -> Frame {
        for (name, body) in RIFFChunks(view, from: 12) where name.hasText("ANMF", at: 0) {
            guard let left = body.little24(0), let top = body.little24(3) else { break }
            return Frame(data: body.part(from: 16, count: body.count), left: left * 2, top: top * 2)
        }
        throw Rejection(.imageTruncated, "the WebP animation holds no picture")
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
