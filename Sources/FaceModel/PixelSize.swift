// SPDX-License-Identifier: Apache-2.0

/// The width and height of a picture, in pixels.
public struct PixelSize: Hashable, Sendable, CustomStringConvertible {
    /// Pixels from left to right.
    public var width: Int
    /// Pixels from top to bottom.
    public var height: Int

    /// Takes a width and a height.
    ///
    /// - Parameters:
    ///   - width: Pixels from left to right.
    ///   - height: Pixels from top to bottom.
    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// The longer of the two sides.
    public var longSide: Int { max(width, height) }
    /// The shorter of the two sides.
    public var shortSide: Int { min(width, height) }
    /// Width times height, at most `Int.max`.
    public var area: Int {
        let (product, overflow) = width.multipliedReportingOverflow(by: height)
        return overflow ? .max : product
    }

    /// The size as people write it: `960 × 1280`.
    public var description: String { "\(width) × \(height)" }
}
