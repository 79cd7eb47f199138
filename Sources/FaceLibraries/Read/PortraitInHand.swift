// SPDX-License-Identifier: Apache-2.0
package import FaceModel
import FaceSources

/// A portrait as its library gave it, whole.
package struct PortraitInHand: Sendable {
    /// The id.
    package let id: PortraitID
    /// The attributes in clear; empty where the device gave only a mask (see `remarks`).
    package let attributes: PersonAttributes
    /// The image, byte for byte as the device gave it; `nil` when it keeps none.
    package let image: [UInt8]?
    /// What could not be had of it; nothing, when it is whole.
    package let remarks: [Rejection]

    /// The extension that fits the image's first bytes.
    package var fileExtension: String { image?.pictureExtension ?? "jpg" }
}
