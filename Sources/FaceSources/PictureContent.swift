// SPDX-License-Identifier: Apache-2.0
import FaceImaging

extension [UInt8] {
    /// Whether the first bytes are those of a picture.
    package var isPicture: Bool { ImageFormat(firstBytes: Array(prefix(PictureTest.contentLength))) != nil }

    /// The extension that fits the first bytes of a picture.
    package var pictureExtension: String {
        ImageFormat(firstBytes: Array(prefix(PictureTest.contentLength)))?.fileExtension ?? "jpg"
    }
}
