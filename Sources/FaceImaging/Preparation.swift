// SPDX-License-Identifier: Apache-2.0

public import FaceModel

/// A picture that keeps to the limits of a device.
public struct PreparedImage: Sendable, Hashable {
    /// The whole file, to be sent as it is.
    public var bytes: [UInt8]
    /// Its format, one that devices take.
    public var format: ImageFormat
    /// Its width and height.
    public var size: PixelSize
    /// Whether these are the bytes of the photo itself; if not, they carry none of its metadata (place, camera, owner).
    public var isOriginal: Bool
}

/// All that was found out about one photo, and the picture to send unless it is refused.
public struct Preparation: Sendable {
    /// What the header says; nil where it could not be read.
    public var header: ImageHeader?
    /// What was measured, in the order of `docs/quality.md`; only the size where pixels were not looked at.
    public var measures: [QualityMeasure] = []
    /// What the picture looks like; nil where no pixels had to be decoded, or none could be.
    public var pictureHash: PictureHash?
    /// The picture to send; nil where there is a rejection, or none was asked for.
    public var image: PreparedImage?
    /// Why the photo is refused.
    public var rejection: Rejection?
    /// What is not as it should be, but no reason to refuse the photo.
    public var warnings: [Rejection] = []
}
