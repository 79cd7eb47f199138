// SPDX-License-Identifier: Apache-2.0

public import FaceModel

/// How the samples of a picture stand for colours.
public enum ColorModel: String, Sendable, CaseIterable {
    case grey, ycbcr, rgb, cmyk, palette
}

/// How much colour a picture in YCbCr keeps, in the field's notation.
public enum Chroma: String, Sendable, CaseIterable {
    case full = "4:4:4"
    case half = "4:2:2"
    case halfUpright = "4:4:0"
    case quarter = "4:2:0"
    case quarterFlat = "4:1:1"
    case other = "other"
}

/// What a picture file says of itself, read without decoding a pixel.
public struct ImageHeader: Sendable, Hashable {
    /// The format, by the first bytes.
    public var format: ImageFormat
    /// Width and height as stored, before any turning.
    public var size: PixelSize
    /// The EXIF orientation, 1 to 8; 1 where none is given or the decoder has turned the picture already.
    public var orientation: Int
    /// The length of the file.
    public var bytes: Int
    /// How samples stand for colours.
    public var color: ColorModel
    /// Bits of one sample, usually 8; of a palette index in pictures with a palette.
    public var bitsPerSample: Int
    /// Whether parts of the picture may be transparent.
    public var hasAlpha: Bool
    /// How much colour is kept, for pictures in YCbCr whose header says so.
    public var chroma: Chroma?
    /// Whether the picture comes in several passes (progressive JPEG, interlaced PNG).
    public var isProgressive: Bool
    /// Bytes after the end of the picture.
    public var trailingBytes: Int
    /// Whether the file reaches the end that its structure announces; false for a file cut short.
    public var isComplete: Bool
    /// Whether every decoder is known to read the coding: no arithmetic coding, no second page, no rare compression.
    public var isCommonCoding: Bool

    /// Width and height of the picture when it is upright.
    public var uprightSize: PixelSize {
        size.turned(by: orientation)
    }
}
