// SPDX-License-Identifier: Apache-2.0

import FaceModel

/// Reads the chunks of a PNG file that say what it is.
enum PNGHeader {
    static func read(_ view: ByteView) throws(Rejection) -> ImageHeader {
        guard view.count >= 33 else { throw Rejection.headerCut }
        guard view.hasText("IHDR", at: 12), let width = view.big32(16), let height = view.big32(20),
            let bits = view[24], let kind = view[25], let interlace = view[28],
            let color = [0: ColorModel.grey, 2: .rgb, 3: .palette, 4: .grey, 6: .rgb][kind]
        else { throw Rejection(.imageFormat, "the PNG header is damaged") }
        guard view[26] == 0, view[27] == 0 else {
            throw Rejection(.imageFormat, "PNG with compression or filters of an unknown kind cannot be read")
        }
        var header = ImageHeader(
            format: .png,
            size: PixelSize(width: width, height: height),
            orientation: 1,
            bytes: view.count,
            color: color,
            bitsPerSample: bits,
            hasAlpha: kind >= 4,
            chroma: nil,
            isProgressive: interlace != 0,
            trailingBytes: 0,
            isComplete: false,
            isCommonCoding: true
        )
        walk(view, into: &header)
        return header
    }

    /// The gamma that numbers have where nothing else is said: 1 ÷ 2.2, in 100,000ths.
    ///
    /// Many decoders take any other for this one, and show the picture too dark or too light.
    private static let usualGamma = 45_455

    /// Goes from chunk to chunk; eXIf may stand after the pixels.
    private static func walk(_ view: ByteView, into header: inout ImageHeader) {
        var at = 8
        var gamma = Self.usualGamma
        var isSRGB = false
        defer {
            let isUsual = abs(gamma - Self.usualGamma) <= Self.usualGamma / 20
            header.isCommonCoding = header.isCommonCoding && isUsual
        }
        while let length = view.big32(at) {
            let next = at + 12 + length
            guard next <= view.count else { return }
            if view.hasText("IEND", at: at + 4) {
                header.isComplete = true
                header.trailingBytes = view.count - next
                return
            }
            if view.hasText("tRNS", at: at + 4) {
                header.hasAlpha = true
            } else if view.hasText("acTL", at: at + 4) {
                header.isCommonCoding = false
            } else if view.hasText("gAMA", at: at + 4), !isSRGB {
                gamma = view.big32(at + 8) ?? gamma
            } else if view.hasText("sRGB", at: at + 4) {
                isSRGB = true
                gamma = Self.usualGamma
            } else if view.hasText("eXIf", at: at + 4) {
                header.orientation = ExifOrientation.find(in: view.part(from: at + 8, count: length)) ?? 1
            }
            at = next
        }
    }
}
