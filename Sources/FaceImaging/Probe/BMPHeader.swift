// SPDX-License-Identifier: Apache-2.0

import FaceModel

/// The header of a BMP file, from OS/2's 12 bytes to version 5, checked so far that pixels can be read by it.
struct BMPHeader {
    var size: PixelSize
    var isTopDown: Bool
    var bitsPerPixel: Int
    /// Whether the pixels come in runs (RLE4, RLE8).
    var hasRuns: Bool
    /// Whether every decoder is known to read it: one of the usual headers, no masks, no more colours than bits tell apart.
    var isUsual: Bool
    /// Where the pixels begin.
    var pixels: Int
    /// Bytes of a row of pixels; rows are padded to four bytes.
    var rowBytes: Int
    /// Where the palette begins, how many colours it has, and how many bytes a colour takes.
    var palette: (start: Int, count: Int, stride: Int)
    /// Bits of red, green, blue and alpha in a pixel of 16 or 32 bits.
    var masks: [UInt32]

    /// The lengths of headers: OS/2 1, OS/2 2 cut short and whole, Windows 3, with masks, version 4 and 5.
    private static let lengths = [12, 16, 40, 52, 56, 64, 108, 124]

    init(_ view: ByteView) throws(Rejection) {
        guard let offset = view.little32(10), let length = view.little32(14), view.count >= 26 else {
            throw Rejection.headerCut
        }
        guard Self.lengths.contains(length) else {
            throw Rejection(.imageFormat, "a BMP header of \(length) bytes is not known")
        }
        guard view.count >= 14 + length else { throw Rejection.headerCut }
        let (isOld, isShort) = (length == 12, length <= 16)
        let width = isOld ? view.little16(18) ?? 0 : Self.signed(view, 18)
        let height = isOld ? view.little16(20) ?? 0 : Self.signed(view, 22)
        let bits = view.little16(isOld ? 24 : 28) ?? 0
        let compression = isShort ? 0 : view.little32(30) ?? 0
        guard width > 0, height != 0, [1, 4, 8, 16, 24, 32].contains(bits) else {
            throw Rejection(.imageFormat, "a BMP picture of \(width) × \(height) and \(bits) bits cannot be read")
        }
        hasRuns = (compression == 1 && bits == 8) || (compression == 2 && bits == 4)
        let hasMasks = (compression == 3 || compression == 6) && bits >= 16 && length != 64
        guard compression == 0 || hasRuns || hasMasks else {
            throw Rejection(.imageFormat, "BMP with \(Self.name(of: compression, length)) cannot be read")
        }
        size = PixelSize(width: width, height: abs(height))
        isTopDown = height < 0
        bitsPerPixel = bits
        pixels = offset
        rowBytes = (width * bits + 31) / 32 * 4
        // In the 40-byte header the masks stand after it, in later ones they are a part of it: the same place.
        masks = Self.defaultMasks(bits)
        if hasMasks {
            masks = [54, 58, 62, 66].map { UInt32(view.little32($0) ?? 0) }
            if length < 56 && compression == 3 { masks[3] = 0 }
        }
        let colours = isShort ? 0 : view.little32(46) ?? 0
        let most = bits <= 8 ? 1 << bits : 0
        palette = (14 + length, colours == 0 ? most : min(colours, most), isOld ? 3 : 4)
        isUsual = compression == 0 && [12, 40, 108, 124].contains(length) && (most == 0 || colours <= most)
        guard most == 0 || colours <= view.count / 4 else { throw Rejection.headerCut }
    }

    private static func name(of compression: Int, _ length: Int) -> String {
        switch compression {
        case 1, 2: "runs that contradict its bits"
        case 3 where length == 64: "Huffman coding"
        case 4 where length == 64: "runs of 24 bits"
        case 4: "JPEG inside"
        case 5: "PNG inside"
        default: "compression \(compression)"
        }
    }

    private static func signed(_ view: ByteView, _ at: Int) -> Int {
        Int(Int32(truncatingIfNeeded: view.little32(at) ?? 0))
    }

    private static func defaultMasks(_ bits: Int) -> [UInt32] {
        bits == 16 ? [0x7C00, 0x03E0, 0x001F, 0] : [0xFF_0000, 0xFF00, 0xFF, 0]
    }

    /// Where the pixels end; with runs, only decoding tells, and this is where they begin.
    var end: Int {
        let (length, overflow) = rowBytes.multipliedReportingOverflow(by: hasRuns ? 0 : size.height)
        return overflow ? .max : pixels.addingReportingOverflow(length).partialValue
    }

    func imageHeader(bytes: Int) -> ImageHeader {
        ImageHeader(
            format: .bmp,
            size: size,
            orientation: 1,
            bytes: bytes,
            color: bitsPerPixel <= 8 ? .palette : .rgb,
            bitsPerSample: bitsPerPixel == 16 ? 5 : min(8, bitsPerPixel),
            hasAlpha: masks[3] != 0,
            chroma: nil,
            isProgressive: false,
            trailingBytes: hasRuns ? 0 : max(0, bytes - end),
            isComplete: bytes >= end,
            isCommonCoding: !isTopDown && isUsual
        )
    }
}
