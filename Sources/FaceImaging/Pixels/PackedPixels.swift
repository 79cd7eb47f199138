// SPDX-License-Identifier: Apache-2.0

import FaceModel

/// A picture as pixels of red, green and blue, with or without a fourth byte, row after row without padding.
final class PackedPixels {
    private let memory = SampleMemory()
    private(set) var width = 0
    private(set) var height = 0
    /// Bytes of a pixel: 3, or 4 where the last one means nothing.
    private(set) var stride = 3

    /// How many pixels the picture truly spans, where shrinking did not come out even.
    var span = (width: 0.0, height: 0.0)
    /// What samples hold before they are decoded, where a half decoded picture is wanted; else whatever was there.
    var ground: UInt8?

    var base: UnsafeMutablePointer<UInt8> { memory.base }
    var count: Int { width * height * stride }

    /// Takes on a size; the samples are the ground, or undefined until they are written.
    func reshape(_ size: PixelSize, stride: Int) {
        memory.reserve(size.width * size.height * stride)
        width = size.width
        height = size.height
        span = (Double(width), Double(height))
        self.stride = stride
        if let ground { base.update(repeating: ground, count: count) }
    }

    func trim(to most: Int) { memory.trim(to: most) }

    /// Lays pixels with alpha, in the fourth byte, on white.
    ///
    /// - Parameter isPremultiplied: Whether the colours have been weighted by alpha already.
    func layOnWhite(isPremultiplied: Bool) {
        let samples = base
        for pixel in Swift.stride(from: 0, to: count, by: 4) {
            let alpha = UInt32(samples[pixel + 3])
            if alpha == 255 { continue }
            for at in pixel..<pixel + 3 {
                let colour = isPremultiplied ? UInt32(samples[at]) : (UInt32(samples[at]) * alpha + 127) / 255
                samples[at] = UInt8(min(255, colour + 255 - alpha))
            }
        }
    }

    /// Makes grey, in the first byte, a colour.
    ///
    /// - Parameter isInverted: Whether 0 stands for white.
    func spreadGrey(isInverted: Bool) {
        let samples = base
        let flip: UInt8 = isInverted ? 255 : 0
        for pixel in Swift.stride(from: 0, to: count, by: stride) {
            let grey = samples[pixel] ^ flip
            for at in pixel..<pixel + 3 { samples[at] = grey }
        }
    }

    /// Turns CMYK into RGB in place, by the plain formula that viewers use where no profile is read.
    ///
    /// - Parameter isInverted: Whether 255 stands for no ink, as Adobe stores it.
    func turnCMYKIntoRGB(isInverted: Bool) {
        let samples = base
        let flip: UInt8 = isInverted ? 0 : 255
        for pixel in Swift.stride(from: 0, to: count, by: 4) {
            let black = UInt32(samples[pixel + 3] ^ flip)
            for at in pixel..<pixel + 3 {
                samples[at] = UInt8((UInt32(samples[at] ^ flip) * black + 127) / 255)
            }
        }
    }

    /// Shrinks in place by a whole factor, each pixel the mean of a square; what does not fill one is cut.
    ///
    /// - Parameter factor: 2 or more.
    func shrink(by factor: Int) {
        let size = PixelSize(width: max(1, width / factor), height: max(1, height / factor))
        let (columns, rows) = (min(factor, width), min(factor, height))
        let samples = base
        let area = UInt32(columns * rows)
        var target = 0
        for row in 0..<size.height {
            for column in 0..<size.width {
                let corner = (row * factor * width + column * factor) * stride
                var (red, green, blue) = (area / 2, area / 2, area / 2)
                for line in 0..<rows {
                    var at = corner + line * width * stride
                    for _ in 0..<columns {
                        red &+= UInt32(samples[at])
                        green &+= UInt32(samples[at + 1])
                        blue &+= UInt32(samples[at + 2])
                        at &+= stride
                    }
                }
                // Never ahead of what is read: the target row is at most the first source row.
                samples[target] = UInt8(red / area)
                samples[target + 1] = UInt8(green / area)
                samples[target + 2] = UInt8(blue / area)
                target &+= stride
            }
        }
        span = (span.width / Double(columns), span.height / Double(rows))
        width = size.width
        height = size.height
    }
}
