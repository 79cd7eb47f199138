// SPDX-License-Identifier: Apache-2.0

import CTurboJPEG

extension Drawing {
    /// This picture as a JPEG file.
    func jpeg(
        quality: Int = 90,
        sampling: TJSAMP = TJSAMP_420,
        isProgressive: Bool = false,
        asCMYK: Bool = false
    ) -> [UInt8] {
        let handle = tjInitCompress()
        defer { tjDestroy(handle) }
        var bytes: UnsafeMutablePointer<UInt8>?
        var count: UInt = 0
        let source = asCMYK ? invertedCMYK : pixels
        let status = tjCompress2(
            handle,
            source,
            Int32(width),
            0,
            Int32(height),
            Int32(asCMYK ? TJPF_CMYK.rawValue : TJPF_RGB.rawValue),
            &bytes,
            &count,
            Int32(sampling.rawValue),
            Int32(quality),
            isProgressive ? TJFLAG_PROGRESSIVE : 0
        )
        precondition(status == 0, String(cString: tjGetErrorStr2(handle)))
        defer { tjFree(bytes) }
        return Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
    }

    /// Four bytes a pixel, 255 for no ink, without black: as Adobe writes it.
    private var invertedCMYK: [UInt8] {
        (0..<width * height).flatMap { index -> [UInt8] in
            let at = index * 3
            return Array(pixels[at..<at + 3]) + [255]
        }
    }

    /// Decodes a JPEG file as any other program would.
    init?(jpeg file: [UInt8]) {
        let handle = tjInitDecompress()
        defer { tjDestroy(handle) }
        var (width, height, sampling, space) = (Int32(0), Int32(0), Int32(0), Int32(0))
        let count = UInt(file.count)
        guard tjDecompressHeader3(handle, file, count, &width, &height, &sampling, &space) == 0 else { return nil }
        var pixels = [UInt8](repeating: 0, count: Int(width * height) * 3)
        let format = Int32(TJPF_RGB.rawValue)
        guard tjDecompress2(handle, file, count, &pixels, width, 0, height, format, 0) == 0 else { return nil }
        self.init(width: Int(width), height: Int(height), pixels: pixels)
    }
}

/// An EXIF block that holds an orientation and nothing else.
func exif(orientation: Int, isBigEndian: Bool) -> [UInt8] {
    let value = UInt8(orientation)
    let big: [UInt8] = [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0, 0, 0, 0, 0]
    let little: [UInt8] = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, value, 0, 0, 0, 0, 0, 0, 0]
    return isBigEndian ? big : little
}

/// A JPEG file with an EXIF segment right after its start.
func turned(_ jpeg: [UInt8], orientation: Int, isBigEndian: Bool = true) -> [UInt8] {
    let block = Array("Exif\0\0".utf8) + exif(orientation: orientation, isBigEndian: isBigEndian)
    return jpeg[0..<2] + [0xFF, 0xE1, 0, UInt8(block.count + 2)] + block + jpeg[2...]
}
