// SPDX-License-Identifier: Apache-2.0

import CTurboJPEG
import FaceModel

/// Owns a decompressor of libturbojpeg, which one call at a time may use.
struct JPEGDecoder: ~Copyable {
    private let handle: tjhandle

    init?() {
        guard let handle = tjInitDecompress() else { return nil }
        self.handle = handle
    }

    deinit { tjDestroy(handle) }

    /// Decodes the planes as they are stored.
    ///
    /// - Parameters:
    ///   - view: The file.
    ///   - jpeg: Its structure, which must be planar.
    ///   - scale: How far it is shrunk on the way.
    ///   - planes: Where the picture goes; colour has the size that the file has.
    /// - Throws: `image.format` where the kind cannot be read, `image.truncated` where the data is cut or damaged.
    func decode(
        _ view: ByteView,
        _ jpeg: JPEGStructure,
        at scale: DCTScale,
        into planes: Planes
    ) throws(Rejection) {
        let size = scale.size(of: jpeg.size)
        let sampling = Self.sampling(jpeg)
        planes.y.reshape(
            size,
            padded: PixelSize(
                width: Int(tjPlaneWidth(0, Int32(size.width), sampling.code)),
                height: Int(tjPlaneHeight(0, Int32(size.height), sampling.code))
            )
        )
        for (index, plane) in [planes.cb, planes.cr].enumerated() {
            if sampling == TJSAMP_GRAY {
                plane.reshape(width: (size.width + 1) / 2, height: (size.height + 1) / 2)
                plane.fill(128)
            } else {
                plane.reshape(
                    width: Int(tjPlaneWidth(Int32(index + 1), Int32(size.width), sampling.code)),
                    height: Int(tjPlaneHeight(Int32(index + 1), Int32(size.height), sampling.code))
                )
            }
        }
        var targets: [UnsafeMutablePointer<UInt8>?] = [planes.y.base, planes.cb.base, planes.cr.base]
        let status = tjDecompressToYUVPlanes(
            handle,
            view.base.baseAddress,
            UInt(view.count),
            &targets,
            Int32(size.width),
            nil,
            Int32(size.height),
            TJFLAG_LIMITSCANS
        )
        planes.span(scale.length(of: jpeg.size.width), scale.length(of: jpeg.size.height))
        try check(status, view)
    }

    /// Decodes what has no plain planes (RGB, CMYK, rare sampling) into pixels.
    ///
    /// - Parameters:
    ///   - view: The file.
    ///   - jpeg: Its structure.
    ///   - scale: How far it is shrunk on the way.
    ///   - pixels: Where the picture goes.
    /// - Throws: `image.format` where the kind cannot be read, `image.truncated` where the data is cut or damaged.
    func decode(
        _ view: ByteView,
        _ jpeg: JPEGStructure,
        at scale: DCTScale,
        into pixels: PackedPixels
    ) throws(Rejection) {
        let size = scale.size(of: jpeg.size)
        let isCMYK = jpeg.color == .cmyk
        pixels.reshape(size, stride: isCMYK ? 4 : 3)
        let status = tjDecompress2(
            handle,
            view.base.baseAddress,
            UInt(view.count),
            pixels.base,
            Int32(size.width),
            0,
            Int32(size.height),
            isCMYK ? Int32(TJPF_CMYK.rawValue) : Int32(TJPF_RGB.rawValue),
            TJFLAG_LIMITSCANS
        )
        pixels.span = (scale.length(of: jpeg.size.width), scale.length(of: jpeg.size.height))
        try check(status, view)
        if isCMYK {
            // Every program that writes ink into a JPEG does it as Adobe's did, whether or not its marker is there.
            pixels.turnCMYKIntoRGB(isInverted: true)
        }
    }

    // A warning may mean that pixels were made up (grey filling). libturbojpeg keeps only one of a file, so that the file
    // is read once more for all of them.
    private func check(_ status: Int32, _ view: ByteView) throws(Rejection) {
        guard status != 0 else { return }
        guard tjGetErrorCode(handle) == Int32(TJERR_WARNING.rawValue) else {
            throw Rejection(.imageFormat, String(cString: tjGetErrorStr2(handle)))
        }
        try JPEGDamage.refuse(view)
    }

    private static func sampling(_ jpeg: JPEGStructure) -> TJSAMP {
        guard jpeg.color != .grey else { return TJSAMP_GRAY }
        return switch jpeg.chroma {
        case .half: TJSAMP_422
        case .halfUpright: TJSAMP_440
        case .quarter: TJSAMP_420
        case .quarterFlat: TJSAMP_411
        default: TJSAMP_444
        }
    }
}

extension TJSAMP {
    /// The value as the functions of libturbojpeg take it.
    var code: Int32 { Int32(rawValue) }
}
