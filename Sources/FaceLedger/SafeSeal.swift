// SPDX-License-Identifier: Apache-2.0
import Crypto
import FaceModel
import Foundation

/// Seals and opens what the safe holds, with AES-256-GCM under a key that lies beside the ledger.
///
/// A seal fits one device, library, id and job: content moved to another entry does not open.
struct SafeSeal: Sendable {
    /// The bytes of a key.
    static let keyLength = 32

    private let key: SymmetricKey

    /// Takes a key of ``keyLength`` bytes.
    init(key: Data) { self.key = SymmetricKey(data: key) }

    /// Makes a key of random bytes.
    static func makeKey() -> Data { SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) } }

    /// The attributes and the image of a portrait, sealed: nonce, what is hidden, and tag.
    func seal(_ portrait: SafePortrait) throws -> Data {
        let content = SafeContent(attributes: portrait.attributes, image: portrait.image)
        let label = Self.label(portrait.library, portrait.imgID, portrait.job)
        let box = try AES.GCM.seal(content.bytes, using: key, authenticating: label)
        guard let sealed = box.combined else {
            throw LedgerError(.unusable, "the portrait \(portrait.imgID) could not be sealed for the safe")
        }
        return sealed
    }

    /// Opens what ``seal(_:)`` made of the portrait with this id.
    func open(_ sealed: Data, _ library: LibraryKey, _ id: PortraitID, _ job: String) throws -> SafeContent {
        let bytes: Data
        do {
            bytes = try AES.GCM.open(
                AES.GCM.SealedBox(combined: sealed),
                using: key,
                authenticating: Self.label(library, id, job)
            )
        } catch {
            throw LedgerError(
                .unusable,
                "the portrait \(id) in the safe is damaged, or was sealed with another safe.key (\(error))"
            )
        }
        guard let content = SafeContent(bytes: Array(bytes)) else {
            throw LedgerError(
                .newerFormat,
                "the portrait \(id) in the safe was sealed by a newer facelib; use that one"
            )
        }
        return content
    }

    /// The secret of a job, sealed.
    func seal(_ secret: Secret, of job: String) throws -> Data {
        let box = try AES.GCM.seal(Array(secret.revealed.utf8), using: key, authenticating: Self.label(job))
        guard let sealed = box.combined else {
            throw LedgerError(.unusable, "the passphrase of job \(job) could not be sealed")
        }
        return sealed
    }

    /// Opens what ``seal(_:of:)`` made.
    func openSecret(_ sealed: Data, of job: String) throws -> Secret {
        do {
            let box = try AES.GCM.SealedBox(combined: sealed)
            let bytes = try AES.GCM.open(box, using: key, authenticating: Self.label(job))
            return Secret(String(decoding: bytes, as: UTF8.self))
        } catch {
            throw LedgerError(
                .unusable,
                "the passphrase of job \(job) is damaged, or was sealed with another safe.key (\(error))"
            )
        }
    }

    private static func label(_ job: String) -> Data {
        var label = ByteWriter()
        for part in ["facelib secret", job] { label.append(part) }
        return Data(label.bytes)
    }

    /// What a seal is bound to; each part with its length, so that no two entries have the same label.
    private static func label(_ library: LibraryKey, _ id: PortraitID, _ job: String) -> Data {
        var label = ByteWriter()
        for part in ["facelib safe", library.device, String(library.library), id.text, job] { label.append(part) }
        return Data(label.bytes)
    }
}
