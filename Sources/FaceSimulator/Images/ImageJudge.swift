// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// Decides whether a picture is acceptable, as the device's face detector would (P11, P12).
struct ImageJudge: Sendable {
    /// What is known about an acceptable picture.
    struct Verdict: Sendable {
        var format: ImageFormat
        var size: PixelSize
        var markers: FixtureMarkers
    }

    let quirks: Quirks
    /// Whether pictures must decode, not only look like pictures from the outside.
    let decodes: Bool

    /// Refuses a picture by its size in bytes, before anything is read.
    func check(byteCount: Int) throws(DeviceFault) {
        guard byteCount > 0 else { throw DeviceFault(.brokenImage) }
        guard byteCount <= quirks.imageMaximumBytes else { throw DeviceFault(.imageTooLarge) }
    }

    /// Refuses what is not a whole picture, is too large, or shows too low a quality.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - name: Its name; counts with `format_by_name` only.
    /// - Returns: What the picture is; the number of faces is for the caller to judge.
    /// - Throws: ``DeviceFault`` with -1104 or -1110.
    func picture(_ bytes: [UInt8], name: String?) throws(DeviceFault) -> Verdict {
        try check(byteCount: bytes.count)
        let named = quirks[.formatByName] ? ImageFormat(extensionOf: name ?? "") : nil
        guard let format = quirks[.formatByName] ? named : ImageFormat(magicOf: bytes) else {
            throw DeviceFault(.brokenImage)
        }
        let markers = FixtureMarkers(in: bytes)
        guard let size = Self.size(of: bytes, format: format) else {
            guard !decodes else { throw DeviceFault(.brokenImage) }
            return Verdict(format: format, size: PixelSize(width: 0, height: 0), markers: markers)
        }
        guard size.longSide <= quirks.imageMaximumSide else { throw DeviceFault(.imageTooLarge) }
        if decodes, !Self.isWhole(bytes, format: format, size: size) { throw DeviceFault(.brokenImage) }
        return Verdict(format: format, size: size, markers: markers)
    }

    /// Refuses a picture that cannot be a portrait: no face, several faces, low quality.
    func portrait(_ bytes: [UInt8], name: String?) throws(DeviceFault) -> Verdict {
        let verdict = try picture(bytes, name: name)
        guard verdict.markers.faces > 0 else { throw DeviceFault(.noFace) }
        guard verdict.markers.faces == 1 || quirks[.largestFace] else { throw DeviceFault(.severalFaces) }
        guard verdict.markers.quality >= 40 else { throw DeviceFault(.lowQuality) }
        return verdict
    }

    /// The bytes that the device keeps: those that came, or with `reencode` a new JPEG (P12).
    func kept(_ bytes: [UInt8], _ verdict: Verdict) -> (bytes: [UInt8], format: ImageFormat) {
        guard quirks[.reencode], let raster = Self.raster(of: bytes, verdict), let new = JPEGCodec.encoded(raster)
        else {
            return (bytes, verdict.format)
        }
        return (new, .jpeg)
    }

    private static func size(of bytes: [UInt8], format: ImageFormat) -> PixelSize? {
        switch format {
        case .jpeg: JPEGCodec.size(of: bytes)
        case .png: PNGCodec.size(of: bytes)
        case .bmp: BitmapLayout(bytes)?.size
        case .tiff: TaggedLayout(bytes)?.size
        }
    }

    private static func isWhole(_ bytes: [UInt8], format: ImageFormat, size: PixelSize) -> Bool {
        switch format {
        case .jpeg: JPEGCodec.decodes(bytes, size: size)
        case .png: PNGCodec.decodes(bytes)
        case .bmp: BitmapLayout(bytes)?.isComplete ?? false
        case .tiff: TaggedLayout(bytes)?.isComplete ?? false
        }
    }

    private static func raster(of bytes: [UInt8], _ verdict: Verdict) -> PixelRaster? {
        switch verdict.format {
        case .jpeg: JPEGCodec.raster(of: bytes, size: verdict.size)
        case .png: PNGCodec.raster(of: bytes, size: verdict.size)
        case .bmp: BitmapLayout(bytes)?.raster(bytes)
        case .tiff: nil
        }
    }
}
