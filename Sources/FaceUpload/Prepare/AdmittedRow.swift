// SPDX-License-Identifier: Apache-2.0
package import FaceDevice
package import FaceLedger
package import FaceLibraries
package import FaceModel
package import FaceSources

/// A row that passed validation and that the ledger has work for.
package struct AdmittedRow: Sendable {
    /// The row's identity in its source.
    package let key: String
    /// What reports call the row.
    package let source: String
    /// The portrait's id, from the source or derived from the photo.
    package let id: PortraitID
    /// Whether the id was derived from the photo.
    package let hasDerivedID: Bool
    /// The attributes as they shall be stored.
    package let attributes: PersonAttributes
    /// Where the photo is.
    package let photo: PhotoPlace
    /// What was noticed so far.
    package let warnings: [Rejection]
    /// What the destination is known to have under the id.
    package let existing: DestinationIndex.Existing
    /// What the ledger knows of the portrait from an earlier job.
    package let known: KnownPortrait?

    package init(
        key: String,
        source: String,
        id: PortraitID,
        hasDerivedID: Bool,
        attributes: PersonAttributes,
        photo: PhotoPlace,
        warnings: [Rejection],
        existing: DestinationIndex.Existing,
        known: KnownPortrait?
    ) {
        self.key = key
        self.source = source
        self.id = id
        self.hasDerivedID = hasDerivedID
        self.attributes = attributes
        self.photo = photo
        self.warnings = warnings
        self.existing = existing
        self.known = known
    }

    /// What the destination shall have of the row.
    var wanted: WantedPortrait { WantedPortrait(key: key, id: id, attributes: attributes) }
}

/// A row that is refused for what it says, of which the photo is still to be judged: all is to be put right at once.
package struct RefusedRow: Sendable {
    /// The row's identity in its source.
    let key: String
    /// What reports call the row.
    let source: String
    /// Where the photo is.
    let photo: PhotoPlace
    /// Why the row is refused so far.
    let faults: [Rejection]
    /// What was noticed so far.
    let warnings: [Rejection]

    /// A row that validation refused; `nil` where it has no photo to be judged: none at all, one that the source itself
    /// found fault with, or one that no row names.
    package init?(_ row: InvalidRow) {
        guard let photo = row.row.photo, row.row.rejection?.isAboutTheName ?? true else { return nil }
        self.photo = photo
        (key, source, faults, warnings) = (row.row.key, row.row.source, row.faults, row.warnings)
    }
}

extension Rejection {
    /// Whether what the source found concerns only how the values are told apart.
    fileprivate var isAboutTheName: Bool { reason == .nameFields || reason == .nameSeparator }
}

/// What Scan and Validate hand on to Prepare.
package enum Admitted: Sendable {
    /// Work is to be done on the row.
    case open(AdmittedRow)
    /// Only its photo is to be judged.
    case refused(RefusedRow)
}

/// What the destination shall have under an id, apart from the image.
package struct WantedPortrait: Sendable {
    /// The row's identity in its source.
    package let key: String
    /// The portrait's id.
    package let id: PortraitID
    /// The attributes as they shall be stored.
    package let attributes: PersonAttributes

    package init(key: String, id: PortraitID, attributes: PersonAttributes) {
        self.key = key
        self.id = id
        self.attributes = attributes
    }
}

/// A row whose image is ready to be sent.
package struct PreparedRow: Sendable {
    /// The row.
    package let row: WantedPortrait
    /// The image as it will be sent.
    package let image: OutgoingImage
    /// What will be known of the portrait once it is confirmed.
    package let fingerprint: PortraitFingerprint
    /// What is to be done with it.
    package let action: Action
    /// What was noticed so far.
    package var warnings: [Rejection]
    /// What the device said of the image, where it was asked beforehand.
    package var detection: FaceDetection?

    package init(
        row: WantedPortrait,
        image: OutgoingImage,
        fingerprint: PortraitFingerprint,
        action: Action,
        warnings: [Rejection],
        detection: FaceDetection? = nil
    ) {
        self.row = row
        self.image = image
        self.fingerprint = fingerprint
        self.action = action
        self.warnings = warnings
        self.detection = detection
    }

    /// The row with another image of the same photo.
    func with(_ image: OutgoingImage, _ digest: FaceModel.Digest, _ warning: Rejection) -> PreparedRow {
        PreparedRow(
            row: row,
            image: image,
            fingerprint: PortraitFingerprint(
                photo: fingerprint.photo,
                image: digest,
                attributes: fingerprint.attributes,
                hash: fingerprint.hash
            ),
            action: action,
            warnings: warnings + [warning],
            detection: detection
        )
    }

    /// What is to be done with a prepared row.
    package enum Action: Sendable {
        /// It is new.
        case store
        /// It differs from what is there.
        case update(Difference)

        /// Whether the portrait that is there is deleted, and waits in the safe for the new one.
        var replacesImage: Bool { if case .update(let difference) = self { difference.image } else { false } }
    }

    /// Whether the image goes to the device, not only the attributes.
    var sendsImage: Bool { if case .store = action { true } else { action.replacesImage } }

    /// The portrait as the device takes it.
    var outgoing: OutgoingPortrait {
        OutgoingPortrait(id: row.id, attributes: row.attributes, image: image)
    }

    /// The settlement of the row when it does not go through, with what was noticed besides.
    func settled(_ outcome: Outcome, _ rejection: Rejection) -> Settlement {
        Settlement(key: row.key, outcome: outcome, rejection, besides: warnings)
    }

    /// The row as it stands in the ledger before its image is sent, with all that is to be said of it once it is there.
    var batchItem: BatchItem {
        BatchItem(
            key: row.key,
            imgID: row.id,
            fingerprint: fingerprint,
            warnings: Rejection.gravestFirst([], warnings),
            remark: detection?.sentence ?? ""
        )
    }

    /// What is remembered of the row once its image has been sent.
    var sent: SentRow { sent() }

    /// What is remembered of the row once its image has been sent, with one more thing noticed.
    func sent(also warning: Rejection? = nil) -> SentRow {
        let outcome: Outcome = if case .update = action { .updated } else { .stored }
        return SentRow(
            key: row.key,
            id: row.id,
            attributes: row.attributes,
            fingerprint: fingerprint,
            outcome: outcome,
            warnings: (warning.map { [$0] } ?? []) + warnings,
            detection: detection
        )
    }
}

/// A row that was sent, without its image, until it is read back.
struct SentRow: Sendable {
    /// The row's identity in its source.
    let key: String
    /// The portrait's id.
    let id: PortraitID
    /// The attributes that were sent.
    let attributes: PersonAttributes
    /// What is known of the portrait once it is confirmed.
    let fingerprint: PortraitFingerprint
    /// What the row ends in when it is confirmed.
    let outcome: Outcome
    /// What was noticed.
    let warnings: [Rejection]
    /// What the device said of the image, where it was asked beforehand.
    let detection: FaceDetection?

    /// The settlement of the row when the device has it.
    var confirmed: Settlement {
        Settlement(key: key, outcome: outcome, warnings: warnings, remark: detection?.sentence ?? "")
    }

    /// The settlement of the row when the device does not have it as it was sent.
    func failed(_ rejection: Rejection) -> Settlement {
        Settlement(key: key, outcome: .failed, rejection, besides: warnings)
    }
}
