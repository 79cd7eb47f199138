// SPDX-License-Identifier: Apache-2.0
import FaceImaging
import Foundation

/// Prepares a photo for a device.
///
/// One that fits is decoded for its measures only; any other is decoded, shrunk and encoded too.
final class PhotoPreparing: HotPath {
    private let photo: [UInt8]
    private let fits: Bool
    private let workshop = ImageWorkshop(limits: ImageLimits(), profile: .hr)

    /// Reads the photo.
    ///
    /// - Parameters:
    ///   - file: Where it is.
    ///   - fits: Whether the device takes it as it is.
    /// - Throws: What the system says when it cannot be read.
    init(_ file: String, fits: Bool) throws {
        photo = [UInt8](try Data(contentsOf: URL(filePath: file)))
        self.fits = fits
    }

    func walk() {
        let preparation = workshop.prepare(photo)
        precondition(preparation.image?.isOriginal == fits, "the photo goes the way that is counted")
        precondition(preparation.pictureHash != nil, "the photo was decoded")
    }
}
