// SPDX-License-Identifier: Apache-2.0

import FaceModel

/// Decodes BMP: 1, 4 and 8 bits with a palette, plain or in runs, 16, 24 and 32 bits, from the bottom or the top.
///
/// libturbojpeg's reader takes neither pictures stored from the top nor 1, 4 or 16 bits.
enum BMPDecoder {
    /// Decodes a file.
    ///
    /// - Parameters:
    ///   - view: The file.
    ///   - pixels: Where the picture goes, laid on white where it is transparent.
    /// - Throws: `image.format` where the kind cannot be read, `image.truncated` where the data is cut or damaged.
    static func decode(_ view: ByteView, into pixels: PackedPixels) throws(Rejection) {
        let header = try BMPHeader(view)
        guard header.end <= view.count, let file = view.base.baseAddress else {
            throw Rejection(.imageTruncated, "the file has \(view.count) bytes, the picture needs \(header.end)")
        }
        pixels.reshape(header.size, stride: header.masks[3] != 0 ? 4 : 3)
        let colours = header.bitsPerPixel <= 8 ? palette(of: view, header) : []
        if header.hasRuns {
            guard BMPRuns.decode(view, header, colours, into: pixels) else {
                throw Rejection(.imageTruncated, "the file ends before the runs of the picture do")
            }
            return
        }
        for row in 0..<pixels.height {
            let stored = header.isTopDown ? row : pixels.height - 1 - row
            let source = file + header.pixels + stored * header.rowBytes
            let target = pixels.base + row * pixels.width * pixels.stride
            switch header.bitsPerPixel {
            case 1, 4, 8: unpack(source, header.bitsPerPixel, colours, into: target, count: pixels.width)
            case 24: swap(source, step: 3, into: target, count: pixels.width)
            case 32 where header.masks == [0xFF_0000, 0xFF00, 0xFF, 0]:
                swap(source, step: 4, into: target, count: pixels.width)
            default: unpack(source, header, into: target, pixels)
            }
        }
        if pixels.stride == 4 {
            pixels.layOnWhite(isPremultiplied: false)
        }
    }

    /// 256 colours of three bytes each; those the file does not give are black.
    private static func palette(of view: ByteView, _ header: BMPHeader) -> [UInt8] {
        var colours = [UInt8](repeating: 0, count: 768)
        for index in 0..<header.palette.count {
            let at = header.palette.start + index * header.palette.stride
            for part in 0..<3 {
                colours[index * 3 + part] = UInt8(view[at + 2 - part] ?? 0)
            }
        }
        return colours
    }

    private static func unpack(
        _ source: UnsafePointer<UInt8>,
        _ bits: Int,
        _ colours: [UInt8],
        into target: UnsafeMutablePointer<UInt8>,
        count: Int
    ) {
        let perByte = 8 / bits
        let mask = UInt8((1 << bits) - 1)
        for column in 0..<count {
            let shift = 8 - bits - column % perByte * bits
            let index = Int(source[column / perByte] >> UInt8(shift) & mask) * 3
            target[column * 3] = colours[index]
            target[column * 3 + 1] = colours[index + 1]
            target[column * 3 + 2] = colours[index + 2]
        }
    }

    private static func swap(
        _ source: UnsafePointer<UInt8>,
        step: Int,
        into target: UnsafeMutablePointer<UInt8>,
        count: Int
    ) {
        for column in 0..<count {
            target[column * 3] = source[column * step + 2]
            target[column * 3 + 1] = source[column * step + 1]
            target[column * 3 + 2] = source[column * step]
        }
    }

    /// Pixels whose parts are given by masks.
    private static func unpack(
        _ source: UnsafePointer<UInt8>,
        _ header: BMPHeader,
        into target: UnsafeMutablePointer<UInt8>,
        _ pixels: PackedPixels
    ) {
        let bytes = header.bitsPerPixel / 8
        for column in 0..<pixels.width {
            var value: UInt32 = 0
            for index in 0..<bytes {
                value |= UInt32(source[column * bytes + index]) << UInt32(8 * index)
            }
            for part in 0..<pixels.stride {
                let mask = header.masks[part]
                let most = UInt64(mask >> UInt32(mask.trailingZeroBitCount))
                let found = UInt64((value & mask) >> UInt32(mask.trailingZeroBitCount))
                target[column * pixels.stride + part] = most == 0 ? 0 : UInt8((found * 255 + most / 2) / most)
            }
        }
    }
}
