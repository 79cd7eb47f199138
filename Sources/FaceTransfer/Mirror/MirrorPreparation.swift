// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceFiles
import FaceImaging
import FaceLedger
import FaceLibraries
import FaceModel
import FaceUpload

/// Makes of a portrait of the source what is sent to a target, within the limits of that target's device.
struct MirrorPreparation: Sendable {
    let target: OpenTarget
    let ledger: any Ledger

    /// Prepares a portrait.
    ///
    /// - Parameter moved: The portrait, or why it could not be had.
    /// - Returns: The row ready to be sent, or its settlement.
    /// - Throws: `LedgerError`, and `CancellationError`.
    func prepare(_ moved: MovedPortrait) async throws -> PortraitPreparation.Result {
        switch moved.content {
        case .missing(let outcome, let reasons): return Self.settled(moved.id, outcome, reasons)
        case .attributes(let attributes): return try await prepare(moved.id, attributes)
        case .whole(let portrait, let print): return try await prepare(portrait, print)
        }
    }

    private func prepare(_ id: PortraitID, _ attributes: PersonAttributes) async throws -> PortraitPreparation.Result {
        guard let standing = try await standing(id) else {
            return Self.settled(id, .failed, [Rejection(.portraitMissing, "the target does not have it any more")])
        }
        var print =
            standing.known?.fingerprint
            ?? PortraitFingerprint(
                photo: Digest(of: []),
                image: Digest(of: []),
                attributes: Digest(of: attributes),
                hash: []
            )
        print.attributes = Digest(of: attributes)
        let difference = Difference(attributes: standing.listed.changeBehindMasks(to: attributes), image: false)
        return .ready(
            PreparedRow(
                row: WantedPortrait(key: id.text, id: id, attributes: attributes),
                image: OutgoingImage(bytes: [], fileExtension: "jpg"),
                fingerprint: print,
                action: .update(difference),
                warnings: []
            )
        )
    }

    private func prepare(
        _ portrait: PortraitInHand,
        _ print: PortraitFingerprint
    ) async throws -> PortraitPreparation.Result {
        guard let original = portrait.image else {
            let missing = Rejection(.imageMissing, "the source has the portrait without an image")
            return Self.settled(portrait.id, .rejected, portrait.remarks.isEmpty ? [missing] : portrait.remarks)
        }
        let preparation = target.study.workshop.prepare(original)
        guard let image = preparation.image else {
            let refused = preparation.rejection ?? Rejection(.imageFormat, "the picture could not be prepared")
            return Self.settled(portrait.id, .rejected, [refused] + portrait.remarks)
        }
        let isThere = try await standing(portrait.id) != nil
        return .ready(
            PreparedRow(
                row: WantedPortrait(key: portrait.id.text, id: portrait.id, attributes: portrait.attributes),
                image: OutgoingImage(bytes: image.bytes, fileExtension: image.format.fileExtension),
                fingerprint: PortraitFingerprint(
                    photo: print.image,
                    image: image.isOriginal ? print.image : ledger.digests.digest(of: image.bytes),
                    attributes: print.attributes,
                    hash: print.hash
                ),
                action: isThere ? .update(Difference(attributes: nil, image: true)) : .store,
                warnings: []
            )
        )
    }

    private func standing(_ id: PortraitID) async throws -> Standing? {
        try await ledger.standings(of: [id], in: target.outcome.listing, target.library.key)[id]
    }

    private static func settled(
        _ id: PortraitID,
        _ outcome: Outcome,
        _ reasons: [Rejection]
    ) -> PortraitPreparation.Result {
        .settled(Settlement(key: id.text, outcome: outcome, reasons: Rejection.gravestFirst(reasons)), learned: nil)
    }
}
