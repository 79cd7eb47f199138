// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// A small picture drawn in code: an oval on a background, and bars that say its number.
enum DrawnPicture {
    private static let size = PixelSize(width: 64, height: 80)
    /// How many rows the bars take at the bottom.
    private static let barRows = 16

    /// The JPEG for a number, always the same and unlike that of any other number.
    static func jpeg(_ number: Int) throws -> [UInt8] {
        let shade = UInt8(truncatingIfNeeded: number &* 37) >> 1
        var pixels: [UInt8] = []
        pixels.reserveCapacity(size.area)
        for y in 0..<(size.height - barRows) {
            let half = halfWidth(at: y)
            let side = [UInt8](repeating: shade, count: size.width / 2 - half)
            pixels += side + [UInt8](repeating: 255 - shade, count: half * 2) + side
        }
        for upper in [true, false] {
            let row = bars(upper ? number >> 16 : number)
            for _ in 0..<(barRows / 2) { pixels += row }
        }
        guard let bytes = JPEGCodec.encoded(PixelRaster(size: size, layout: .grey, bytes: pixels)) else {
            throw SimulatorError(description: "libturbojpeg would not encode a picture")
        }
        return bytes
    }

    /// Half the oval's width in a row.
    private static func halfWidth(at y: Int) -> Int {
        let height = (size.height - barRows) / 2
        let far = Double(y - height) / Double(height)
        return Int((1 - far * far).squareRoot() * Double(size.width / 2 - 8))
    }

    /// A row of black and white bars, the low 16 bits of a number.
    private static func bars(_ number: Int) -> [UInt8] {
        (0..<16).flatMap { bit in
            [UInt8](repeating: number >> bit & 1 == 1 ? 255 : 0, count: size.width / 16)
        }
    }
}
