// SPDX-License-Identifier: Apache-2.0
import FaceImaging

/// Reads the header of a JPEG from a camera.
final class HeaderProbing: HotPath {
    private let photo = CameraJPEG.bytes(4_000_000)

    func walk() throws {
        let header = try ImageProbe.header(of: photo)
        precondition(header.size == CameraJPEG.size && header.isComplete, "the header is that of the photo")
    }
}
