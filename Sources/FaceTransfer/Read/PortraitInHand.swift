// SPDX-License-Identifier: Apache-2.0
import FaceImaging
import FaceModel

/// A portrait as its library gave it, whole.
struct PortraitInHand: Sendable {
    /// The id.
    let id: PortraitID
    /// The attributes in clear; empty where the device gave only a mask (see `remarks`).
    let attributes: PersonAttributes
    /// The image, byte for byte as the device gave it; `nil` when it keeps none.
    let image: [UInt8]?
    /// What could not be had of it; nothing, when it is whole.
    let remarks: [Rejection]

    /// The extension that fits the image's first bytes.
    var fileExtension: String { image?.pictureExtension ?? "jpg" }
}
