// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel

/// A row that passed validation and that the ledger has work for.
struct AdmittedRow: Sendable {
    /// The row's identity in its source.
    let key: String
    /// What reports call the row.
    let source: String
    /// The portrait's id, from the source or derived from the photo.
    let id: PortraitID
    /// Whether the id was derived from the photo.
    let hasDerivedID: Bool
    /// The attributes as they shall be stored.
    let attributes: PersonAttributes
    /// Where the photo is.
    let photo: PhotoPlace
    /// What was noticed so far.
    let warnings: [Rejection]
    /// What the destination is known to have under the id.
    let existing: DestinationIndex.Existing
    /// What the ledger knows of the portrait from an earlier job.
    let known: KnownPortrait?

    /// What the destination shall have of the row.
    var wanted: WantedPortrait { WantedPortrait(key: key, id: id, attributes: attributes) }
}

/// What the destination shall have under an id, apart from the image.
struct WantedPortrait: Sendable {
    /// The row's identity in its source.
    let key: String
    /// The portrait's id.
    let id: PortraitID
    /// The attributes as they shall be stored.
    let attributes: PersonAttributes
}

/// A row whose image is ready to be sent.
struct PreparedRow: Sendable {
    /// The row.
    let row: WantedPortrait
    /// The image as it will be sent.
    let image: OutgoingImage
    /// What will be known of the portrait once it is confirmed.
    let fingerprint: PortraitFingerprint
    /// What is to be done with it.
    let action: Action
    /// What was noticed so far.
    var warnings: [Rejection]
    /// What the device said of the image, where it was asked beforehand.
    var detection: FaceDetection?

    /// What is to be done with a prepared row.
    enum Action: Sendable {
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

    /// What is remembered of the row once its image has been sent.
    var sent: SentRow { sent() }

    /// What is remembered of the row once its image has been sent, with one more thing noticed, named first.
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
    var confirmed: Settlement { Settlement(key: key, outcome: outcome, warnings: warnings, detection) }
}

extension Settlement {
    /// Settles a row that went through; the first warning gives the reason, all of them the detail, and
    /// last what the device said of the image.
    init(key: String, outcome: Outcome, warnings: [Rejection], _ detection: FaceDetection? = nil) {
        let details = warnings.map(\.detail) + [detection?.sentence ?? ""]
        self.init(
            key: key,
            outcome: outcome,
            reason: warnings.first?.reason,
            detail: details.filter { !$0.isEmpty }.joined(separator: "; ")
        )
    }

    /// Settles a row that did not go through.
    init(key: String, outcome: Outcome, _ rejection: Rejection) {
        self.init(
            key: key,
            outcome: outcome,
            reason: rejection.reason,
            detail: rejection.detail,
            deviceCode: rejection.deviceCode
        )
    }
}
