// SPDX-License-Identifier: Apache-2.0

import CLibTIFF
import FaceModel

/// Reads the first full picture of a TIFF file through libtiff, from memory.
enum TIFFFile {
    /// The largest piece libtiff may allocate for a file: 64 megapixels of four samples with 16 bits.
    private static let largestAllocation: Int64 = 512 << 20

    /// What the directory of the picture says.
    ///
    /// - Parameter view: The file.
    /// - Returns: The header.
    /// - Throws: `image.format` where the kind cannot be read, `image.truncated` where the data is cut or damaged.
    static func header(of view: ByteView) throws(Rejection) -> ImageHeader {
        try withPicture(view) { (_, page, isOnly, _) in
            ImageHeader(
                format: .tiff,
                size: page.size,
                orientation: page.orientation,
                bytes: view.count,
                color: page.color,
                bitsPerSample: page.bits,
                hasAlpha: page.hasAlpha,
                chroma: nil,
                isProgressive: false,
                trailingBytes: 0,
                isComplete: true,
                isCommonCoding: page.isCommon && isOnly && !isBig(view)
            )
        }
    }

    /// Whether offsets have 64 bits, which many programs do not read.
    private static func isBig(_ view: ByteView) -> Bool { view[2] == 43 || view[3] == 43 }

    /// Decodes the picture as it is stored, without turning it.
    ///
    /// - Parameters:
    ///   - view: The file.
    ///   - pixels: Where the picture goes, laid on white where it is transparent.
    /// - Throws: `image.format` where the kind cannot be read, `image.truncated` where the data is cut or damaged.
    static func decode(_ view: ByteView, into pixels: PackedPixels) throws(Rejection) {
        try withPicture(view) { (tiff, page, _, message) throws(Rejection) in
            let isRead =
                if let rows = TIFFRows(tiff, page) {
                    rows.decode(into: pixels)
                } else {
                    try decodeRGBA(tiff, page, into: pixels)
                }
            guard isRead else {
                throw Rejection(.imageTruncated, words(message) ?? "the TIFF data ends too early")
            }
        }
    }

    /// Lets libtiff turn the picture into RGBA.
    private static func decodeRGBA(
        _ tiff: OpaquePointer,
        _ page: TIFFPage,
        into pixels: PackedPixels
    ) throws(Rejection) -> Bool {
        var reason = [CChar](repeating: 0, count: 1024)
        let isPlain = !page.isLab && (page.color != .cmyk || page.bits == 8)
        guard isPlain, TIFFRGBAImageOK(tiff, &reason) != 0 else {
            let words = reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            let foreign = page.isLab ? "CIELab in this form" : "ink of \(page.bits) bits in this form"
            let kind = isPlain ? String(decoding: words, as: UTF8.self) : foreign
            throw Rejection(.imageFormat, "TIFF cannot be read: \(kind)")
        }
        pixels.reshape(page.size, stride: 4)
        // Asked for the orientation the file has, libtiff moves nothing; it cannot turn by 90° anyway.
        let isRead = pixels.base.withMemoryRebound(to: UInt32.self, capacity: page.size.area) { raster in
            let (width, height) = (UInt32(page.size.width), UInt32(page.size.height))
            return TIFFReadRGBAImageOriented(tiff, width, height, raster, Int32(page.orientation), 1)
        }
        // libtiff weights colours by their opacity, and takes a sample of no known meaning for opacity.
        if page.hasAlpha { pixels.layOnWhite(isPremultiplied: true) }
        return isRead != 0
    }

    private static func words(_ message: UnsafeMutablePointer<CChar>) -> String? {
        message.pointee == 0 ? nil : String(cString: message)
    }

    private static func withPicture<Result>(
        _ view: ByteView,
        _ body: (OpaquePointer, TIFFPage, Bool, UnsafeMutablePointer<CChar>) throws(Rejection) -> Result
    ) throws(Rejection) -> Result {
        let message = UnsafeMutablePointer<CChar>.allocate(capacity: Int(fl_tiff_message_size))
        message.initialize(repeating: 0, count: Int(fl_tiff_message_size))
        defer { message.deallocate() }
        let file = TIFFMemory(view)
        let options = fl_tiff_options(message, largestAllocation)
        defer { TIFFOpenOptionsFree(options) }
        // "m": no memory mapping, so that every read goes through the bounds of `TIFFMemory`.
        let opened = TIFFClientOpenExt(
            "photo",
            "rm",
            Unmanaged.passUnretained(file).toOpaque(),
            { TIFFMemory.of($0).read(into: $1, count: $2) },
            { _, _, _ in -1 },
            { TIFFMemory.of($0).seek(to: $1, from: $2) },
            { _ in 0 },
            { TIFFMemory.of($0).length },
            nil,
            nil,
            options
        )
        guard let tiff = opened else {
            throw Rejection(.imageTruncated, words(message) ?? "the TIFF header cannot be read")
        }
        defer { TIFFClose(tiff) }
        return try withExtendedLifetime(file) { () throws(Rejection) -> Result in
            let isOnly = try TIFFPages.openPicture(tiff, view)
            // What was wrong with other directories is no word on this one.
            message.pointee = 0
            let page = TIFFPage(tiff)
            try page.refuseForeign()
            return try body(tiff, page, isOnly, message)
        }
    }
}
