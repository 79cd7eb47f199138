// SPDX-License-Identifier: Apache-2.0

import FaceModel

/// Reads the chunks of a WebP file that say what it is.
enum WebPHeader {
    static func read(_ view: ByteView) throws(Rejection) -> ImageHeader {
        guard let riff = view.little32(4), view.count >= 30 else { throw Rejection.headerCut }
        var header = ImageHeader(
            format: .webp,
            size: PixelSize(width: 0, height: 0),
            orientation: 1,
            bytes: view.count,
            color: .ycbcr,
            bitsPerSample: 8,
            hasAlpha: false,
            chroma: .quarter,
            isProgressive: false,
            trailingBytes: max(0, view.count - riff - 8),
            isComplete: view.count >= riff + 8,
            isCommonCoding: true
        )
        for (name, body) in RIFFChunks(view, from: 12) { read(name, body, into: &header) }
        return header
    }

    private static func read(_ name: ByteView, _ chunk: ByteView, into header: inout ImageHeader) {
        if name.hasText("VP8X", at: 0), let flags = chunk[0], let width = chunk.little24(4),
            let height = chunk.little24(7)
        {
            header.size = PixelSize(width: width + 1, height: height + 1)
            header.hasAlpha = flags & 0x10 != 0
            header.isCommonCoding = flags & 0x02 == 0
        } else if name.hasText("VP8 ", at: 0), chunk[3] == 0x9D, let width = chunk.little16(6),
            let height = chunk.little16(8)
        {
            header.size = PixelSize(width: width & 0x3FFF, height: height & 0x3FFF)
        } else if name.hasText("VP8L", at: 0), chunk[0] == 0x2F, let bits = chunk.little32(1) {
            header.size = PixelSize(width: bits & 0x3FFF + 1, height: bits >> 14 & 0x3FFF + 1)
            header.hasAlpha = header.hasAlpha || bits >> 28 & 1 == 1
            header.color = .rgb
            header.chroma = nil
        } else if name.hasText("EXIF", at: 0) {
            header.orientation = ExifOrientation.find(in: chunk) ?? 1
        }
    }
}
