// SPDX-License-Identifier: Apache-2.0
package import FaceDevice
package import FaceImaging
package import FaceLedger
package import FaceModel

/// Compares a row of the source with the portrait the device has under its id.
package struct Comparison: Sendable {
    package let destination: Destination
    package let workshop: ImageWorkshop
    package let digests: ContentDigests

    package init(destination: Destination, workshop: ImageWorkshop, digests: ContentDigests) {
        self.destination = destination
        self.workshop = workshop
        self.digests = digests
    }

    /// Finds what differs, asking the device for as little as possible.
    ///
    /// - Parameters:
    ///   - attributes: The attributes of the source.
    ///   - fingerprint: What the row would send.
    ///   - sent: The image that the row would send.
    ///   - stored: The portrait as listed.
    ///   - image: Its image, when it came along already.
    ///   - known: What the ledger remembers of the portrait.
    /// - Returns: What differs.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    package func difference(
        _ attributes: PersonAttributes,
        _ fingerprint: PortraitFingerprint,
        _ sent: OutgoingImage,
        from stored: ListedPortrait,
        image: [UInt8]?,
        known: KnownPortrait?
    ) async throws -> Difference {
        // Within one stamp the image on the device cannot have changed: the device has no replace.
        let remembered = known?.stamp == stored.stamp ? known : nil
        return Difference(
            attributes: try await attributeChange(attributes, fingerprint, from: stored, remembered),
            image: try await imageDiffers(fingerprint, sent, from: stored, image: image, remembered)
        )
    }

    /// Whether the device holds exactly what was sent: used where its word and its listing disagree.
    ///
    /// - Parameters:
    ///   - attributes: The attributes that were sent.
    ///   - fingerprint: What was sent.
    ///   - sent: The image that was sent.
    ///   - id: The portrait's id.
    /// - Returns: The portrait as listed when it is the one that was sent, `nil` when another one is there or none.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    package func stored(
        _ attributes: PersonAttributes,
        _ fingerprint: PortraitFingerprint,
        _ sent: OutgoingImage,
        under id: PortraitID
    ) async throws -> ListedPortrait? {
        guard let found = try await destination.device.portrait(id, in: destination.id) else { return nil }
        let difference = try await difference(
            attributes,
            fingerprint,
            sent,
            from: found.listed,
            image: found.image,
            known: nil
        )
        return difference.isEmpty ? found.listed : nil
    }

    private func attributeChange(
        _ attributes: PersonAttributes,
        _ fingerprint: PortraitFingerprint,
        from stored: ListedPortrait,
        _ remembered: KnownPortrait?
    ) async throws -> AttributeChange? {
        let visible = stored.change(to: attributes)
        guard stored.isMasked else { return visible }
        // What was sent last stands behind the masks.
        if visible == nil, remembered?.fingerprint.attributes == fingerprint.attributes { return nil }
        guard let clear = try await destination.device.clearAttributes(of: stored.id, in: destination.id) else {
            return visible
        }
        guard clear.isMasked else { return clear.change(to: attributes) }
        // What stays hidden is changed along with the rest, or the ledger would remember what was never sent.
        return visible == nil && remembered == nil ? nil : AttributeChange(attributes)
    }

    private func imageDiffers(
        _ fingerprint: PortraitFingerprint,
        _ sent: OutgoingImage,
        from stored: ListedPortrait,
        image: [UInt8]?,
        _ remembered: KnownPortrait?
    ) async throws -> Bool {
        if let remembered, remembered.fingerprint.image == fingerprint.image { return false }
        return !shows(try await storedImage(stored, image), fingerprint, sent)
    }

    /// Whether an image from the device shows the picture that was sent.
    ///
    /// - Parameters:
    ///   - image: The image; a device that keeps none cannot be contradicted.
    ///   - fingerprint: What was sent.
    ///   - sent: The image as it was sent, where it is at hand; it is hashed only if its fingerprint has no hash.
    /// - Returns: `true` for the same bytes, and for the device's own encoding of the same picture (P12).
    package func shows(_ image: [UInt8]?, _ fingerprint: PortraitFingerprint, _ sent: OutgoingImage? = nil) -> Bool {
        guard let image else { return true }
        if digests.digest(of: image) == fingerprint.image { return true }
        let ours = PictureHash(words: fingerprint.hash) ?? sent.flatMap { workshop.hash(of: $0.bytes) }
        guard let ours, let theirs = workshop.hash(of: image) else { return false }
        return theirs.distance(to: ours) <= PictureHash.sameLimit
    }

    /// The stored image, `nil` where the device keeps none (1900, `face` = 0).
    private func storedImage(_ stored: ListedPortrait, _ image: [UInt8]?) async throws -> [UInt8]? {
        if let image { return image }
        guard !stored.imagePath.isEmpty else { return nil }
        return try await destination.device.imageIfKept(at: stored.imagePath)
    }
}

extension Device {
    /// The image behind a path, `nil` when the device lists it and does not have it.
    package func imageIfKept(at path: String) async throws -> [UInt8]? {
        do {
            return try await download(path)
        } catch let error as DeviceError where error.code == .notFound {
            return nil
        }
    }
}
