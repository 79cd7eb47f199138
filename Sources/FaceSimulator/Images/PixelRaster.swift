// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// Decoded pixels, row by row from the top, without padding.
struct PixelRaster: Sendable {
    /// The order of a pixel's bytes.
    enum Layout: Sendable {
        case grey
        case rgb
        case bgr
        /// Blue, green, red and a byte that says nothing.
        case bgrx
    }

    var size: PixelSize
    var layout: Layout
    var bytes: [UInt8]
}
