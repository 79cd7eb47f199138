// SPDX-License-Identifier: Apache-2.0
import FaceDevice
package import FaceModel
import FaceSources

/// Fetches portraits one by one, with what a query shows (1032) and, behind its masks, in clear (1067).
package struct SingleFetch: Sendable {
    let library: LibraryOnDevice

    /// What came of the attempt to fetch a portrait.
    package enum Result: Sendable {
        case portrait(PortraitInHand)
        /// It cannot be had: gone, refused, or contradictory.
        case missing(Outcome, Rejection)
    }

    /// Fetches one portrait whole.
    ///
    /// - Parameter id: The portrait's id.
    /// - Returns: The portrait, or why there is none.
    /// - Throws: `DeviceError` when the device cannot be reached, and `CancellationError`.
    func fetch(_ id: PortraitID) async throws -> Result {
        do {
            guard let stored = try await library.device.portrait(id, in: library.id) else {
                return .missing(.rejected, Rejection(.portraitMissing, "the device has no such portrait (any more)"))
            }
            var image = stored.image
            if image == nil && !stored.listed.imagePath.isEmpty {
                image = try await library.device.imageIfKept(at: stored.listed.imagePath)
            }
            if let image, !image.isPicture {
                let detail = "what the device sent as the image is no picture"
                return .missing(.failed, Rejection(.deviceContradicts, detail))
            }
            return .portrait(try await complete(stored.listed, image: image))
        } catch let error as DeviceError where error.code == .refused || error.code == .malformedReply {
            return .missing(.failed, DeviceRefusal.unreachable(error))
        }
    }

    /// Makes a portrait of what is known of it; what is still masked is asked for in clear (design rule 3).
    ///
    /// - Parameters:
    ///   - listed: What is known of its attributes.
    ///   - image: Its image, `nil` when the device keeps none.
    /// - Returns: The portrait, with remarks where something could not be had.
    /// - Throws: `DeviceError` when the device cannot be asked, and `CancellationError`.
    func complete(_ listed: ListedPortrait, image: [UInt8]?) async throws -> PortraitInHand {
        var known = listed
        if known.isMasked, let clear = try await library.device.clearAttributes(of: listed.id, in: library.id) {
            known.fill(from: clear)
        }
        let masked = known.maskedFields
        var remarks: [Rejection] = []
        if !masked.isEmpty {
            let detail = "the device shows the \(masked.joined(separator: ", ")) only as a mask"
            remarks.append(Rejection(.attributeMasked, detail))
        }
        if image == nil {
            remarks.append(Rejection(.imageMissing, "the device lists the portrait without an image"))
        }
        return PortraitInHand(id: listed.id, attributes: known.shownAttributes, image: image, remarks: remarks)
    }
}
