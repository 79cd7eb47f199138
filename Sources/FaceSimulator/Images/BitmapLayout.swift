// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// The structure of a BMP file: enough to tell a whole one from a broken one.
struct BitmapLayout {
    let size: PixelSize
    /// Whether all the pixels that the header promises are there.
    let isComplete: Bool

    /// Reads the headers; `nil` when they are not those of a BMP.
    init?(_ bytes: [UInt8]) {
        let reader = ByteReader(bytes: bytes, isBigEndian: false)
        guard let pixels = reader.u32(10), let headerSize = reader.u32(14) else { return nil }
        if headerSize == 12 {
            guard let width = reader.u16(18), let height = reader.u16(20), let depth = reader.u16(24) else {
                return nil
            }
            self.init(width, height, depth, pixels: pixels, bytes: bytes)
            return
        }
        guard headerSize >= 40, let width = reader.i32(18), let height = reader.i32(22), height > Int(Int32.min),
            let depth = reader.u16(28), let compression = reader.u32(30), let imageSize = reader.u32(34)
        else { return nil }
        if compression == 1 || compression == 2 {
            guard width > 0, height != 0 else { return nil }
            let isThere = imageSize > 0 && pixels + imageSize <= bytes.count
            self.init(size: PixelSize(width: width, height: abs(height)), isComplete: isThere)
            return
        }
        guard compression == 0 || compression == 3 || compression == 6 else { return nil }
        self.init(width, abs(height), depth, pixels: pixels, bytes: bytes)
    }

    private init(size: PixelSize, isComplete: Bool) {
        self.size = size
        self.isComplete = isComplete
    }

    private init?(_ width: Int, _ height: Int, _ depth: Int, pixels: Int, bytes: [UInt8]) {
        guard width > 0, height > 0, [1, 2, 4, 8, 16, 24, 32].contains(depth) else { return nil }
        size = PixelSize(width: width, height: height)
        let stride = (width * depth + 31) / 32 * 4
        isComplete = pixels >= 26 && pixels + stride * height <= bytes.count
    }
}
