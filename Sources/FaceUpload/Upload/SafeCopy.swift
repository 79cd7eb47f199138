// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceImaging
import FaceLedger
import FaceLibraries
import FaceModel

/// Fetches portraits whole, so that they can be put back after they were deleted.
struct SafeCopy: Sendable {
    let destination: Destination

    /// A portrait with everything that is needed to store it again.
    struct Contents: Sendable {
        let id: PortraitID
        let attributes: PersonAttributes
        let image: [UInt8]

        /// The extension that fits the image's first bytes.
        var fileExtension: String { ImageFormat(firstBytes: Array(image.prefix(32)))?.fileExtension ?? "jpg" }

        func forSafe(in library: LibraryKey, job: String, purpose: SafePurpose) -> SafePortrait {
            SafePortrait(
                library: library,
                imgID: id,
                job: job,
                purpose: purpose,
                kept: Moment.now,
                attributes: attributes,
                image: image
            )
        }
    }

    /// Fetches one portrait with its attributes in clear.
    ///
    /// - Parameter id: The portrait's id.
    /// - Returns: The portrait; `nil` when it is gone, has no image, or its attributes stay masked
    ///   (design rule 3: a mask is never written back).
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    func fetch(_ id: PortraitID) async throws -> Contents? {
        guard let stored = try await destination.device.portrait(id, in: destination.id) else { return nil }
        var image = stored.image
        if image == nil && !stored.listed.imagePath.isEmpty {
            image = try await destination.device.imageIfKept(at: stored.listed.imagePath)
        }
        var listed: ListedPortrait? = stored.listed
        if stored.listed.isMasked {
            listed = try await destination.device.clearAttributes(of: id, in: destination.id)
        }
        guard let image, let attributes = listed?.clearAttributes else { return nil }
        return Contents(id: id, attributes: attributes, image: image)
    }

    /// Fetches the attributes of one portrait in clear, without its image.
    ///
    /// - Parameter id: The portrait's id.
    /// - Returns: The portrait without an image; `nil` when it is gone or its attributes stay masked.
    /// - Throws: `DeviceError` when the device cannot be reached, and `CancellationError`.
    func fetchAttributes(of id: PortraitID) async throws -> Contents? {
        do {
            let clear = try await destination.device.clearAttributes(of: id, in: destination.id)?.clearAttributes
            return clear.map { Contents(id: id, attributes: $0, image: []) }
        } catch let error as DeviceError where error.code == .refused {
            // Older firmware has no such message, and masks nothing.
            let listed = try await destination.device.portrait(id, in: destination.id)?.listed
            return listed?.clearAttributes.map { Contents(id: id, attributes: $0, image: []) }
        }
    }
}
