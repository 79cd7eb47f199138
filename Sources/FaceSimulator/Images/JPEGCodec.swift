// SPDX-License-Identifier: Apache-2.0
import CTurboJPEG
import FaceModel

/// The simulator's own hold on libturbojpeg: the size of a JPEG, whether it decodes, and a new JPEG from pixels.
enum JPEGCodec {
    /// The size in the header, or `nil` when there is no JPEG header.
    static func size(of bytes: [UInt8]) -> PixelSize? {
        unsafe withHandle(tjInitDecompress()) { handle in
            var width: CInt = 0
            var height: CInt = 0
            var subsampling: CInt = 0
            var colours: CInt = 0
            let status = unsafe tjDecompressHeader3(
                handle,
                bytes,
                UInt(bytes.count),
                &width,
                &height,
                &subsampling,
                &colours
            )
            guard status == 0, width > 0, height > 0 else { return nil }
            return PixelSize(width: Int(width), height: Int(height))
        }
    }

    /// Whether the whole picture decodes without a warning; it is decoded at an eighth of its size.
    static func decodes(_ bytes: [UInt8], size: PixelSize) -> Bool {
        let small = PixelSize(width: (size.width + 7) / 8, height: (size.height + 7) / 8)
        return raster(of: bytes, decodedTo: small, layout: .grey) != nil
    }

    /// The pixels at full size.
    static func raster(of bytes: [UInt8], size: PixelSize) -> PixelRaster? {
        raster(of: bytes, decodedTo: size, layout: .rgb)
    }

    /// A new JPEG, quality 90.
    static func encoded(_ raster: PixelRaster) -> [UInt8]? {
        unsafe withHandle(tjInitCompress()) { handle in
            var out: UnsafeMutablePointer<UInt8>? = nil
            var length: UInt = 0
            defer { unsafe tjFree(out) }
            let status = unsafe tjCompress2(
                handle,
                raster.bytes,
                CInt(raster.size.width),
                0,
                CInt(raster.size.height),
                format(raster.layout),
                &out,
                &length,
                (raster.layout == .grey ? TJSAMP_GRAY : TJSAMP_420).rawValue.cInt,
                90,
                0
            )
            guard status == 0, let start = unsafe out else { return nil }
            return unsafe Array(UnsafeBufferPointer(start: start, count: Int(length)))
        }
    }

    private static func raster(of bytes: [UInt8], decodedTo size: PixelSize, layout: PixelRaster.Layout) -> PixelRaster?
    {
        unsafe withHandle(tjInitDecompress()) { handle in
            let channels = layout == .grey ? 1 : 3
            var pixels = [UInt8](repeating: 0, count: size.area * channels)
            // A truncated file is only a warning to libturbojpeg, but the status is -1 all the same.
            let status = unsafe tjDecompress2(
                handle,
                bytes,
                UInt(bytes.count),
                &pixels,
                CInt(size.width),
                0,
                CInt(size.height),
                format(layout),
                TJFLAG_FASTDCT
            )
            return status == 0 ? PixelRaster(size: size, layout: layout, bytes: pixels) : nil
        }
    }

    private static func format(_ layout: PixelRaster.Layout) -> CInt {
        switch layout {
        case .grey: TJPF_GRAY.rawValue.cInt
        case .rgb: TJPF_RGB.rawValue.cInt
        case .bgr: TJPF_BGR.rawValue.cInt
        case .bgrx: TJPF_BGRX.rawValue.cInt
        }
    }

    private static func withHandle<Result>(_ handle: tjhandle?, _ body: (tjhandle) -> Result?) -> Result? {
        guard let handle = unsafe handle else { return nil }
        defer { unsafe tjDestroy(handle) }
        return unsafe body(handle)
    }
}

extension FixedWidthInteger {
    fileprivate var cInt: CInt { CInt(truncatingIfNeeded: self) }
}
