// SPDX-License-Identifier: Apache-2.0

import FaceModel

/// The decoder, encoder and memory that one call uses, kept for the next one.
///
/// SAFETY: `ImageWorkshop` hands a bench to one call at a time; it is in the pool or in that call's hands, never both.
final class Workbench: @unchecked Sendable {
    let decoder: JPEGDecoder
    let encoder: JPEGEncoder
    let resampler = Resampler()
    /// Pixels that came as RGB.
    let pixels = PackedPixels()
    /// The picture as decoded, perhaps larger than wanted.
    let decoded = Planes()
    /// The picture at its final size, as stored.
    let resized = Planes()
    /// The picture at its final size, upright.
    let upright = Planes()
    /// How many samples of `decoded`, along a side, make one that is measured.
    private var measuredSide = 1
    /// Small planes of luminance: at the scale that is measured, as stored, upright, and for the hash.
    let small = (means: Plane(), stored: Plane(), upright: Plane(), hash: Plane())

    init?() {
        guard let decoder = JPEGDecoder(), let encoder = JPEGEncoder() else { return nil }
        self.decoder = decoder
        self.encoder = encoder
    }

    /// Gives back what an unusually large picture needed.
    func tidy() {
        let most = 16 << 20
        pixels.trim(to: most)
        pixels.ground = nil
        encoder.trim(to: most)
        for planes in [decoded, resized, upright] { planes.trim(to: most) }
    }

    /// Decodes a photo into `decoded`, as stored, its long side at least `side` where the photo has so many pixels.
    func decode(_ view: ByteView, _ finding: ImageProbe.Finding, atLeast side: Int) throws(Rejection) {
        measuredSide = 1
        if let jpeg = finding.jpeg {
            let measured = DCTScale.measuring(jpeg.size)
            let scale = DCTScale.smallest(for: jpeg.size, atLeast: side, dividedBy: measured)
            if jpeg.isPlanar {
                measuredSide = scale.eighths / measured.eighths
                return try decoder.decode(view, jpeg, at: scale, into: decoded)
            }
            try decoder.decode(view, jpeg, at: scale, into: pixels)
        } else {
            switch finding.header.format {
            case .png: try PNGDecoder.decode(view, into: pixels)
            case .bmp: try BMPDecoder.decode(view, into: pixels)
            case .tiff: try TIFFFile.decode(view, into: pixels)
            case .heif: try HEIFFile.decode(view, into: pixels)
            case .webp, .jpeg: try WebPDecoder.decode(view, finding.header, into: pixels)
            }
        }
        try takePixels(atLeast: side)
    }

    /// Turns `pixels` into `decoded`, shrunk by a whole factor first where they are far more than wanted.
    func takePixels(atLeast side: Int) throws(Rejection) {
        let factor = max(pixels.width, pixels.height) / max(1, side)
        if factor > 1 { pixels.shrink(by: factor) }
        try encoder.convert(pixels, into: decoded)
    }

    /// Makes the small planes of what was decoded, and its hash.
    func hash(orientation: Int) -> PictureHash {
        let size = decoded.size.fitting(LuminanceStatistics.side)
        small.stored.reshape(width: size.width, height: size.height)
        if measuredSide > 1 { small.means.takeMeans(of: decoded.y, side: measuredSide) }
        resampler.resize(measuredSide > 1 ? small.means : decoded.y, into: small.stored)
        let turned = size.turned(by: orientation)
        small.upright.reshape(width: turned.width, height: turned.height)
        small.upright.copyUpright(small.stored, orientation: orientation)
        small.hash.reshape(width: PictureHash.side, height: PictureHash.side)
        resampler.resize(small.upright, into: small.hash)
        return PictureHash(small.hash)
    }

    /// The mean distance of the colours from grey, in steps of Cb and Cr together.
    func colourfulness() -> Double {
        // About twenty thousand squares say as much as millions.
        decoded.cb.meanDistance(from: 128, side: measuredSide, most: 20_000)
            + decoded.cr.meanDistance(from: 128, side: measuredSide, most: 20_000)
    }

    /// What was decoded, at a size and upright, its colour at half of that size.
    ///
    /// - Parameters:
    ///   - size: The size as stored.
    ///   - orientation: How it is stored.
    /// - Returns: Planes of this bench.
    func upright(_ size: PixelSize, orientation: Int) -> Planes {
        resized.reshapeQuarter(size)
        for (source, target) in zip(decoded.all, resized.all) {
            resampler.resize(source, into: target)
            target.pad()
        }
        if orientation == 1 { return resized }
        upright.reshapeQuarter(size.turned(by: orientation))
        for (source, target) in zip(resized.all, upright.all) {
            target.copyUpright(source, orientation: orientation)
            target.pad()
        }
        return upright
    }
}

extension PixelSize {
    /// The size of the upright picture, of one that is stored in an EXIF orientation.
    func turned(by orientation: Int) -> PixelSize {
        orientation >= 5 ? PixelSize(width: height, height: width) : self
    }

    /// The same shape with a long side of at most `side`.
    func fitting(_ side: Int) -> PixelSize {
        guard longSide > side else { return self }
        func scaled(_ length: Int) -> Int { max(1, (length * side + longSide / 2) / longSide) }
        return PixelSize(width: scaled(width), height: scaled(height))
    }
}
