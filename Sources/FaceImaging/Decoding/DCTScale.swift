// SPDX-License-Identifier: Apache-2.0

import FaceModel

/// How far libturbojpeg shrinks a JPEG while decoding it, in eighths of its size.
struct DCTScale: Hashable {
    /// 1 to 8.
    let eighths: Int

    static let full = DCTScale(eighths: 8)

    /// The size of a picture at this scale.
    func size(of size: PixelSize) -> PixelSize {
        PixelSize(width: (size.width * eighths + 7) / 8, height: (size.height * eighths + 7) / 8)
    }

    /// How many samples a length of the full picture truly spans at this scale.
    func length(of length: Int) -> Double { Double(length * eighths) / 8 }

    /// The scale at which a picture is measured: the smallest of an eighth, a quarter and a half that has pixels enough.
    static func measuring(_ size: PixelSize) -> DCTScale {
        [1, 2, 4].map(DCTScale.init).first { $0.size(of: size).longSide >= LuminanceStatistics.side } ?? .full
    }

    /// Whether a photo is measured alike at every scale: only one eighth has the means of squares of all others.
    static func measuresAlike(_ jpeg: JPEGStructure?) -> Bool {
        guard let jpeg else { return false }
        return jpeg.isPlanar && measuring(jpeg.size).eighths == 1
    }

    /// The smallest scale with a long side of at least `side`, of those that `measured` divides; the full one where
    /// none is large enough.
    static func smallest(for size: PixelSize, atLeast side: Int, dividedBy measured: DCTScale) -> DCTScale {
        stride(from: measured.eighths, to: 8, by: measured.eighths).map(DCTScale.init)
            .first { $0.size(of: size).longSide >= side } ?? .full
    }
}
