// SPDX-License-Identifier: Apache-2.0

import CLibTIFF
import FaceModel
import Glibc

/// Reads the first page of a TIFF file through libtiff, from memory.
enum TIFFFile {
    /// The largest piece libtiff may allocate for a file: 64 megapixels of four samples with 16 bits.
    private static let largestAllocation: Int64 = 512 << 20

    /// What the first directory says.
    ///
    /// - Parameter view: The file.
    /// - Returns: The header.
    /// - Throws: `image.format` where the kind cannot be read, `image.truncated` where the data is cut or damaged.
    static func header(of view: ByteView) throws(Rejection) -> ImageHeader {
        try withOpenFile(view) { (tiff, _) throws(Rejection) -> ImageHeader in
            let orientation = Int(fl_tiff_field_16(tiff, UInt32(TIFFTAG_ORIENTATION)))
            let compression = Int32(fl_tiff_field_16(tiff, UInt32(TIFFTAG_COMPRESSION)))
            let common = [
                COMPRESSION_NONE, COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE, COMPRESSION_DEFLATE,
                COMPRESSION_PACKBITS,
            ]
            return ImageHeader(
                format: .tiff,
                size: size(of: tiff),
                orientation: (1...8).contains(orientation) ? orientation : 1,
                bytes: view.count,
                color: color(of: tiff),
                bitsPerSample: Int(fl_tiff_field_16(tiff, UInt32(TIFFTAG_BITSPERSAMPLE))),
                hasAlpha: fl_tiff_extra_samples(tiff) > 0,
                chroma: nil,
                isProgressive: false,
                trailingBytes: 0,
                isComplete: true,
                isCommonCoding: common.contains(compression) && TIFFLastDirectory(tiff) != 0
            )
        }
    }

    /// Decodes the first page as it is stored, without turning it.
    ///
    /// - Parameters:
    ///   - view: The file.
    ///   - pixels: Where the picture goes, laid on white where it is transparent.
    /// - Throws: `image.format` where the kind cannot be read, `image.truncated` where the data is cut or damaged.
    static func decode(_ view: ByteView, into pixels: PackedPixels) throws(Rejection) {
        try withOpenFile(view) { (tiff, message) throws(Rejection) in
            let size = size(of: tiff)
            var reason = [CChar](repeating: 0, count: 1024)
            guard TIFFRGBAImageOK(tiff, &reason) != 0 else {
                let words = reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
                throw Rejection(.imageFormat, String(decoding: words, as: UTF8.self))
            }
            pixels.reshape(size, stride: 4)
            // Asked for the orientation the file has, libtiff moves nothing; it cannot turn by 90° anyway.
            let orientation = Int32(fl_tiff_field_16(tiff, UInt32(TIFFTAG_ORIENTATION)))
            let isRead = pixels.base.withMemoryRebound(to: UInt32.self, capacity: size.area) { raster in
                TIFFReadRGBAImageOriented(tiff, UInt32(size.width), UInt32(size.height), raster, orientation, 1)
            }
            guard isRead != 0 else {
                throw Rejection(.imageTruncated, words(message) ?? "the TIFF data ends too early")
            }
            pixels.layOnWhite(isPremultiplied: true)
        }
    }

    private static func size(of tiff: OpaquePointer) -> PixelSize {
        PixelSize(
            width: Int(fl_tiff_field_32(tiff, UInt32(TIFFTAG_IMAGEWIDTH))),
            height: Int(fl_tiff_field_32(tiff, UInt32(TIFFTAG_IMAGELENGTH)))
        )
    }

    private static func color(of tiff: OpaquePointer) -> ColorModel {
        switch Int32(fl_tiff_field_16(tiff, UInt32(TIFFTAG_PHOTOMETRIC))) {
        case PHOTOMETRIC_MINISWHITE, PHOTOMETRIC_MINISBLACK: .grey
        case PHOTOMETRIC_PALETTE: .palette
        case PHOTOMETRIC_SEPARATED: .cmyk
        case PHOTOMETRIC_YCBCR: .ycbcr
        default: .rgb
        }
    }

    private static func words(_ message: UnsafeMutablePointer<CChar>) -> String? {
        message.pointee == 0 ? nil : String(cString: message)
    }

    private static func withOpenFile<Result>(
        _ view: ByteView,
        _ body: (OpaquePointer, UnsafeMutablePointer<CChar>) throws(Rejection) -> Result
    ) throws(Rejection) -> Result {
        let message = UnsafeMutablePointer<CChar>.allocate(capacity: Int(fl_tiff_message_size))
        message.initialize(repeating: 0, count: Int(fl_tiff_message_size))
        defer { message.deallocate() }
        let file = MemoryFile(view)
        let options = fl_tiff_options(message, largestAllocation)
        defer { TIFFOpenOptionsFree(options) }
        // "m": no memory mapping, so that every read goes through the bounds of `MemoryFile`.
        let opened = TIFFClientOpenExt(
            "photo",
            "rm",
            Unmanaged.passUnretained(file).toOpaque(),
            { MemoryFile.of($0).read(into: $1, count: $2) },
            { _, _, _ in -1 },
            { MemoryFile.of($0).seek(to: $1, from: $2) },
            { _ in 0 },
            { MemoryFile.of($0).length },
            nil,
            nil,
            options
        )
        guard let tiff = opened else {
            throw Rejection(.imageTruncated, words(message) ?? "the TIFF header cannot be read")
        }
        defer { TIFFClose(tiff) }
        return try withExtendedLifetime(file) { () throws(Rejection) -> Result in try body(tiff, message) }
    }
}

/// A file in memory with a place to read at, as libtiff wants it.
private final class MemoryFile {
    private let view: ByteView
    private var place = 0

    init(_ view: ByteView) { self.view = view }

    static func of(_ handle: UnsafeMutableRawPointer?) -> MemoryFile {
        guard let handle else { preconditionFailure("libtiff passes on the handle it was given") }
        return Unmanaged<MemoryFile>.fromOpaque(handle).takeUnretainedValue()
    }

    var length: UInt64 { UInt64(view.count) }

    func read(into target: UnsafeMutableRawPointer?, count: Int64) -> Int64 {
        let part = view.part(from: place, count: Int(count))
        guard let target, let source = part.base.baseAddress else { return 0 }
        target.copyMemory(from: source, byteCount: part.count)
        place += part.count
        return Int64(part.count)
    }

    func seek(to offset: UInt64, from whence: Int32) -> UInt64 {
        let start =
            switch whence {
            case SEEK_CUR: place
            case SEEK_END: view.count
            default: 0
            }
        // Past the end is allowed, as for files; reading there gives nothing.
        let (sum, overflow) = start.addingReportingOverflow(Int(truncatingIfNeeded: offset))
        guard !overflow, sum >= 0 else { return UInt64.max }
        place = sum
        return UInt64(sum)
    }
}
