// SPDX-License-Identifier: Apache-2.0
import CLibPNG
import FaceModel

/// The simulator's own hold on libpng's simplified interface.
enum PNGCodec {
    /// The size in the header chunk, or `nil` when it is not there.
    static func size(of bytes: [UInt8]) -> PixelSize? {
        let reader = ByteReader(bytes: bytes, isBigEndian: true)
        guard reader.u32(12) == 0x4948_4452, let width = reader.u32(16), let height = reader.u32(20), width > 0,
            height > 0
        else { return nil }
        return PixelSize(width: width, height: height)
    }

    /// Whether the whole picture decodes.
    static func decodes(_ bytes: [UInt8]) -> Bool {
        pixels(of: bytes, format: UInt32(PNG_FORMAT_GRAY), channels: 1) != nil
    }

    /// The pixels, as RGB.
    static func raster(of bytes: [UInt8], size: PixelSize) -> PixelRaster? {
        pixels(of: bytes, format: UInt32(PNG_FORMAT_FLAG_COLOR), channels: 3)
            .map { PixelRaster(size: size, layout: .rgb, bytes: $0) }
    }

    private static func pixels(of bytes: [UInt8], format: UInt32, channels: Int) -> [UInt8]? {
        var image = unsafe png_image()
        unsafe image.version = UInt32(PNG_IMAGE_VERSION)
        guard unsafe png_image_begin_read_from_memory(&image, bytes, bytes.count) != 0 else { return nil }
        defer { unsafe png_image_free(&image) }
        unsafe image.format = format
        var pixels = unsafe [UInt8](repeating: 0, count: Int(image.width) * Int(image.height) * channels)
        guard unsafe png_image_finish_read(&image, nil, &pixels, 0, nil) != 0 else { return nil }
        return pixels
    }
}
