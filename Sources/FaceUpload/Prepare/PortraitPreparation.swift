// SPDX-License-Identifier: Apache-2.0
package import FaceDevice
import FaceFiles
package import FaceImaging
package import FaceLedger
package import FaceLibraries
import FaceModel
import FaceSources

/// Turns an admitted row into an image that the device takes, or says why it cannot be.
///
/// A row that the ledger knows to be on the device unchanged is neither decoded nor compared.
package struct PortraitPreparation: Sendable {
    package let workshop: ImageWorkshop
    package let digests: ContentDigests
    package let destination: Destination?
    /// Whether images are made, for a device to take or to judge; `check` does without.
    package let makesImages: Bool
    /// Whether rows that differ from what is stored may change it.
    package let mayUpdate: Bool
    /// Shows the measures of each row (`check --explain`).
    package let explain: (@Sendable (_ source: String, [QualityMeasure]) -> Void)?

    package init(
        workshop: ImageWorkshop,
        digests: ContentDigests,
        destination: Destination?,
        makesImages: Bool,
        mayUpdate: Bool,
        explain: (@Sendable (_ source: String, [QualityMeasure]) -> Void)?
    ) {
        self.workshop = workshop
        self.digests = digests
        self.destination = destination
        self.makesImages = makesImages
        self.mayUpdate = mayUpdate
        self.explain = explain
    }

    /// What came of a row.
    package enum Result: Sendable {
        case ready(PreparedRow)
        case settled(Settlement, learned: KnownPortrait?)
        /// The row failed with the device as a whole: it is recorded, then the run ends.
        case stopped(Settlement, DeviceError)
    }

    /// Prepares one row.
    ///
    /// - Parameter row: The row.
    /// - Returns: The row ready to be sent, or its settlement.
    /// - Throws: ``DeviceError`` when the device had to be asked and could not be.
    package func prepare(_ row: Admitted) async throws -> Result {
        switch row {
        case .refused(let row): return judged(row)
        case .open(let row):
            do {
                return try await result(for: row)
            } catch let rejection as Rejection {
                return Self.refused(row, rejection, besides: row.warnings)
            }
        }
    }

    /// Adds to what is wrong with a row what is wrong with its photo.
    private func judged(_ row: RefusedRow) -> Result {
        var (faults, warnings) = (row.faults, row.warnings)
        func add(_ fault: Rejection) {
            // Where the id was to be made from the photo, that it cannot be read is known already.
            if !faults.contains(where: { $0.reason == fault.reason }) { faults.append(fault) }
        }
        do throws(Rejection) {
            let preparation = workshop.judge(try PhotoFile.read(row.photo))
            explain?(row.source, preparation.measures)
            warnings += preparation.warnings
            preparation.rejection.map(add)
        } catch {
            add(error)
        }
        let reasons = Rejection.gravestFirst(faults, warnings)
        return .settled(Settlement(key: row.key, outcome: .rejected, reasons: reasons), learned: nil)
    }

    private static func refused(_ row: AdmittedRow, _ rejection: Rejection, besides noticed: [Rejection]) -> Result {
        .settled(Settlement(key: row.key, outcome: .rejected, rejection, besides: noticed), learned: nil)
    }

    private func result(for row: AdmittedRow) async throws -> Result {
        let photo = try PhotoFile.read(row.photo)
        if row.hasDerivedID && PortraitID.derived(from: photo) != row.id {
            throw Rejection(.sourceChanged, "the photo is another one than when its img_id was derived from it")
        }
        let digest = digests.digest(of: photo)
        let attributes = FaceModel.Digest(of: row.attributes)
        if isKnownUnchanged(row, digest, attributes) {
            return .settled(Settlement(key: row.key, outcome: .unchanged, warnings: row.warnings), learned: nil)
        }
        let preparation = makesImages ? workshop.prepare(photo) : workshop.judge(photo)
        explain?(row.source, preparation.measures)
        let warnings = row.warnings + preparation.warnings
        if let rejection = preparation.rejection { return Self.refused(row, rejection, besides: warnings) }
        let image = makesImages ? preparation.image : nil
        let prepared = PreparedImageAndPrint(
            image: image.map { OutgoingImage(bytes: $0.bytes, fileExtension: $0.format.fileExtension) } ?? .none,
            fingerprint: PortraitFingerprint(
                photo: digest,
                image: image.map { $0.isOriginal ? digest : digests.digest(of: $0.bytes) } ?? digest,
                attributes: attributes,
                hash: preparation.pictureHash?.words ?? []
            ),
            warnings: warnings
        )
        return try await compared(row, prepared)
    }

    private struct PreparedImageAndPrint {
        let image: OutgoingImage
        let fingerprint: PortraitFingerprint
        let warnings: [Rejection]
    }

    private func isKnownUnchanged(_ row: AdmittedRow, _ photo: FaceModel.Digest, _ attributes: FaceModel.Digest) -> Bool
    {
        guard case .listed(let entry) = row.existing, let known = row.known else { return false }
        return entry.stamp == known.stamp && known.fingerprint.photo == photo
            && known.fingerprint.attributes == attributes
            && ListedPortrait(row.id, entry).change(to: row.attributes) == nil
    }

    private func compared(_ row: AdmittedRow, _ prepared: PreparedImageAndPrint) async throws -> Result {
        func ready(_ action: PreparedRow.Action) -> Result {
            .ready(
                PreparedRow(
                    row: row.wanted,
                    image: prepared.image,
                    fingerprint: prepared.fingerprint,
                    action: action,
                    warnings: prepared.warnings
                )
            )
        }
        guard let destination, let stored = try await stored(row, destination) else { return ready(.store) }
        let difference = try await Comparison(destination: destination, workshop: workshop, digests: digests)
            .difference(
                row.attributes,
                prepared.fingerprint,
                prepared.image,
                from: stored.listed,
                image: stored.image,
                known: row.known
            )
        if difference.isEmpty {
            return .settled(
                Settlement(key: row.key, outcome: .unchanged, warnings: prepared.warnings),
                learned: KnownPortrait(
                    imgID: row.id,
                    stamp: stored.listed.stamp,
                    fingerprint: prepared.fingerprint,
                    readAt: isTakenOnTrust(row, prepared, stored.listed) ? row.known?.readAt ?? 0 : Moment.now
                )
            )
        }
        guard mayUpdate else {
            let taken = "another portrait is stored under this img_id; different: \(difference.summary)"
            return Self.refused(row, Rejection(.imgIDTaken, taken), besides: prepared.warnings)
        }
        return ready(.update(difference))
    }

    /// Whether masked attributes were not read, since the ledger knows what was sent last (``Comparison``).
    private func isTakenOnTrust(_ row: AdmittedRow, _ prepared: PreparedImageAndPrint, _ listed: ListedPortrait) -> Bool
    {
        listed.isMasked && row.known?.stamp == listed.stamp
            && row.known?.fingerprint.attributes == prepared.fingerprint.attributes
    }

    private func stored(_ row: AdmittedRow, _ destination: Destination) async throws -> StoredPortrait? {
        switch row.existing {
        case .absent: return nil
        case .listed(let entry): return StoredPortrait(listed: ListedPortrait(row.id, entry), image: nil)
        case .unknown: return try await destination.device.portrait(row.id, in: destination.id)
        }
    }
}

extension OutgoingImage {
    /// Stands for the image where nothing is sent.
    fileprivate static var none: OutgoingImage { OutgoingImage(bytes: [], fileExtension: "") }
}
