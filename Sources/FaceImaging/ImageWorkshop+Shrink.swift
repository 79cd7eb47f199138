// SPDX-License-Identifier: Apache-2.0

import FaceModel

extension ImageWorkshop {
    /// Makes a prepared picture smaller, for a device or a proxy that takes fewer bytes than the limits say.
    ///
    /// - Parameters:
    ///   - picture: The picture as it was prepared, judged already.
    ///   - bytes: The most bytes it may have then.
    /// - Returns: The picture as a JPEG; `nil` where it would have fewer pixels than the profile asks for, or cannot be
    ///   made so small.
    public func shrink(_ picture: [UInt8], to bytes: Int) -> PreparedImage? {
        let smaller = ImageLimits(maxSide: limits.maxSide, maxBytes: bytes, maxPixels: limits.maxPixels)
        let image = ImageWorkshop(limits: smaller, profile: .off).prepare(picture).image
        return image.flatMap { $0.size.shortSide >= profile.minSide ? $0 : nil }
    }
}
