// SPDX-License-Identifier: Apache-2.0

/// What a prepared picture must keep to, and what is opened at all.
public struct ImageLimits: Sendable, Hashable {
    /// The longest side of a prepared picture, in pixels.
    public var maxSide: Int
    /// The most bytes a prepared picture may have.
    public var maxBytes: Int
    /// Pictures that claim more pixels are refused from their header alone.
    public var maxPixels: Int

    /// Takes the limits of a device.
    ///
    /// - Parameters:
    ///   - maxSide: The longest side in pixels, at least 64.
    ///   - maxBytes: The most bytes.
    ///   - maxPixels: The most pixels of a picture that is opened.
    public init(maxSide: Int = 1280, maxBytes: Int = 524_288, maxPixels: Int = 64_000_000) {
        self.maxSide = max(64, maxSide)
        self.maxBytes = maxBytes
        self.maxPixels = maxPixels
    }
}
