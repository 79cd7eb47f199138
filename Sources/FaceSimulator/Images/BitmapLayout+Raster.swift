// SPDX-License-Identifier: Apache-2.0
import FaceModel

extension BitmapLayout {
    /// The pixels of a plain 24 or 32 bit BMP; `nil` for the rarer kinds.
    func raster(_ bytes: [UInt8]) -> PixelRaster? {
        let reader = ByteReader(bytes: bytes, isBigEndian: false)
        guard isComplete, reader.u32(14) != 12, reader.u32(30) == 0, let start = reader.u32(10),
            let height = reader.i32(22), let depth = reader.u16(28), depth == 24 || depth == 32
        else { return nil }
        let stride = (size.width * depth + 31) / 32 * 4
        let rowBytes = size.width * depth / 8
        var pixels: [UInt8] = []
        pixels.reserveCapacity(rowBytes * size.height)
        for row in 0..<size.height {
            // Rows run from the bottom up unless the height is negative.
            let offset = start + stride * (height > 0 ? size.height - 1 - row : row)
            pixels.append(contentsOf: bytes[offset..<offset + rowBytes])
        }
        return PixelRaster(size: size, layout: depth == 24 ? .bgr : .bgrx, bytes: pixels)
    }
}
